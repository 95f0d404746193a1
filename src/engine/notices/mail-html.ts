/**
 * A message as HTML that mail programs show: tables instead of layout, styles on each element (some drop style sheets),
 * bars as cells (some drop pictures and all drop SVG), nothing loaded from anywhere. A style sheet on top serves those
 * that read it: dark, and narrow screens. Every text is encoded here.
 */

import { type Links, toneWord, wholeAddress } from './addresses.ts';
import type { Bar, Bars, Figures, Message, Part, Points, Section, Tone } from './message.ts';

/** @param unsubscribe address that ends such mails; null: it can't be ended by a click */
export function mailHtml(message: Message, links: Links, unsubscribe: string | null = null): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${encoded(message.title)}</title><style>${sheet}</style></head>
<body class="ground" style="margin:0;padding:0;background:#f3f5f6">
<div style="display:none;max-height:0;overflow:hidden">${encoded(message.lead)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="ground" style="background:#f3f5f6"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="sheet" style="max-width:600px;background:#ffffff;border:1px solid #dde2e5;border-radius:8px"><tr><td class="ink" style="padding:24px 20px;${font};color:#1d262b">
<h1 class="ink" style="margin:0 0 8px;font-size:20px;line-height:1.3;font-weight:600;color:#1d262b">${encoded(message.title)}</h1>
<p class="ink" style="margin:0;font-size:16px;line-height:1.5;color:#1d262b">${lines(message.lead)}</p>
${message.sections.map((section) => sectionHtml(section, links)).join('\n')}
${button(message, links)}
</td></tr></table>
${footOf(message, links, unsubscribe)}
</td></tr></table></body></html>
`;
}

const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere";

/** Contrast of every pair is at least 4.5 to 1 on its ground, light and dark. */
const sheet = [
  '@media (prefers-color-scheme:dark){',
  '.ground{background:#12171a!important}.sheet{background:#1b2226!important;border-color:#333d42!important}',
  '.ink,.ink a{color:#e8edef!important}.soft{color:#a9b5bb!important}.link{color:#8cc3f0!important}',
  '.track{background:#39444a!important}.mark{border-color:#e8edef!important}.late,.below{color:#ff9d91!important}.soon{color:#f0c070!important}.good{color:#7fd3a2!important}',
  '}',
  '@media (max-width:480px){.figure{display:block!important;width:100%!important;padding-right:0!important}}',
].join('');

/** What would end an element or an attribute is written as what it is; characters that steer terminals are left out. */
export function encoded(text: string): string {
  return text
    .replaceAll(/[\p{Cc}]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
/** Line ends stay. */
const lines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map(encoded)
    .join('<br>');

const linked = (html: string, opens: string | undefined, links: Links): string =>
  opens === undefined
    ? html
    : `<a class="link" href="${encoded(wholeAddress(links, opens))}" style="color:#0b5a94;text-decoration:underline">${html}</a>`;

const sectionHtml = ({ heading, parts }: Section, links: Links): string =>
  `<h2 class="ink" style="margin:28px 0 8px;font-size:16px;line-height:1.3;font-weight:600;color:#1d262b">${encoded(heading)}</h2>
${parts.map((part) => partHtml(part, links)).join('\n')}`;

function partHtml(part: Part, links: Links): string {
  switch (part.kind) {
    case 'text':
      return `<p class="ink" style="margin:0 0 8px;font-size:14px;line-height:1.5;color:#1d262b">${linked(lines(part.text), part.opens, links)}</p>`;
    case 'points':
      return pointsHtml(part, links);
    case 'figures':
      return figuresHtml(part, links);
    case 'bars':
      return barsHtml(part, links);
  }
}

function pointsHtml({ items }: Points, links: Links): string {
  const rows = items.map(
    ({ text, detail, tone, opens }) =>
      `<li style="margin:0 0 8px">${toneMark(tone)}${linked(lines(text), opens, links)}${detail ? `<br><span class="soft" style="font-size:13px;color:#56646b">${lines(detail)}</span>` : ''}</li>`,
  );
  return `<ul class="ink" style="margin:0 0 8px;padding:0 0 0 20px;font-size:14px;line-height:1.5;color:#1d262b">${rows.join('')}</ul>`;
}

const toneColours: Readonly<Record<string, string>> = { late: '#a8281c', below: '#a8281c', soon: '#7d5200', good: '#14663a' };
function toneMark(tone: Tone | undefined, colon = true): string {
  const word = toneWord(tone);
  return word === null ? '' : `<strong class="${tone}" style="color:${toneColours[tone!]}">${word}${colon ? ':' : ''}</strong> `;
}

function figuresHtml({ items }: Figures, links: Links): string {
  const cells = items.map(
    ({ label, value, note, tone, opens }) =>
      `<td class="figure" valign="top" width="${Math.floor(100 / items.length)}%" style="padding:0 12px 12px 0"><span class="soft" style="display:block;font-size:13px;line-height:1.4;color:#56646b">${encoded(label)}</span><span class="ink" style="display:block;font-size:20px;line-height:1.3;font-weight:600;color:#1d262b">${linked(encoded(value), opens, links)}</span>${note || toneWord(tone) ? `<span class="soft" style="display:block;font-size:13px;line-height:1.4;color:#56646b">${toneMark(tone, note !== undefined)}${encoded(note ?? '')}</span>` : ''}</td>`,
  );
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${cells.join('')}</tr></table>`;
}

/** Each bar below its words, so that long names have the whole width of a phone. */
function barsHtml({ caption, items }: Bars, links: Links): string {
  const rows = items.map(
    (bar) =>
      `<tr><td class="ink" style="padding:6px 0 2px;font-size:14px;line-height:1.4;color:#1d262b">${toneMark(bar.tone)}${linked(encoded(bar.label), bar.opens, links)}</td><td class="ink" align="right" style="padding:6px 0 2px 12px;font-size:14px;line-height:1.4;font-weight:600;color:#1d262b">${encoded(bar.value)}</td></tr>
<tr><td colspan="2" style="padding:0 0 4px">${barHtml(bar)}</td></tr>`,
  );
  return `<p class="soft" style="margin:0 0 4px;font-size:13px;line-height:1.4;color:#56646b">${encoded(caption)}</p>
<table width="100%" cellpadding="0" cellspacing="0" border="0">${rows.join('\n')}</table>`;
}

const barColours: Readonly<Record<Tone, string>> = {
  plain: '#4f7896',
  good: '#2c8455',
  soon: '#b57a12',
  late: '#c4473a',
  below: '#c4473a',
  marketing: '#8430b5',
  sales: '#08706f',
};

/** Cells beside each other: the filled part, what is left, and where the mark lies the edge between two of them. */
function barHtml({ length, mark, tone }: Bar): string {
  const full = percent(length);
  const at = mark === undefined ? null : percent(mark);
  const edges = [...new Set([0, full, ...(at === null ? [] : [at]), 100])].toSorted((one, other) => one - other);
  const cells = edges.slice(1).map((until, place) => {
    const from = edges[place]!;
    const filled = until <= full;
    const isMarked = until === at && at < 100;
    const classes = [...(filled ? [] : ['track']), ...(isMarked ? ['mark'] : [])].join(' ');
    return `<td class="${classes}" width="${until - from}%" height="10" style="height:10px;line-height:10px;font-size:0;background:${filled ? barColours[tone ?? 'plain'] : '#e3e8ea'}${isMarked ? ';border-right:2px solid #1d262b' : ''}">&nbsp;</td>`;
  });
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="table-layout:fixed"><tr>${cells.join('')}</tr></table>`;
}

const percent = (value: number): number => Math.round(Math.min(100, Math.max(0, value)));

/** A cell with a ground of its own: a button wherever tables are shown. */
const button = ({ opens, opensLabel }: Message, links: Links): string =>
  `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:28px 0 0"><tr><td bgcolor="#0b5a94" style="border-radius:6px;background:#0b5a94"><a href="${encoded(wholeAddress(links, opens))}" style="display:inline-block;padding:12px 18px;${font};font-size:15px;font-weight:600;color:#ffffff;text-decoration:none">${encoded(opensLabel)}</a></td></tr></table>`;

function footOf({ why }: Message, links: Links, unsubscribe: string | null): string {
  const end =
    unsubscribe === null
      ? ''
      : ` <a class="soft" href="${encoded(unsubscribe)}" style="color:#56646b;text-decoration:underline">Unsubscribe</a>`;
  return `<p class="soft" style="max-width:600px;margin:12px auto 0;${font};font-size:12px;line-height:1.5;color:#56646b">${encoded(why ?? '')} <a class="soft" href="${encoded(links.base)}" style="color:#56646b;text-decoration:underline">Accord</a>${end}</p>`;
}
