import type { FlowPicture, PictureEdge, PictureNode } from './flow-picture.ts';

/** A box with its place; the origin is the top left, lengths are pixels. */
export interface PlacedNode {
  readonly node: PictureNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An arrow through its bends. */
export interface PlacedEdge {
  readonly edge: PictureEdge;
  readonly points: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const CHARACTER = 7.2;
const PADDING = 28;
const NODE_HEIGHT = 46;
const LAYER_GAP = 56;
const NODE_GAP = 34;
const MARGIN = 24;
const SWEEPS = 12;

/** A box, or a bend where an arrow passes a layer. */
interface Place {
  readonly id: string;
  readonly layer: number;
  readonly width: number;
  x: number;
}

interface Chain {
  readonly edge: PictureEdge;
  /** From the upper end to the lower one. */
  readonly places: readonly Place[];
  readonly isUpwards: boolean;
}

/**
 * Lays a picture out in layers from top to bottom: longest paths decide the layer, barycentres the order in it.
 *
 * @see https://en.wikipedia.org/wiki/Layered_graph_drawing
 */
export function layoutPicture({ nodes, edges }: FlowPicture): Layout {
  const layers = layersOf(nodes, edges);
  const places = new Map(
    nodes.map((node) => [
      node.id,
      { id: node.id, layer: layers.get(node.id) ?? 0, width: widthOf(node), x: 0 },
    ]),
  );
  const chains = edges.flatMap((edge) => chainOf(edge, places));
  const rows = rowsOf([...places.values(), ...chains.flatMap((chain) => chain.places.slice(1, -1))]);
  const neighbours = neighboursOf(chains);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) sweepRows(rows, neighbours, sweep % 2 === 0);
  const left = Math.min(...rows.flat().map(({ x, width }) => x - width / 2)) - MARGIN;
  const right = Math.max(...rows.flat().map(({ x, width }) => x + width / 2)) + MARGIN;
  for (const place of rows.flat()) place.x -= left;
  return {
    width: right - left,
    height: rows.length * (NODE_HEIGHT + LAYER_GAP) - LAYER_GAP + 2 * MARGIN,
    nodes: nodes.flatMap((node) => placeNode(node, places.get(node.id))),
    edges: chains.map((chain) => ({ edge: chain.edge, points: pointsOf(chain) })),
  };
}

function widthOf({ title, detail }: PictureNode): number {
  return Math.max(72, Math.max(shorten(title).length, detail.length) * CHARACTER + PADDING);
}

/** Long titles would push everything apart. */
export function shorten(title: string): string {
  return title.length > 34 ? `${title.slice(0, 33)}…` : title;
}

/** The longest way from the start, arrows back to an earlier step left aside. */
function layersOf(nodes: readonly PictureNode[], edges: readonly PictureEdge[]): ReadonlyMap<string, number> {
  const back = backEdges(nodes, edges);
  const forward = edges.filter((edge) => !back.has(edge));
  const layers = new Map(nodes.map(({ id }) => [id, 0]));
  for (let changed = true; changed;) {
    changed = false;
    for (const { from, to } of forward) {
      const layer = (layers.get(from) ?? 0) + 1;
      if (layer <= (layers.get(to) ?? 0)) continue;
      layers.set(to, layer);
      changed = true;
    }
  }
  const last = Math.max(...layers.values());
  return layers.has('end') ? layers.set('end', last) : layers;
}

function backEdges(nodes: readonly PictureNode[], edges: readonly PictureEdge[]): ReadonlySet<PictureEdge> {
  const back = new Set<PictureEdge>();
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (id: string): void => {
    open.add(id);
    for (const edge of edges) {
      if (edge.from !== id) continue;
      if (open.has(edge.to)) back.add(edge);
      else if (!done.has(edge.to)) visit(edge.to);
    }
    open.delete(id);
    done.add(id);
  };
  for (const { id } of nodes) if (!done.has(id)) visit(id);
  return back;
}

/** Gives a long arrow a bend in every layer that it crosses. */
function chainOf(edge: PictureEdge, places: ReadonlyMap<string, Place>): readonly Chain[] {
  const from = places.get(edge.from);
  const to = places.get(edge.to);
  if (!from || !to || from === to) return [];
  const isUpwards = from.layer > to.layer;
  const [upper, lower] = isUpwards ? [to, from] : [from, to];
  const between = Array.from({ length: Math.max(0, lower.layer - upper.layer - 1) }, (_, index) => ({
    id: `${edge.from} ${edge.to} ${index}`,
    layer: upper.layer + 1 + index,
    width: 12,
    x: 0,
  }));
  return [{ edge, places: [upper, ...between, lower], isUpwards }];
}

function rowsOf(places: readonly Place[]): readonly Place[][] {
  const rows: Place[][] = [];
  for (const place of places) (rows[place.layer] ??= []).push(place);
  for (const row of rows) spread(row);
  return rows;
}

/** Puts a row's places side by side, around the middle. */
function spread(row: readonly Place[]): void {
  let x = 0;
  for (const place of row) {
    place.x = x + place.width / 2;
    x += place.width + NODE_GAP;
  }
  for (const place of row) place.x -= x / 2;
}

function neighboursOf(chains: readonly Chain[]): { readonly above: Neighbours; readonly below: Neighbours } {
  const above = new Map<Place, Place[]>();
  const below = new Map<Place, Place[]>();
  for (const { places } of chains) {
    for (const [index, lower] of places.slice(1).entries()) {
      const upper = places[index];
      if (!upper) continue;
      above.set(lower, [...(above.get(lower) ?? []), upper]);
      below.set(upper, [...(below.get(upper) ?? []), lower]);
    }
  }
  return { above, below };
}

type Neighbours = ReadonlyMap<Place, readonly Place[]>;

/** Moves each place towards the middle of its neighbours, row by row, and sorts the rows by where that leaves them. */
function sweepRows(
  rows: readonly Place[][],
  { above, below }: { readonly above: Neighbours; readonly below: Neighbours },
  isDownwards: boolean,
): void {
  for (const row of isDownwards ? rows : rows.toReversed()) {
    const wished = new Map(
      row.map((place) => [place, middleOf((isDownwards ? above : below).get(place), place.x)]),
    );
    row.sort((a, b) => (wished.get(a) ?? 0) - (wished.get(b) ?? 0));
    let edge = Number.NEGATIVE_INFINITY;
    for (const place of row) {
      place.x = Math.max(wished.get(place) ?? 0, edge + place.width / 2);
      edge = place.x + place.width / 2 + NODE_GAP;
    }
    const shift = row.reduce((sum, place) => sum + place.x - (wished.get(place) ?? 0), 0) / row.length;
    for (const place of row) place.x -= shift;
  }
}

function middleOf(neighbours: readonly Place[] | undefined, otherwise: number): number {
  if (!neighbours || neighbours.length === 0) return otherwise;
  return neighbours.reduce((sum, { x }) => sum + x, 0) / neighbours.length;
}

function placeNode(node: PictureNode, place: Place | undefined): readonly PlacedNode[] {
  if (!place) return [];
  return [{ node, x: place.x - place.width / 2, y: topOf(place), width: place.width, height: NODE_HEIGHT }];
}

function topOf({ layer }: Place): number {
  return MARGIN + layer * (NODE_HEIGHT + LAYER_GAP);
}

function pointsOf({ places, isUpwards }: Chain): readonly Point[] {
  const points = places.map((place, index) => {
    const isFirst = index === 0;
    const isLast = index === places.length - 1;
    const y = topOf(place) + (isFirst ? NODE_HEIGHT : isLast ? 0 : NODE_HEIGHT / 2);
    return { x: place.x + (isUpwards && (isFirst || isLast) ? place.width / 4 : 0), y };
  });
  return isUpwards ? points.toReversed() : points;
}
