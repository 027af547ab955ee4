import type { Position } from '../errors.ts';
import type { YamlPath, YamlSource } from '../yaml-source.ts';

/** A value's place in a file, from which the places of its parts follow. */
export interface SourcePlace {
  readonly source: YamlSource;
  readonly path: YamlPath;
}

export function inside(place: SourcePlace, ...keys: YamlPath): SourcePlace {
  return { source: place.source, path: [...place.path, ...keys] };
}

export function positionAt(place: SourcePlace): Position {
  return place.source.positionOf(place.path);
}

export function keyPositionAt(place: SourcePlace): Position {
  return place.source.keyPositionOf(place.path);
}

/** Where parts of a program were written, beside the program so that it stays plain JSON; gone with its parts. */
const positions = new WeakMap<object, Map<string, Position>>();

/** Remembers where a part's field was written; `''` is the part itself. */
export function remember(part: object, field: string, position: Position): void {
  const fields = positions.get(part) ?? new Map<string, Position>();
  positions.set(part, fields.set(field, position));
}

/** Where a part's field was written, as far as it is known: not for a program that was read back from the store. */
export function recall(part: object, field = ''): Position | undefined {
  return positions.get(part)?.get(field);
}

/** Gives a copy of a part the positions that its original has. */
export function carryPositions<Part extends object>(from: object, to: Part): Part {
  const fields = positions.get(from);
  if (fields) positions.set(to, fields);
  return to;
}
