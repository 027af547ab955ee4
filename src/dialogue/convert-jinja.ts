export type JinjaConversion =
  | { readonly kind: 'converted'; readonly text: string }
  | { readonly kind: 'failed'; readonly message: string; readonly fix: string; readonly offset: number };

const TAG = /\{\{\s*(.*?)\s*\}\}|\{%.*?%\}|\{#.*?#\}/gsu;
const EXPRESSION =
  /^(?<path>[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)(?<keys>\.keys\(\))?(?<filters>(?:\s*\|\s*(?:list|join(?:\(\s*(?:"[^"]*"|'[^']*')\s*\))?|default\(\s*(?:"[^"]*"|'[^']*')\s*\)))*)$/u;

/**
 * Turns the harmless part of Jinja into ICU MessageFormat: plain paths, `keys`, `join` and `default`. Lists are joined
 * by the rules of the person's language, whatever `join` says.
 */
export function convertJinja(template: string): JinjaConversion {
  let text = '';
  let end = 0;
  for (const match of template.matchAll(TAG)) {
    const argument = match[1] === undefined ? undefined : convertExpression(match[1]);
    if (argument === undefined) {
      return {
        kind: 'failed',
        message: `The Jinja "${match[0]}" is not supported.`,
        fix: 'Use plain paths with join, keys or default; compute anything else in an action.',
        offset: match.index,
      };
    }
    text += escapeText(template.slice(end, match.index)) + argument;
    end = match.index + match[0].length;
  }
  return { kind: 'converted', text: text + escapeText(template.slice(end)) };
}

function convertExpression(source: string): string | undefined {
  const groups = EXPRESSION.exec(source)?.groups;
  if (!groups) return undefined;
  const path =
    (groups['path'] ?? '').replace(/^slots\./u, '') + (groups['keys'] === undefined ? '' : '.keys');
  const fallback = /default\(\s*["']([^"']*)["']/u.exec(groups['filters'] ?? '')?.[1];
  return fallback === undefined
    ? `{${path}}`
    : `{${path}, select, null {${escapeText(fallback)}} other {{${path}}}}`;
}

/** Makes ICU MessageFormat say exactly this text. */
function escapeText(text: string): string {
  return text.replace(/'/gu, "''").replace(/[{}]+/gu, "'$&'");
}
