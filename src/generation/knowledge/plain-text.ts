/** A heading, or a paragraph or list in plain text, of an article. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/**
 * Reads Markdown as what a chat can say: paragraphs and lists without their markup, under their headings.
 *
 * Code, tables and quotes keep their text; images and HTML comments go.
 */
export function plainBlocks(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const clean = markdown.replace(/\r\n?/g, '\n').replace(/<!--[\s\S]*?-->/g, '');
  for (const part of clean.split(/\n{2,}|(?=^#{1,6} )|(?<=^#{1,6} .*)\n/m)) {
    const heading = /^(#{1,6}) +(.+?)[ #]*$/.exec(part.trim());
    if (heading) {
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: plainLine(heading[2] ?? '') });
      continue;
    }
    const text = plainLines(part);
    if (text !== '') blocks.push({ kind: 'text', text });
  }
  return blocks;
}

/** Joins wrapped lines; list items and table rows stay lines of their own. */
function plainLines(part: string): string {
  const lines: string[] = [];
  for (const line of part.split('\n')) {
    if (/^\s*(?:```|~~~|[-*_](?:\s*[-*_]){2,}\s*$|\|?[\s:|-]+\|?\s*$)/.test(line)) continue;
    const item = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/.exec(line);
    const text = plainLine(item ? (item[2] ?? '') : line.replace(/^\s*>\s?/, ''));
    if (text === '') continue;
    if (item) lines.push(item[1] === undefined ? `• ${text}` : `${item[1]}. ${text}`);
    else if (lines.length === 0 || line.includes('|')) lines.push(text);
    else lines.push(joinWrapped(lines.pop() ?? '', text));
  }
  return lines.join('\n');
}

/** A line break in Markdown is a space, but not between Chinese characters. */
function joinWrapped(before: string, after: string): string {
  const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}，。！？；：、]$/u.test(before);
  return unspaced && /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(after)
    ? before + after
    : `${before} ${after}`;
}

function plainLine(line: string): string {
  return line
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/<(https?:[^>\s]+)>/g, '$1')
    .replace(/(\*\*|__|~~|`+)(.+?)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/\\([\\`*_{}[\]()#+\-.!|>])/g, '$1')
    .replace(/^\||\|$/g, '')
    .replace(/\s*\|\s*/g, ' | ')
    .trim();
}
