import type { FlowPicture, PictureNode } from './flow-picture.ts';
import { layoutPicture, shorten, type PlacedEdge, type Point } from './layout-picture.ts';

/** A flow as shapes with their places; the origin is the top left, lengths are pixels. */
export interface FlowDrawing {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly DrawnBox[];
  readonly arrows: readonly DrawnArrow[];
}

export interface DrawnBox extends PictureNode {
  /** The title, as far as there is room; what has none shows its detail there. */
  readonly caption: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where its text is centred. */
  readonly middle: number;
  /** Of its corners. */
  readonly radius: number;
}

export interface DrawnArrow {
  /** An SVG path. */
  readonly path: string;
  readonly isRepair: boolean;
  /** Where its label's middle stands. */
  readonly label: { readonly text: string; readonly x: number; readonly y: number } | undefined;
}

/** Lays a flow out and draws it, but for colours: those are the reader's. */
export function drawPicture(picture: FlowPicture): FlowDrawing {
  const { width, height, nodes, edges } = layoutPicture(picture);
  return {
    title: picture.title,
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: nodes.map((placed) => ({
      ...placed.node,
      caption: shorten(placed.node.title) || placed.node.detail,
      x: round(placed.x),
      y: round(placed.y),
      width: round(placed.width),
      height: placed.height,
      middle: round(placed.x + placed.width / 2),
      radius: radiusOf(placed.node, placed.height),
    })),
    arrows: edges.map(({ edge, points }) => ({
      path: pathThrough(points),
      isRepair: edge.isRepair,
      label: labelOf(edge, points),
    })),
  };
}

function radiusOf({ shape }: PictureNode, height: number): number {
  if (shape === 'start' || shape === 'end' || shape === 'message') return height / 2;
  return shape === 'branch' ? 14 : 4;
}

/** A smooth line that leaves and enters each layer upright. */
function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let from = first;
  const curves = rest.map((to) => {
    const middle = round((from.y + to.y) / 2);
    const curve = `C${round(from.x)} ${middle} ${round(to.x)} ${middle} ${round(to.x)} ${round(to.y)}`;
    from = to;
    return curve;
  });
  return `M${round(first.x)} ${round(first.y)} ${curves.join(' ')}`;
}

function labelOf({ label }: PlacedEdge['edge'], [from, to]: readonly Point[]): DrawnArrow['label'] {
  if (label === '' || !from || !to) return undefined;
  return { text: shorten(label), x: round((from.x + to.x) / 2), y: round((from.y + to.y) / 2 + 4) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
