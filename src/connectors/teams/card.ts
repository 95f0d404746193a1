/**
 * A message as an Adaptive Card in the envelope that webhooks of Microsoft Teams (Workflows) take. What people wrote
 * stands in runs of rich text, which are shown as they are: text blocks would read Markdown in them.
 */

import { type Links, toneWord, wholeAddress } from '#engine/notices/addresses.ts';
import type { Bars, Figures, Message, Part, Point, Tone } from '#engine/notices/message.ts';
import { fitted, shortened, textBar } from '#engine/notices/shortened.ts';

interface OpenUrl {
  type: 'Action.OpenUrl';
  title?: string;
  url: string;
}
interface Run {
  type: 'TextRun';
  text: string;
  size?: 'Small' | 'Medium' | 'Large';
  weight?: 'Bolder';
  isSubtle?: boolean;
  color?: 'Attention' | 'Warning' | 'Good';
  fontType?: 'Monospace';
  selectAction?: OpenUrl;
}
interface Rich {
  type: 'RichTextBlock';
  inlines: Run[];
  spacing?: 'None' | 'Small' | 'Large';
  separator?: boolean;
}
interface Columns {
  type: 'ColumnSet';
  columns: { type: 'Column'; width: 'stretch'; items: Rich[] }[];
}
export interface TeamsMessage {
  type: 'message';
  summary: string;
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive';
      contentUrl: null;
      content: {
        $schema: string;
        type: 'AdaptiveCard';
        version: '1.4';
        fallbackText: string;
        body: (Rich | Columns)[];
        actions: OpenUrl[];
        msteams: { width: 'Full' };
      };
    },
  ];
}

/** Teams names 28 KB for a message; what it adds itself counts, and more than 21,000 have been refused. */
const mostBytes = 20_000;
const mostText = 4_000;

export function teamsMessage(message: Message, links: Links): TeamsMessage {
  return cardOf(
    fitted(message, (shorter) => Buffer.byteLength(JSON.stringify(cardOf(shorter, links))) <= mostBytes),
    links,
  );
}

function cardOf(message: Message, links: Links): TeamsMessage {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard' as const,
    version: '1.4' as const,
    fallbackText: shortened(`${message.title}: ${message.lead}`, 500),
    body: [
      rich([run(message.title, { size: 'Large', weight: 'Bolder' })]),
      rich([run(message.lead)]),
      ...message.sections.flatMap(({ heading, parts }) => [
        rich([run(heading, { size: 'Medium', weight: 'Bolder' })], { spacing: 'Large', separator: true }),
        ...parts.flatMap((part) => partBody(part, links)),
      ]),
      ...(message.why ? [rich([run(message.why, { size: 'Small', isSubtle: true })], { spacing: 'Large' })] : []),
    ],
    actions: [{ type: 'Action.OpenUrl' as const, title: shortened(message.opensLabel, 80), url: wholeAddress(links, message.opens) }],
    msteams: { width: 'Full' as const },
  };
  return {
    type: 'message',
    summary: shortened(message.title, 200),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

const rich = (inlines: Run[], more: Partial<Rich> = {}): Rich => ({ type: 'RichTextBlock', inlines, ...more });
const run = (text: string, more: Partial<Run> = {}): Run => ({
  type: 'TextRun',
  text: shortened(text.trim() === '' ? '–' : text, mostText),
  ...more,
});
const opening = (opens: string | undefined, links: Links): Partial<Run> =>
  opens === undefined ? {} : { selectAction: { type: 'Action.OpenUrl', url: wholeAddress(links, opens) } };

function partBody(part: Part, links: Links): (Rich | Columns)[] {
  switch (part.kind) {
    case 'text':
      return [rich([run(part.text, opening(part.opens, links))])];
    case 'points':
      return part.items.map((item) => pointBody(item, links));
    case 'figures':
      return figureBody(part, links);
    case 'bars':
      return barBody(part, links);
  }
}

const colours: Readonly<Partial<Record<Tone, Run['color']>>> = { late: 'Attention', below: 'Attention', soon: 'Warning', good: 'Good' };
function toneRuns(tone: Tone | undefined): Run[] {
  const word = toneWord(tone);
  const color = tone && colours[tone];
  return word === null ? [] : [run(`${word}: `, { weight: 'Bolder', ...(color ? { color } : {}) })];
}

const pointBody = ({ text, detail, tone, opens }: Point, links: Links): Rich =>
  rich(
    [
      run('• '),
      ...toneRuns(tone),
      run(text, opening(opens, links)),
      ...(detail ? [run(`\n${detail}`, { size: 'Small', isSubtle: true })] : []),
    ],
    { spacing: 'Small' },
  );

/** Three beside each other are as many as a phone shows. */
const besideEachOther = 3;
function figureBody({ items }: Figures, links: Links): Columns[] {
  return Array.from({ length: Math.ceil(items.length / besideEachOther) }, (_, group) => ({
    type: 'ColumnSet' as const,
    columns: items.slice(group * besideEachOther, (group + 1) * besideEachOther).map(({ label, value, note, tone, opens }) => ({
      type: 'Column' as const,
      width: 'stretch' as const,
      items: [
        rich([run(label, { size: 'Small', isSubtle: true })]),
        rich([run(value, { size: 'Large', weight: 'Bolder', ...opening(opens, links) })], { spacing: 'None' }),
        ...(note || toneWord(tone)
          ? [rich([...toneRuns(tone), ...(note ? [run(note, { size: 'Small', isSubtle: true })] : [])], { spacing: 'None' })]
          : []),
      ],
    })),
  }));
}

const barWidth = 16;
const barBody = ({ caption, items }: Bars, links: Links): Rich[] => [
  rich([run(caption, { size: 'Small', isSubtle: true })]),
  ...items.map(({ label, value, length, tone, opens }) =>
    rich(
      [
        run(textBar(length, barWidth), { fontType: 'Monospace' }),
        run(` ${value} `, { weight: 'Bolder' }),
        ...toneRuns(tone),
        run(label, opening(opens, links)),
      ],
      {
        spacing: 'Small',
      },
    ),
  ),
];
