import { IntlMessageFormat } from 'intl-messageformat';
import { describeTemplateFault } from './icu-template-fault.ts';

/** What is wrong with a template, placed inside its text. */
export interface TemplateProblem {
  readonly message: string;
  readonly fix: string;
  /** UTF-16 code units into the text. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** One placeholder of a template. */
export interface TemplateArgument {
  /** Dotted: `order_id`, `user.name`. */
  readonly path: string;
  readonly kind: 'value' | 'number' | 'date' | 'time' | 'plural' | 'select';
  /** How a number, date or time is to be shown; absent = the locale's usual way. */
  readonly style?: TemplateStyle | undefined;
  /** UTF-16 code units into the text. */
  readonly offset: number;
}

/** A named style (`short`, `percent`, …), or the options of a skeleton (`::yyyyMMMd`). */
export type TemplateStyle =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'skeleton'; readonly options: IntlOptions };

type IntlOptions = Intl.NumberFormatOptions & Intl.DateTimeFormatOptions & { readonly scale?: number };

/** A parsed text, ready to be formatted in any locale. */
export interface Template {
  readonly elements: TemplateElements;
  /** In text order, nested ones included; an element's `value` is its argument's place here, as a string. */
  readonly arguments: readonly TemplateArgument[];
}

type TemplateElements = ReturnType<IntlMessageFormat['getAst']>;

/** The part of the parser's syntax tree that this file reads. */
interface IcuElement {
  readonly type: number;
  readonly value?: string;
  readonly style?:
    | string
    | null
    | { readonly parsedOptions: IntlOptions; readonly pattern?: string; readonly tokens?: unknown };
  readonly options?: Readonly<Record<string, { readonly value: readonly IcuElement[] }>>;
  readonly location?: { readonly start: { readonly offset: number } };
}

/** The parser's numbering of element types. */
const LITERAL = 0;
const ARGUMENT = 1;
const POUND = 7;
const KINDS: Readonly<Record<number, TemplateArgument['kind']>> = {
  1: 'value',
  2: 'number',
  3: 'date',
  4: 'time',
  5: 'select',
  6: 'plural',
};

const NAMED_STYLES: Readonly<Partial<Record<TemplateArgument['kind'], readonly string[]>>> = {
  number: ['integer', 'percent'],
  date: ['short', 'medium', 'long', 'full'],
  time: ['short', 'medium', 'long', 'full'],
};

/** Stands for the dot in argument names while the parser, which knows no dots, looks; one code unit, like the dot. */
const DOT = '\uE000';
const DOTTED_NAME = /(?<=\{\s*)[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)+(?=\s*(?:[,}]|$))/gu;

/** Parses ICU MessageFormat, with dotted argument names besides; or says what is wrong. */
export function parseTemplate(text: string): Template | { readonly problem: TemplateProblem } {
  const parsed = parseElements(text);
  if ('problem' in parsed) return parsed;
  const found: TemplateArgument[] = [];
  const elements = parsed.elements.map((element) => rewrite(element, found));
  const bad = found.find(({ kind, style }) => style?.kind === 'named' && !isNamedStyle(kind, style.name));
  if (bad?.style?.kind === 'named') {
    const styles = NAMED_STYLES[bad.kind]?.join(', ') ?? '';
    return {
      problem: placed(
        text,
        bad.offset,
        `'${bad.style.name}' is not a ${bad.kind} style`,
        `Use one of ${styles}, or a skeleton such as ${bad.kind === 'number' ? '::compact-short' : '::yyyyMMMd'}.`,
      ),
    };
  }
  return { elements: elements as unknown as TemplateElements, arguments: found };
}

/** Whether there is nothing in a text for a parser to find. */
export function isPlain(text: string): boolean {
  return !/[{}'#]/.test(text);
}

/** @returns What is wrong with a text as a template, or `undefined`. */
export function validateTemplate(text: string): TemplateProblem | undefined {
  const parsed = parseTemplate(text);
  return 'problem' in parsed ? parsed.problem : undefined;
}

/** @returns Every placeholder of a valid template, nested ones included; of an invalid one, none. */
export function templateArguments(text: string): readonly TemplateArgument[] {
  const parsed = parseTemplate(text);
  return 'problem' in parsed ? [] : parsed.arguments;
}

function parseElements(
  text: string,
): { readonly elements: readonly IcuElement[] } | { readonly problem: TemplateProblem } {
  if (isPlain(text)) return { elements: [{ type: LITERAL, value: text }] };
  const prepared = text.replace(DOTTED_NAME, (name) => name.replaceAll('.', DOT));
  try {
    const format = new IntlMessageFormat(prepared, 'en', undefined, {
      ignoreTag: true,
      captureLocation: true,
    });
    return { elements: format.getAst() as unknown as readonly IcuElement[] };
  } catch (error) {
    const { kind, offset } = parserFault(error);
    const { message, fix } = describeTemplateFault(kind);
    return { problem: placed(text, offset, message, fix) };
  }
}

function parserFault(error: unknown): { kind: string; offset: number } {
  if (!(error instanceof Error)) return { kind: 'UNKNOWN', offset: 0 };
  const { location } = error as { location?: { start: { offset: number } } };
  return { kind: error.message, offset: location?.start.offset ?? 0 };
}

/** Gives every argument a key of its own, and leaves numbers and dates to us: the library knows no money, no zone. */
function rewrite(element: IcuElement, found: TemplateArgument[]): IcuElement {
  if (element.type === LITERAL) return { ...element, value: (element.value ?? '').replaceAll(DOT, '.') };
  if (element.type === POUND) return element;
  const kind = KINDS[element.type] ?? 'value';
  const key = String(found.length);
  const path = (element.value ?? '').replaceAll(DOT, '.').replace(/^slots\./, '');
  found.push({ path, kind, style: styleOf(element), offset: element.location?.start.offset ?? 0 });
  if (!element.options) return { type: ARGUMENT, value: key };
  const options = Object.entries(element.options).map(
    ([name, option]) =>
      [name, { ...option, value: option.value.map((child) => rewrite(child, found)) }] as const,
  );
  return { ...element, value: key, options: Object.fromEntries(options) };
}

function styleOf({ style }: IcuElement): TemplateStyle | undefined {
  if (style === undefined || style === null) return undefined;
  if (typeof style === 'string') return { kind: 'named', name: style };
  return { kind: 'skeleton', options: style.parsedOptions };
}

function isNamedStyle(kind: TemplateArgument['kind'], name: string): boolean {
  return NAMED_STYLES[kind]?.includes(name) ?? false;
}

function placed(text: string, offset: number, message: string, fix: string): TemplateProblem {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { message, fix, offset, line: before.split('\n').length, column: offset - lineStart + 1 };
}
