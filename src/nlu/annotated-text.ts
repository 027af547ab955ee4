import type { AnnotatedEntity } from './training-example.ts';

export interface AnnotatedText {
  readonly text: string;
  readonly entities: readonly AnnotatedEntity[];
  readonly fault: AnnotationFault | undefined;
}

export interface AnnotationFault {
  readonly message: string;
  readonly fix: string;
  /** Where in the written text, from 0. */
  readonly offset: number;
}

const annotation = /\[([^[\]]*)\](?:\(([^()]*)\)|(\{[^{}]*\}))/g;
const attributes: ReadonlySet<string> = new Set(['entity', 'role', 'group', 'value']);

/**
 * Reads `[surface](entity)`, `[surface](entity:value)` and `[surface]{"entity": …, "role": …, "group": …, "value": …}`
 * out of an example; a bracket without either is plain text.
 */
export function parseAnnotatedText(written: string): AnnotatedText {
  const entities: AnnotatedEntity[] = [];
  let text = '';
  let copied = 0;

  for (const match of written.matchAll(annotation)) {
    const [whole, surface = '', short, long] = match;
    const described = short === undefined ? describeLong(long ?? '') : describeShort(short);
    if (typeof described === 'string' || surface.trim() === '') {
      const message = typeof described === 'string' ? described : 'An annotation covers no text.';
      const fix = 'Write [text](entity) or [text]{"entity": "name", "role": "name", "value": "value"}.';
      return { text: written, entities: [], fault: { message, fix, offset: match.index } };
    }
    text += written.slice(copied, match.index);
    entities.push({ ...described, start: text.length, end: text.length + surface.length });
    text += surface;
    copied = match.index + whole.length;
  }
  const unfinished = written.slice(copied).search(/\]\(|\]\{/);
  if (unfinished >= 0) {
    const fix = 'Close it: [text](entity), or [text]{"entity": "name"}.';
    return {
      text: written,
      entities: [],
      fault: { message: 'An annotation is not closed.', fix, offset: copied + unfinished },
    };
  }
  return { text: text + written.slice(copied), entities, fault: undefined };
}

type Description = Omit<AnnotatedEntity, 'start' | 'end'>;

function describeShort(short: string): Description | string {
  const [entity = '', ...value] = short.split(':');
  if (entity.trim() === '') return 'An annotation names no entity.';
  return { entity: entity.trim(), ...(value.length > 0 ? { value: value.join(':').trim() } : {}) };
}

function describeLong(long: string): Description | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(long);
  } catch {
    return `The annotation ${long} is not JSON.`;
  }
  const fields = Object.entries(parsed as object);
  const unknown = fields.find(([key, value]) => !attributes.has(key) || typeof value !== 'string');
  if (unknown) return `"${unknown[0]}" is not an attribute of an annotation, or its value is not a text.`;
  const { entity, ...rest } = Object.fromEntries(fields) as Record<string, string>;
  if (entity === undefined || entity === '') return 'An annotation names no entity.';
  return { entity, ...rest };
}
