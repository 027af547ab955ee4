import type { FlowPicture } from './flow-picture.ts';
import { escapeXml, toSvg } from './to-svg.ts';

/** Draws flows as one page that a browser shows without a network. */
export function toHtml(pictures: readonly FlowPicture[]): string {
  const links = pictures.map(
    ({ title }) => `<li><a href="#${encodeURIComponent(title)}">${escapeXml(title)}</a></li>`,
  );
  const sections = pictures.map(
    (picture) =>
      `<section id="${escapeXml(picture.title)}"><h2>${escapeXml(picture.title)}</h2><figure>${toSvg(picture)}</figure></section>`,
  );
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Flows</title>',
    '<style>body{font:15px system-ui,sans-serif;margin:2rem;color:#0f172a}nav ul{columns:16rem;padding-left:1.2rem}figure{margin:0;overflow-x:auto}svg{max-width:none;height:auto}</style>',
    `</head><body><h1>Flows</h1>${pictures.length > 1 ? `<nav><ul>${links.join('')}</ul></nav>` : ''}`,
    ...sections,
    '</body></html>',
    '',
  ].join('\n');
}
