/** The labels of a tagger: index 0 is outside, then for type `t` (from 0) begin is `1 + 2t` and inside `2 + 2t`. */
export interface TagSet {
  /** `name`, `name/role` or `name/role#group`, sorted. */
  readonly types: readonly TagType[];
  readonly size: number;
}

export interface TagType {
  readonly entity: string;
  readonly role?: string | undefined;
  readonly group?: string | undefined;
}

export const outside = 0;

export function beginOf(type: number): number {
  return 1 + 2 * type;
}

/** @returns -1 for the outside label. */
export function typeOf(label: number): number {
  return label === outside ? -1 : (label - 1) >> 1;
}

export function isInside(label: number): boolean {
  return label > 0 && (label & 1) === 0;
}

export function tagKey({ entity, role, group }: TagType): string {
  return `${entity}${role === undefined ? '' : `/${role}`}${group === undefined ? '' : `#${group}`}`;
}

export function createTagSet(annotations: Iterable<TagType>): TagSet {
  const byKey = new Map<string, TagType>();
  for (const { entity, role, group } of annotations) {
    const type = {
      entity,
      ...(role === undefined ? {} : { role }),
      ...(group === undefined ? {} : { group }),
    };
    byKey.set(tagKey(type), type);
  }
  const types = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, type]) => type);
  return { types, size: 1 + 2 * types.length };
}
