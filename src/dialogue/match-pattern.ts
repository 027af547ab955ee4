import { RE2JS } from 're2js';

const cache = new Map<string, RE2JS>();

/** Whether a RE2 source matches anywhere in a text; sources come from the bot's files, so each is compiled once. */
export function matchesPattern(source: string, text: string): boolean {
  let regex = cache.get(source);
  if (!regex) {
    regex = RE2JS.compile(source);
    cache.set(source, regex);
  }
  return regex.matcher(text).find();
}
