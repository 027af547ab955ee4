/** A value known to be personal, such as a slot marked `sensitive`. */
export interface PersonalValue {
  readonly text: string;
  /** What kind it is: `email`, `order`, `name`, …; becomes the placeholder's name. */
  readonly class: string;
}

/** Personal data of one request, behind typed placeholders such as `[EMAIL_1]`. */
export interface Redaction {
  /** The same value is always behind the same placeholder. */
  hide(text: string): string;
  /** @returns `undefined` when the text has a placeholder that stands for nothing. */
  restore(text: string): string | undefined;
}

interface PersonalPattern {
  readonly class: string;
  readonly pattern: RegExp;
  readonly accepts?: (match: string) => boolean;
}

/** In order: what is found first is hidden first. All are linear: no quantifier can match what its neighbour does. */
const PATTERNS: readonly PersonalPattern[] = [
  {
    class: 'email',
    pattern:
      /[\p{sc=Latin}\p{N}._%+-]{1,64}@[\p{sc=Latin}\p{N}-]{1,63}(?:\.[\p{sc=Latin}\p{N}-]{1,63}){1,5}/gu,
  },
  {
    class: 'iban',
    pattern: /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])/g,
  },
  { class: 'card', pattern: /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g, accepts: passesLuhn },
  { class: 'id', pattern: /(?<!\d)\d{17}[\dXx](?!\d)/g },
  {
    class: 'phone',
    pattern: /(?<![\p{sc=Latin}\p{N}])\+?\(?\d{1,4}\)?(?:[ .\-/]?\(?\d{1,4}\)?){2,5}(?!\d)/gu,
    accepts: isPhone,
  },
  { class: 'number', pattern: /(?<![\p{sc=Latin}\p{N}.,])[A-Za-z]{0,4}-?\d{6,}(?!\d)/gu },
];

const PLACEHOLDER = /\[([A-Z][A-Z0-9_]*_\d+)\]/g;

export function createRedaction(known: readonly PersonalValue[]): Redaction {
  const byValue = new Map<string, string>();
  const byPlaceholder = new Map<string, string>();
  const counts = new Map<string, number>();
  const placeholderFor = (value: string, kind: string): string => {
    const given = byValue.get(value.toLowerCase());
    if (given !== undefined) return given;
    const name = kind.toUpperCase().replace(/[^A-Z0-9]+/g, '_') || 'VALUE';
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    const placeholder = `[${name}_${number}]`;
    byValue.set(value.toLowerCase(), placeholder);
    byPlaceholder.set(placeholder, value);
    return placeholder;
  };
  const knownPatterns = patternsOf(known);
  return {
    hide: (text) => {
      // A placeholder that a person typed must not be taken for one of ours.
      let hidden = text.replace(PLACEHOLDER, '($1)');
      for (const { pattern, class: kind, accepts } of [...knownPatterns, ...PATTERNS])
        hidden = replaceOutsidePlaceholders(hidden, pattern, (match) =>
          (accepts?.(match) ?? true) ? placeholderFor(match, kind) : match,
        );
      return hidden;
    },
    restore: (text) => {
      const placeholders = text.match(PLACEHOLDER) ?? [];
      if (placeholders.some((placeholder) => !byPlaceholder.has(placeholder))) return undefined;
      return text.replace(PLACEHOLDER, (placeholder) => byPlaceholder.get(placeholder) ?? placeholder);
    },
  };
}

/** Longest first, so that a full name goes before the first name in it. */
function patternsOf(known: readonly PersonalValue[]): readonly PersonalPattern[] {
  return known
    .filter(({ text }) => text.trim().length > 1)
    .sort((left, right) => right.text.length - left.text.length)
    .map(({ text, class: kind }) => {
      const literal = text.trim().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
      const start = /^[\p{sc=Latin}\p{N}]/u.test(text.trim()) ? String.raw`(?<![\p{sc=Latin}\p{N}])` : '';
      const end = /[\p{sc=Latin}\p{N}]$/u.test(text.trim()) ? String.raw`(?![\p{sc=Latin}\p{N}])` : '';
      return { class: kind, pattern: new RegExp(start + literal + end, 'giu') };
    });
}

function replaceOutsidePlaceholders(
  text: string,
  pattern: RegExp,
  replace: (match: string) => string,
): string {
  return text
    .split(/(\[[A-Z][A-Z0-9_]*_\d+\])/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(pattern, replace)))
    .join('');
}

function isPhone(match: string): boolean {
  const digits = match.replace(/\D/g, '').length;
  return digits >= 7 && digits <= 15 && !/^\d{4}[-./]\d{2}[-./]\d{2}$/.test(match);
}

/** @see https://en.wikipedia.org/wiki/Luhn_algorithm */
function passesLuhn(match: string): boolean {
  const digits = Array.from(match.replace(/\D/g, ''), Number).reverse();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
