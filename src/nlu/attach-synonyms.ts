import { anyEntity } from './training-data.ts';
import type { EntityList, TrainingData } from './training-example.ts';

/**
 * Gives synonyms that were written without an entity to every entity that knows their canonical value, from a list, a
 * choice of a slot or an annotation; what no entity knows is left out (the linter says so). A listed word that is a synonym of
 * another one is no value of its own.
 */
export function attachSynonyms(data: TrainingData): TrainingData {
  const owners = ownersByValue(data);
  const lists = data.lists.flatMap((list): readonly EntityList[] => {
    if (list.entity !== anyEntity) return [list];
    return list.items.flatMap((item) =>
      [...(owners.get(fold(item.value)) ?? [])].map((entity) => ({ ...list, entity, items: [item] })),
    );
  });
  return { ...data, lists: withoutSynonyms(lists) };
}

/** A lookup that lists NYC beside New York, of which NYC is a synonym, means one city by both. */
function withoutSynonyms(lists: readonly EntityList[]): readonly EntityList[] {
  const key = (entity: string, word: string): string => `${entity} ${fold(word)}`;
  const meant = new Map(
    lists.flatMap(({ entity, items }) =>
      items.flatMap(({ value, forms }) => forms.map((form) => [key(entity, form), fold(value)] as const)),
    ),
  );
  return lists.map((list) => ({
    ...list,
    items: list.items.filter(({ value, forms }) => {
      const other = meant.get(key(list.entity, value));
      return forms.length > 0 || other === undefined || other === fold(value);
    }),
  }));
}

/** Synonyms whose canonical value no entity knows, with where they were written. */
export function unknownSynonyms(
  data: TrainingData,
): readonly { readonly value: string; readonly source: string | undefined }[] {
  const owners = ownersByValue(data);
  return data.lists
    .filter(({ entity }) => entity === anyEntity)
    .flatMap(({ items, source }) => items.map(({ value }) => ({ value, source })))
    .filter(({ value }) => !owners.has(fold(value)));
}

function ownersByValue({ lists, examples }: TrainingData): ReadonlyMap<string, ReadonlySet<string>> {
  const owners = new Map<string, Set<string>>();
  const add = (value: string, entity: string): void => {
    const set = owners.get(fold(value)) ?? new Set<string>();
    owners.set(fold(value), set.add(entity));
  };
  for (const { entity, items } of lists) {
    if (entity === anyEntity) continue;
    for (const { value, forms } of items) for (const form of [value, ...forms]) add(form, entity);
  }
  for (const { text, entities } of examples) {
    for (const { entity, start, end, value } of entities) add(value ?? text.slice(start, end), entity);
  }
  return owners;
}

function fold(value: string): string {
  return value.normalize('NFKC').toLowerCase();
}
