import { createTransport } from 'nodemailer';

export interface Letter {
  to: string;
  subject: string;
  /** Complete by itself: there are readers that show nothing else. */
  text: string;
  /** The same for readers that show HTML. Whoever writes it has encoded what isn't theirs. */
  html?: string;
  /** Names this mail for ever: sent twice, it is one for the reader's program. Letters, digits and `-._`. */
  id?: string;
  /** Mails that name the same thread stand together. As `id`. */
  thread?: string;
  /** Address that ends such mails when it is posted to, without signing in (RFC 8058). */
  unsubscribe?: string;
  /** A calendar file (RFC 5545) and what it asks of the reader's calendar. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; text: string };
}

export interface Mailer {
  /** Without a mail server links are shown to those who may pass them on. */
  readonly configured: boolean;
  /** As whom mails are sent, for those who look at the settings. */
  readonly from: string;
  /** @throws MailRefused where trying again changes nothing, MailFailed where it may */
  send(letter: Letter): Promise<void>;
}

/** The server took no offence at us, but not this mail or this reader. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}
/** No server, no connection, or “later”. */
export class MailFailed extends Error {
  override readonly name = 'MailFailed';
}

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Sends through the configured server; without one `send` does nothing, so callers ask `configured` first. */
export function openMailer(settings: { smtpUrl?: string | undefined; mailFrom: string }): Mailer {
  const from = settings.mailFrom;
  if (!settings.smtpUrl) return { configured: false, from, send: async () => {} };
  const transport = createTransport({ url: settings.smtpUrl, ...patience, disableFileAccess: true, disableUrlAccess: true });
  return {
    configured: true,
    from,
    async send(letter) {
      await transport
        .sendMail({
          from,
          to: { name: '', address: letter.to },
          subject: oneLine(letter.subject),
          text: letter.text,
          ...(letter.html === undefined ? {} : { html: letter.html }),
          ...(letter.id === undefined ? {} : { messageId: nameOf(letter.id, from) }),
          ...(letter.thread === undefined ? {} : { references: nameOf(letter.thread, from), inReplyTo: nameOf(letter.thread, from) }),
          ...(letter.calendar === undefined
            ? {}
            : { icalEvent: { method: letter.calendar.method, filename: 'meeting.ics', content: letter.calendar.text } }),
          headers: { ...(letter.unsubscribe === undefined ? {} : unsubscribeHeaders(letter.unsubscribe)), ...automatic },
        })
        .catch((error: unknown) => {
          throw failureOf(error);
        });
    },
  };
}

/** Written by a machine: out-of-office programs don't answer (RFC 3834). */
const automatic = { 'Auto-Submitted': 'auto-generated' };

/**
 * RFC 8058 wants https for the one click; without it the link alone is given. Written as it stands: nodemailer would fold
 * it, and signatures of some servers break over that (nodemailer issue 1654).
 */
function unsubscribeHeaders(address: string): Record<string, string | { prepared: boolean; value: string }> {
  const plain = new URL(address);
  return {
    'List-Unsubscribe': { prepared: true, value: `<${plain.href}>` },
    ...(plain.protocol === 'https:' ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
  };
}

/** `<id@domain of the sender>` */
function nameOf(id: string, from: string): string {
  const domain = /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'localhost';
  return `<${id.replaceAll(/[^A-Za-z0-9._-]/g, '-')}@${domain}>`;
}

/** A line break in a subject would start a header of somebody's own. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200);

/** What goes wrong is told by codes: messages of servers and of the transport may carry addresses and passwords. */
function failureOf(error: unknown): Error {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  // Sign-in refused (535 and its like) is a matter of the settings, not of this mail: it may work tomorrow.
  if (responseCode !== undefined && responseCode >= 500 && code !== 'EAUTH')
    return new MailRefused(`The mail server refused it (${responseCode}).`);
  if (code === 'EAUTH') return new MailFailed('The mail server refused Accord’s sign-in.');
  if (responseCode !== undefined) return new MailFailed(`The mail server put it off (${responseCode}).`);
  return new MailFailed(`The mail server could not be reached (${code ?? 'unknown error'}).`);
}
