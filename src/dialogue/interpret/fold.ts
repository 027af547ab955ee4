/** Lower case, width folded, punctuation to spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim();
}

/** Whether a text names something: as whole words, or anywhere in scripts that write without spaces. */
export function mentions(text: string, name: string): boolean {
  if (/[^\u0000-\u024f]/u.test(name)) return text.includes(name);
  return ` ${text} `.includes(` ${name} `);
}
