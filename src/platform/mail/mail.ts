import { createTransport } from 'nodemailer';

export interface Letter {
  to: string;
  subject: string;
  /** Plain text; lines of the recipient's own making never come here. */
  text: string;
}

export interface Mailer {
  /** Without a mail server links are shown to those who may pass them on. */
  readonly configured: boolean;
  send(letter: Letter): Promise<void>;
}

/** Sends through the configured server; without one `send` does nothing, so callers ask `configured` first. */
export function openMailer(settings: { smtpUrl?: string | undefined; mailFrom: string }): Mailer {
  if (!settings.smtpUrl) return { configured: false, send: async () => {} };
  const transport = createTransport(settings.smtpUrl, { disableFileAccess: true, disableUrlAccess: true });
  return {
    configured: true,
    async send(letter) {
      await transport.sendMail({
        from: settings.mailFrom,
        to: { name: '', address: letter.to },
        subject: oneLine(letter.subject),
        text: letter.text,
      });
    },
  };
}

/** A line break in a subject would start a header of somebody's own. */
const oneLine = (text: string): string => text.replace(/[\r\n\t]+/g, ' ').slice(0, 200);
