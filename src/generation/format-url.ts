import type { JsonObject } from '../json.ts';
import { resolvePath } from './resolve-path.ts';

const PLACEHOLDER = /\{\s*(?:slots\.)?([\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*)\s*\}/gu;

/**
 * Fills the placeholders of an address: a value within it is percent-encoded, a value that is all of it must be an
 * `http:` or `https:` address itself.
 *
 * @returns `undefined` when a value is missing, or leads elsewhere than the web.
 */
export function formatUrl(url: string, values: JsonObject): string | undefined {
  const isWhole = url.replace(PLACEHOLDER, '').trim() === '';
  const missing = new Set<string>();
  const filled = url.replace(PLACEHOLDER, (_, path: string) => {
    const value = resolvePath(values, path);
    if (typeof value !== 'string' && typeof value !== 'number') {
      missing.add(path);
      return '';
    }
    return isWhole ? String(value) : encodeURIComponent(value);
  });
  return missing.size === 0 && isWebAddress(filled) ? filled : undefined;
}

/** An absolute web address, or one relative to the page that the chat is on. */
function isWebAddress(url: string): boolean {
  if (!URL.canParse(url, 'https://relative.invalid')) return false;
  return ['http:', 'https:'].includes(new URL(url, 'https://relative.invalid').protocol);
}
