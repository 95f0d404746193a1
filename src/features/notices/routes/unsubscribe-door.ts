import { encoded } from '#engine/notices/mail-html.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database } from '#platform/db/database.ts';
import type { Door, DoorAnswer } from '#platform/http/door.ts';
import { endMails, whatEnds } from '../actions/end-mails.ts';
import { unsubscribePath } from '../actions/unsubscribe-token.ts';
import type { Ended } from '../contract/deliver.ts';
import { kinds } from '../contract/kinds.ts';

/**
 * The link in every mail that can be ended (RFC 8058): a mail program posts to it, without a session; a person who opens
 * it sees a button, because programs that look for viruses open links as well.
 */
export const unsubscribeDoor = ({ database, sealing }: { database: Database; sealing: Sealing }): Door => ({
  methods: ['GET', 'HEAD', 'POST'],
  path: `${unsubscribePath}/:token`,
  summary: 'Ends the mails that a link in them names',
  bodyLimit: 4_096,
  handle: async ({ method, params }) => {
    const token = params['token'] ?? '';
    const ends = method === 'POST' ? await endMails(database, sealing, token) : whatEnds(sealing, token);
    if (ends === null)
      return page(
        404,
        'This link holds nothing',
        '<p>It was cut short on its way, or the person it was made for is gone. What is mailed to you is chosen in Accord, under notifications.</p>',
      );
    if (method === 'POST')
      return page(
        200,
        'Ended',
        `<p>${encoded(named(ends))} will not be mailed to you any more. You can choose it again in Accord, under notifications.</p>`,
      );
    return page(
      200,
      'End these mails?',
      `<p>${encoded(named(ends))} will not be mailed to you any more.</p><form method="post"><button>Unsubscribe</button></form>`,
    );
  },
});

const named = (ends: Ended): string => (ends === 'digest' ? 'The digest' : kinds[ends].name);

const style =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem;color:#1d262b;background:#fff}button{font:inherit;font-weight:600;padding:.6rem 1.2rem;border:0;border-radius:.4rem;background:#0b5a94;color:#fff}@media (prefers-color-scheme:dark){body{color:#e8edef;background:#12171a}button{background:#8cc3f0;color:#12171a}}';

function page(status: number, title: string, body: string): DoorAnswer {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`,
  };
}
