/**
 * A message as Slack’s Block Kit. What people wrote stands only in plain text and in elements of rich text, where nothing
 * is read as markup: `<!channel>` rings nobody. Addresses are links in the text: a button would want an answer that a
 * webhook can’t give, and Slack shows a warning beside it.
 */

import { type Links, toneWord, wholeAddress } from '#engine/notices/addresses.ts';
import type { Bars, Figures, Message, Part, Point } from '#engine/notices/message.ts';
import { fitted, shortened, textBar } from '#engine/notices/shortened.ts';

interface TextElement {
  type: 'text';
  text: string;
  style?: { bold?: boolean; italic?: boolean };
}
interface LinkElement {
  type: 'link';
  url: string;
  text: string;
}
type Inline = TextElement | LinkElement;
interface RichSection {
  type: 'rich_text_section';
  elements: Inline[];
}
type RichElement =
  | RichSection
  | { type: 'rich_text_list'; style: 'bullet'; elements: RichSection[] }
  | { type: 'rich_text_preformatted'; elements: TextElement[] };
type SlackBlock =
  | { type: 'header'; text: { type: 'plain_text'; text: string; emoji: false } }
  | { type: 'section'; fields: { type: 'plain_text'; text: string; emoji: false }[] }
  | { type: 'rich_text'; elements: RichElement[] }
  | { type: 'context'; elements: { type: 'plain_text'; text: string; emoji: false }[] };
export interface SlackMessage {
  /** What a notification shows, and programs that show no blocks. */
  text: string;
  blocks: SlackBlock[];
  unfurl_links: false;
  unfurl_media: false;
}

/** Of the documentation (docs.slack.dev/reference/block-kit/blocks), and a size that webhooks have been seen to take. */
const limits = { blocks: 50, header: 150, fields: 10, field: 2_000, inline: 3_000, url: 3_000, text: 3_000, bytes: 30_000 } as const;

export function slackMessage(message: Message, links: Links): SlackMessage {
  return blocksOf(
    fitted(message, (shorter) => {
      const built = blocksOf(shorter, links);
      return built.blocks.length <= limits.blocks && Buffer.byteLength(JSON.stringify(built)) <= limits.bytes;
    }),
    links,
  );
}

function blocksOf(message: Message, links: Links): SlackMessage {
  return {
    text: shortened(slackEscaped(`${message.title}: ${message.lead}`), limits.text),
    blocks: [
      { type: 'header', text: plain(message.title, limits.header) },
      rich([section([text(message.lead)])]),
      ...message.sections.flatMap(({ heading, parts }) => [
        rich([section([text(heading, { bold: true })])]),
        ...parts.flatMap((part) => partBlocks(part, links)),
      ]),
      rich([section([link(message.opensLabel, message.opens, links)])]),
      ...(message.why ? [{ type: 'context' as const, elements: [plain(message.why, limits.field)] }] : []),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** `text` is read as mrkdwn: what starts a link or a mention there is written as what it is. */
const slackEscaped = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const plain = (words: string, most: number) => ({ type: 'plain_text' as const, text: shortened(said(words), most), emoji: false as const });
/** Empty texts are refused. */
const said = (words: string): string => (words.trim() === '' ? '–' : words);
const rich = (elements: RichElement[]): SlackBlock => ({ type: 'rich_text', elements });
const section = (elements: Inline[]): RichSection => ({ type: 'rich_text_section', elements });
const text = (words: string, style?: TextElement['style']): TextElement => ({
  type: 'text',
  text: shortened(said(words), limits.inline),
  ...(style ? { style } : {}),
});

function link(words: string, opens: string, links: Links): Inline {
  const url = wholeAddress(links, opens);
  return url.length > limits.url ? text(words) : { type: 'link', url, text: shortened(said(words), limits.inline) };
}
const maybeLink = (words: string, opens: string | undefined, links: Links): Inline =>
  opens === undefined ? text(words) : link(words, opens, links);

function partBlocks(part: Part, links: Links): SlackBlock[] {
  switch (part.kind) {
    case 'text':
      return [rich([section([maybeLink(part.text, part.opens, links)])])];
    case 'points':
      return part.items.length === 0
        ? []
        : [rich([{ type: 'rich_text_list', style: 'bullet', elements: part.items.map((item) => pointSection(item, links)) }])];
    case 'figures':
      return figureBlocks(part);
    case 'bars':
      return part.items.length === 0 ? [] : [barBlock(part)];
  }
}

function pointSection({ text: words, detail, tone, opens }: Point, links: Links): RichSection {
  const word = toneWord(tone);
  return section([
    ...(word === null ? [] : [text(`${word}: `, { bold: true })]),
    maybeLink(words, opens, links),
    ...(detail ? [text(`\n${detail}`, { italic: true })] : []),
  ]);
}

function figureBlocks({ items }: Figures): SlackBlock[] {
  const fields = items.map(({ label, value, note, tone }) =>
    plain([label, value, [toneWord(tone), note].filter(Boolean).join(', ')].filter((line) => line !== '').join('\n'), limits.field),
  );
  return Array.from({ length: Math.ceil(fields.length / limits.fields) }, (_, group) => ({
    type: 'section' as const,
    fields: fields.slice(group * limits.fields, (group + 1) * limits.fields),
  }));
}

const barWidth = 16;
const barBlock = ({ caption, items }: Bars): SlackBlock =>
  rich([
    section([text(caption, { italic: true })]),
    {
      type: 'rich_text_preformatted',
      elements: [
        text(
          items
            .map(
              ({ label, value, length, tone }) =>
                `${textBar(length, barWidth)} ${value} ${label}${toneWord(tone) ? ` (${toneWord(tone)})` : ''}`,
            )
            .join('\n'),
        ),
      ],
    },
  ]);
