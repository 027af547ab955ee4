import { EngineError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Locale } from '../message.ts';
import { formatterOf } from './format-template.ts';
import type { FormatOptions, FormatTemplate } from './format-template.ts';
import { isPlain, parseTemplate, validateTemplate } from './icu-template.ts';
import type { ResponseTemplate } from './realiser.ts';

/** Templates, parsed once for each locale they are shown in. */
export interface TemplateCache {
  /** @throws EngineError `FLOW_INVALID` that names every text which is no template. */
  check(responses: readonly ResponseTemplate[]): void;
  /** A text that is no template is shown as it stands. */
  format(text: string, locale: Locale, values: JsonObject, options: FormatOptions): string;
}

/** Far more than a bot's files hold; texts that come from elsewhere must not fill the memory. */
const MAX_TEMPLATES = 20_000;

export function createTemplateCache(): TemplateCache {
  const formatters = new Map<string, FormatTemplate>();
  return {
    check: checkResponses,
    format: (text, locale, values, options) => {
      if (isPlain(text)) return text;
      const key = `${locale} ${text}`;
      let format = formatters.get(key);
      if (!format) {
        const parsed = parseTemplate(text);
        format = 'problem' in parsed ? () => text : formatterOf(parsed, locale);
        if (formatters.size >= MAX_TEMPLATES) formatters.clear();
        formatters.set(key, format);
      }
      return format(values, options);
    },
  };
}

function checkResponses(responses: readonly ResponseTemplate[]): void {
  const faults: string[] = [];
  for (const { name, variants } of responses)
    for (const { text, buttons, links } of variants) {
      const titles = 'from' in buttons ? [buttons.title] : buttons.map(({ title }) => title);
      for (const texts of [text, ...titles, ...links.map(({ title }) => title)])
        for (const [locale, template] of Object.entries(texts)) {
          const problem = validateTemplate(template);
          if (problem)
            faults.push(
              `response '${name}' (${locale}), ${problem.line}:${problem.column}: ${problem.message}. ${problem.fix}`,
            );
        }
    }
  if (faults.length > 0)
    throw new EngineError('FLOW_INVALID', `Responses that are no ICU MessageFormat: ${faults.join(' ')}`, {
      fix: 'Correct the texts; `usher check` shows where they are.',
    });
}
