import { IntlMessageFormat } from 'intl-messageformat';
import type { Json, JsonObject } from '../json.ts';
import type { Locale } from '../message.ts';
import { displayDate, displayNumber, displayTime, displayValue, numberOf } from './display-value.ts';
import type { DisplayOptions } from './display-value.ts';
import type { Template, TemplateArgument } from './icu-template.ts';
import { resolvePath } from './resolve-path.ts';

export interface FormatOptions extends DisplayOptions {
  /** What to show for a value where it differs from the value itself, such as a choice's label. */
  readonly label?: ((path: string, value: Json) => string | undefined) | undefined;
  readonly onMissing: (argument: string) => void;
}

/** Fills a template; a value that is missing, or has no display in the wanted form, shows as nothing. */
export type FormatTemplate = (values: JsonObject, options: FormatOptions) => string;

/** Prepares a template for one locale. */
export function formatterOf(template: Template, locale: Locale): FormatTemplate {
  const format = new IntlMessageFormat(template.elements, locale);
  return (values, options) => {
    const shown = new Proxy<Record<string, string | number>>(
      {},
      {
        has: () => true,
        // Asked for only in the branch that is taken, so that a value no branch needs is not missed.
        get: (_, key) => {
          const argument = template.arguments[Number(key)];
          return argument ? fill(argument, resolvePath(values, argument.path), options) : '';
        },
      },
    );
    return String(format.format(shown));
  };
}

function fill(argument: TemplateArgument, value: Json | undefined, options: FormatOptions): string | number {
  const shown = value === undefined || value === null ? undefined : display(argument, value, options);
  if (shown !== undefined) return shown;
  // A case for `null`, or `other`, says what a missing value means.
  if (argument.kind === 'select') return 'null';
  const isEmptyList = Array.isArray(value) && value.length === 0;
  if (!isEmptyList) options.onMissing(argument.path);
  return argument.kind === 'plural' ? 0 : '';
}

function display(
  argument: TemplateArgument,
  value: Json,
  options: FormatOptions,
): string | number | undefined {
  switch (argument.kind) {
    case 'value':
      return options.label?.(argument.path, value) ?? displayValue(value, options);
    case 'number':
      return displayNumber(value, argument.style, options);
    case 'date':
      return displayDate(value, argument.style, options);
    case 'time':
      return displayTime(value, argument.style, options);
    case 'plural':
      return numberOf(value);
    case 'select':
      return typeof value === 'object' ? undefined : String(value);
  }
}
