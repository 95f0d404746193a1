/** A message as plain text: complete by itself. */

import { type Links, toneWord, wholeAddress } from './addresses.ts';
import type { Bars, Figures, Message, Part, Points } from './message.ts';

/** @param unsubscribe address that ends such mails; null: it can't be ended by a click */
export function mailText(message: Message, links: Links, unsubscribe: string | null = null): string {
  const sections = message.sections.map(
    ({ heading, parts }) => `${underlined(heading)}\n\n${parts.map((part) => partText(part, links)).join('\n\n')}`,
  );
  const foot = [message.why, unsubscribe && `Unsubscribe: ${unsubscribe}`].filter(Boolean).join('\n');
  return [
    message.lead,
    ...sections,
    `${message.opensLabel}: ${wholeAddress(links, message.opens)}`,
    ...(foot === '' ? [] : [`-- \n${foot}`]),
  ].join('\n\n');
}

const underlined = (heading: string): string => `${heading}\n${'-'.repeat(Math.min(heading.length, 60))}`;

function partText(part: Part, links: Links): string {
  switch (part.kind) {
    case 'text':
      return [part.text, ...addressLine(part.opens, links, '')].join('\n');
    case 'points':
      return pointsText(part, links);
    case 'figures':
      return figuresText(part);
    case 'bars':
      return barsText(part);
  }
}

const pointsText = ({ items }: Points, links: Links): string =>
  items
    .map(({ text, detail, tone, opens }) =>
      [
        `- ${[toneWord(tone), text].filter(Boolean).join(': ')}`,
        ...(detail ? [`  ${detail}`] : []),
        ...addressLine(opens, links, '  '),
      ].join('\n'),
    )
    .join('\n');

const addressLine = (opens: string | undefined, links: Links, indent: string): string[] =>
  opens === undefined ? [] : [`${indent}${wholeAddress(links, opens)}`];

const figuresText = ({ items }: Figures): string =>
  items.map(({ label, value, note, tone }) => `${label}: ${value}${suffix([toneWord(tone), note])}`).join('\n');

const suffix = (words: readonly (string | null | undefined)[]): string => {
  const said = words.filter(Boolean).join(', ');
  return said === '' ? '' : ` (${said})`;
};

const barWidth = 20;

const barsText = ({ caption, items }: Bars): string =>
  [caption, ...items.map(({ label, value, length, tone }) => `${barOf(length)} ${label}: ${value}${suffix([toneWord(tone)])}`)].join('\n');

/** `#####...............`: read by every program, whatever its letters. */
function barOf(length: number): string {
  const filled = Math.round((Math.min(100, Math.max(0, length)) / 100) * barWidth);
  return '#'.repeat(filled) + '.'.repeat(barWidth - filled);
}
