import type { FlowPicture, PictureNode } from './flow-picture.ts';
import { layoutPicture, shorten, type PlacedEdge, type PlacedNode, type Point } from './layout-picture.ts';

/** Draws a flow as an SVG picture that needs nothing else: no script, no font, no network. */
export function toSvg(picture: FlowPicture): string {
  const layout = layoutPicture(picture);
  const size = `${Math.ceil(layout.width)} ${Math.ceil(layout.height)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" width="${Math.ceil(layout.width)}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escapeXml(picture.title)}</title>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="#64748b"/></marker></defs>',
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...layout.edges.map(drawEdge),
    ...layout.nodes.map(drawNode),
    ...layout.edges.map(drawLabel),
    '</svg>',
    '',
  ].join('\n');
}

const COLOURS: Readonly<Record<PictureNode['shape'], readonly [fill: string, stroke: string]>> = {
  start: ['#0f172a', '#0f172a'],
  end: ['#e2e8f0', '#64748b'],
  question: ['#dbeafe', '#2563eb'],
  action: ['#fef3c7', '#b45309'],
  message: ['#f1f5f9', '#64748b'],
  branch: ['#ede9fe', '#7c3aed'],
  flow: ['#dcfce7', '#15803d'],
  person: ['#fee2e2', '#b91c1c'],
};

const ROUND: ReadonlySet<PictureNode['shape']> = new Set(['start', 'end', 'message']);

function drawNode({ node, x, y, width, height }: PlacedNode): string {
  const [fill, stroke] = COLOURS[node.shape];
  const radius = ROUND.has(node.shape) ? height / 2 : node.shape === 'branch' ? 14 : 4;
  const ink = node.shape === 'start' ? '#ffffff' : '#0f172a';
  const middle = x + width / 2;
  const isSingle = node.detail === '' || node.title === '';
  const detail = isSingle
    ? ''
    : `<text x="${round(middle)}" y="${round(y + 17)}" text-anchor="middle" fill="${stroke}" font-size="10">${escapeXml(node.detail)}</text>`;
  const title = node.title === '' ? node.detail : node.title;
  return [
    `<g><title>${escapeXml(`${node.detail} ${node.title}`.trim())}</title>`,
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" rx="${radius}" fill="${fill}" stroke="${stroke}"/>`,
    detail,
    `<text x="${round(middle)}" y="${round(y + (isSingle ? 27 : 33))}" text-anchor="middle" fill="${ink}">${escapeXml(shorten(title))}</text></g>`,
  ].join('');
}

function drawEdge({ edge, points }: PlacedEdge): string {
  const dash = edge.isRepair ? ' stroke-dasharray="4 4"' : '';
  return `<path d="${pathThrough(points)}" fill="none" stroke="#64748b"${dash} marker-end="url(#tip)"/>`;
}

/** A smooth line that leaves and enters each layer upright. */
function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let from = first;
  const curves = rest.map((to) => {
    const middle = (from.y + to.y) / 2;
    const curve = `C${round(from.x)} ${round(middle)} ${round(to.x)} ${round(middle)} ${round(to.x)} ${round(to.y)}`;
    from = to;
    return curve;
  });
  return `M${round(first.x)} ${round(first.y)} ${curves.join(' ')}`;
}

function drawLabel({ edge, points }: PlacedEdge): string {
  const [from, to] = points;
  if (edge.label === '' || !from || !to) return '';
  const x = from.x + (to.x - from.x) * 0.5;
  const y = from.y + (to.y - from.y) * 0.5 + 4;
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="middle" font-size="10" fill="#334155" stroke="#ffffff" stroke-width="4" paint-order="stroke">${escapeXml(shorten(edge.label))}</text>`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
