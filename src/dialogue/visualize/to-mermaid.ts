import type { FlowPicture, PictureNode } from './flow-picture.ts';

const BRACKETS: Readonly<Record<PictureNode['shape'], readonly [string, string]>> = {
  start: ['([', '])'],
  end: ['([', '])'],
  question: ['[/', '/]'],
  action: ['[', ']'],
  message: ['(', ')'],
  branch: ['{', '}'],
  flow: ['[[', ']]'],
  person: ['{{', '}}'],
};

/**
 * Draws a flow as a Mermaid flowchart, which code hosts and wikis show as a picture.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function toMermaid({ nodes, edges }: FlowPicture): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const boxes = nodes.map((node) => {
    const [open, close] = BRACKETS[node.shape];
    return `  ${names.get(node.id) ?? ''}${open}"${escapeLabel(labelOf(node))}"${close}`;
  });
  const arrows = edges.map(({ from, to, label, isRepair }) => {
    const arrow = isRepair ? '-.->' : '-->';
    const text = label === '' ? '' : `|"${escapeLabel(label)}"|`;
    return `  ${names.get(from) ?? ''} ${arrow}${text} ${names.get(to) ?? ''}`;
  });
  return ['flowchart TD', ...boxes, ...arrows, ''].join('\n');
}

function labelOf({ title, detail }: PictureNode): string {
  return [detail, title].filter((part) => part !== '').join(': ');
}

function escapeLabel(text: string): string {
  return text.replace(/[&<>"#]/gu, (character) => `#${character.codePointAt(0) ?? 0};`).replace(/\s+/gu, ' ');
}
