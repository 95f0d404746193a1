/** Those who receive what leaves the house, on this machine: a mail server, and rooms of Slack and Teams that refuse what theirs would. */

import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { KnownBlock, RichTextBlockElement } from '@slack/types';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** Its ES modules name files without an ending, which Node refuses; the built one is the same. */
const adaptive = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof import('adaptivecards');

export interface Mailbox {
  /** For `openMailer`. */
  readonly url: string;
  /** As received, in order. */
  readonly mails: (ParsedMail & { readonly source: string; readonly recipients: readonly string[] })[];
  /** Answers the next mails with this code in place of taking them; null: takes them. */
  refuseWith(code: number | null): void;
  close(): Promise<void>;
}

/** A real SMTP server; what it takes is read by a parser that is not ours. */
export async function openMailbox(): Promise<Mailbox> {
  const mails: Mailbox['mails'] = [];
  let refusing: number | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (refusing !== null) return done(Object.assign(new Error('not now'), { responseCode: refusing }));
        const source = Buffer.concat(parts);
        void simpleParser(source).then((mail) => {
          mails.push(
            Object.assign(mail, { source: source.toString('utf8'), recipients: session.envelope.rcptTo.map(({ address }) => address) }),
          );
          done();
        }, done);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    refuseWith: (code) => void (refusing = code),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Record<string, string>;
}
export interface Room {
  readonly address: string;
  /** What arrived, whether taken or not. */
  readonly bodies: string[];
  /** Why what arrived was refused, in order. */
  readonly complaints: string[];
  /** Answers in place of the room’s own; null: its own again. */
  answerWith(answer: Answer | null): void;
  close(): Promise<void>;
}

/** Takes what Slack takes: blocks within their documented limits, and nothing else. */
export const openSlackRoom = (): Promise<Room> =>
  openRoom('/services/T000/B000/secret', (body) => {
    const wrong = slackComplaints(body);
    return wrong.length > 0 ? { wrong, answer: { status: 400, text: 'invalid_blocks' } } : { wrong, answer: { status: 200, text: 'ok' } };
  });

/** Takes what a workflow of Teams takes: an Adaptive Card that Microsoft’s own parser finds nothing wrong with. */
export const openTeamsRoom = (): Promise<Room> =>
  openRoom('/workflows/secret/triggers/manual/paths/invoke', (body) => {
    const wrong = teamsComplaints(body);
    return wrong.length > 0
      ? { wrong, answer: { status: 400, text: 'TriggerInputSchemaMismatch' } }
      : { wrong, answer: { status: 202, text: '' } };
  });

async function openRoom(path: string, judge: (body: string) => { wrong: string[]; answer: Answer }): Promise<Room> {
  const [bodies, complaints]: [string[], string[]] = [[], []];
  let told: Answer | null = null;
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const judged =
        request.url === path && request.method === 'POST'
          ? judge(body)
          : { wrong: ['posted elsewhere'], answer: { status: 404, text: 'no_service' } };
      bodies.push(body);
      complaints.push(...judged.wrong);
      const answer = told ?? judged.answer;
      response.writeHead(answer.status, answer.headers).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    bodies,
    complaints,
    answerWith: (answer) => void (told = answer),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Limits of docs.slack.dev/reference/block-kit, as the comments of @slack/types repeat them. */
export function slackComplaints(body: string): string[] {
  const { text, blocks } = JSON.parse(body) as { text?: string; blocks?: KnownBlock[] };
  if (!text) return ['no text to notify with'];
  if (!blocks || blocks.length === 0 || blocks.length > 50) return [`${blocks?.length} blocks`];
  return [...(/<[!@#]|<http/.test(text) ? ['a mention or link in the text'] : []), ...blocks.flatMap(blockComplaints)];
}

const within = (what: string, text: string | undefined, most: number): string[] =>
  text === undefined || text.length === 0 || text.length > most ? [`${what} of ${text?.length} characters`] : [];

function blockComplaints(block: KnownBlock): string[] {
  switch (block.type) {
    case 'header':
      return within('header', block.text.text, 150);
    case 'section':
      return [
        ...(block.text ? within('section', block.text.text, 3_000) : []),
        ...(block.fields && (block.fields.length === 0 || block.fields.length > 10) ? [`${block.fields.length} fields`] : []),
        ...(block.fields ?? []).flatMap((field) => within('field', field.text, 2_000)),
        ...(!block.text && !block.fields ? ['an empty section'] : []),
      ];
    case 'context':
      return [
        ...(block.elements.length === 0 || block.elements.length > 10 ? [`${block.elements.length} elements of context`] : []),
        ...block.elements.flatMap((element) =>
          'text' in element && typeof element.text === 'string' ? within('context', element.text, 2_000) : [],
        ),
      ];
    case 'rich_text':
      return block.elements.length === 0 ? ['empty rich text'] : block.elements.flatMap(richComplaints);
    default:
      return [`a block of a sort we don’t send: ${block.type}`];
  }
}

function richComplaints(element: RichTextBlockElement): string[] {
  if (element.type === 'rich_text_list')
    return element.elements.length === 0 ? ['an empty list'] : element.elements.flatMap(richComplaints);
  if (element.elements.length === 0) return ['an empty element of rich text'];
  return element.elements.flatMap((inline) => {
    if (inline.type === 'text') return within('text', inline.text, 3_000);
    if (inline.type !== 'link') return [`an inline of a sort we don’t send: ${inline.type}`];
    return [
      ...within('link', inline.text, 3_000),
      ...within('address', inline.url, 3_000),
      ...(URL.canParse(inline.url) ? [] : ['a link that is none']),
    ];
  });
}

/** The envelope is checked by its description, the card by Microsoft’s own parser. */
export function teamsComplaints(body: string): string[] {
  if (Buffer.byteLength(body) > 28_000) return [`${Buffer.byteLength(body)} bytes`];
  const sent = JSON.parse(body) as { type?: string; attachments?: { contentType?: string; content?: object }[] };
  const [attachment] = sent.attachments ?? [];
  if (sent.type !== 'message' || sent.attachments?.length !== 1) return ['no message with one attachment'];
  if (attachment?.contentType !== 'application/vnd.microsoft.card.adaptive' || !attachment.content) return ['no Adaptive Card'];
  const context = new adaptive.SerializationContext();
  const card = new adaptive.AdaptiveCard();
  card.parse(attachment.content, context);
  const said = Array.from({ length: context.eventCount }, (_, place) => context.getEventAt(place).message);
  return [...said, ...card.validateProperties().validationEvents.map(({ message }) => message)];
}
