/** A message as the app shows it: engine/notices/message.ts as a schema. */

import { z } from 'zod';
import type { Message } from '#engine/notices/message.ts';

const opens = z.string().optional();
const tone = z.enum(['plain', 'good', 'soon', 'late', 'below', 'marketing', 'sales']).optional();
const part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), opens }),
  z.object({ kind: z.literal('points'), items: z.array(z.object({ text: z.string(), detail: z.string().optional(), tone, opens })) }),
  z.object({
    kind: z.literal('figures'),
    items: z.array(z.object({ label: z.string(), value: z.string(), note: z.string().optional(), tone, opens })),
  }),
  z.object({
    kind: z.literal('bars'),
    caption: z.string(),
    items: z.array(z.object({ label: z.string(), value: z.string(), length: z.number(), mark: z.number().optional(), tone, opens })),
  }),
]);

export const messageSchema = z.object({
  title: z.string(),
  lead: z.string(),
  sections: z.array(z.object({ heading: z.string(), parts: z.array(part) })),
  /** Addresses in the app. */
  opens: z.string(),
  opensLabel: z.string(),
  why: z.string().optional(),
});
/** Fails to compile where the schema and the messages that are written part. */
export const shownMessage = (message: Message): z.input<typeof messageSchema> => message as z.input<typeof messageSchema>;
