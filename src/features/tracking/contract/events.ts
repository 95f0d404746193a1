/** What a page sends: `POST /t/e?site=KEY`, as text or JSON. */

import { z } from 'zod';
import { idSchema } from '#features/records/contract/schemas.ts';

const address = z.string().max(4_000);
export const longestAgoMilliseconds = 3_600_000;

const sentEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('page'),
    /** Made by the page: the same id sent again is the same event. */
    id: idSchema,
    url: address,
    referrer: address.default(''),
    /** Milliseconds since it happened, where it could not be sent at once. */
    ago: z.number().int().min(0).max(longestAgoMilliseconds).default(0),
  }),
  /** A token that the company's own server signed; see docs/operate/tracking.md. */
  z.object({ kind: z.literal('identify'), token: z.string().max(2_000) }),
  /** Consent was given on a page that had been told of before: the page view of that id is the cookie’s too. */
  z.object({ kind: z.literal('consent'), id: idSchema }),
  /** Consent was taken back: what is kept of this visitor is no visitor's any more. */
  z.object({ kind: z.literal('revoke') }),
]);
export type SentEvent = z.output<typeof sentEvent>;

export const sentEvents = z.object({
  /** The browser asks not to be tracked (Global Privacy Control, Do Not Track). */
  private: z.boolean().default(false),
  /** After consent: the number in the page's cookie. */
  visitor: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  events: z.array(sentEvent).min(1).max(20),
});
export type SentEvents = z.output<typeof sentEvents>;
