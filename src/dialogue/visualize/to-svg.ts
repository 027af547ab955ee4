import { drawPicture, type DrawnArrow, type DrawnBox } from './draw-picture.ts';
import type { FlowPicture, PictureNode } from './flow-picture.ts';

/** Draws a flow as an SVG picture that needs nothing else: no script, no font, no network. */
export function toSvg(picture: FlowPicture): string {
  const { title, width, height, boxes, arrows } = drawPicture(picture);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escapeXml(title)}</title>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="#64748b"/></marker></defs>',
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...arrows.map(arrowSvg),
    ...boxes.map(boxSvg),
    ...arrows.map(labelSvg),
    '</svg>',
    '',
  ].join('\n');
}

const COLOURS: Readonly<Record<PictureNode['shape'], readonly [fill: string, stroke: string]>> = {
  start: ['#0f172a', '#0f172a'],
  end: ['#e2e8f0', '#64748b'],
  question: ['#dbeafe', '#2563eb'],
  action: ['#fef3c7', '#b45309'],
  message: ['#f1f5f9', '#64748b'],
  branch: ['#ede9fe', '#7c3aed'],
  flow: ['#dcfce7', '#15803d'],
  person: ['#fee2e2', '#b91c1c'],
};

function boxSvg({ shape, title, caption, detail, x, y, width, height, middle, radius }: DrawnBox): string {
  const [fill, stroke] = COLOURS[shape];
  const ink = shape === 'start' ? '#ffffff' : '#0f172a';
  const isSingle = detail === '' || title === '';
  const small = isSingle
    ? ''
    : `<text x="${middle}" y="${y + 17}" text-anchor="middle" fill="${stroke}" font-size="10">${escapeXml(detail)}</text>`;
  return [
    `<g><title>${escapeXml(`${detail} ${title}`.trim())}</title>`,
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" stroke="${stroke}"/>`,
    small,
    `<text x="${middle}" y="${y + (isSingle ? 27 : 33)}" text-anchor="middle" fill="${ink}">${escapeXml(caption)}</text></g>`,
  ].join('');
}

function arrowSvg({ path, isRepair }: DrawnArrow): string {
  const dash = isRepair ? ' stroke-dasharray="4 4"' : '';
  return `<path d="${path}" fill="none" stroke="#64748b"${dash} marker-end="url(#tip)"/>`;
}

function labelSvg({ label }: DrawnArrow): string {
  return label
    ? `<text x="${label.x}" y="${label.y}" text-anchor="middle" font-size="10" fill="#334155" stroke="#ffffff" stroke-width="4" paint-order="stroke">${escapeXml(label.text)}</text>`
    : '';
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
