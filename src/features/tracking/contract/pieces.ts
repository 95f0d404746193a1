/** What several shapes of tracking have in common. */

import { z } from 'zod';
import { domainKey } from '#engine/identity/keys.ts';
import { asciiHost } from '#engine/identity/punycode.ts';
import { idSchema } from '#features/records/contract/schemas.ts';
import { personFields } from './person-fields.ts';

export const instant = z.string();
export const count = z.number().int();
export const named = z.object({ id: idSchema, name: z.string() });
export const byId = z.strictObject({ id: idSchema });
export const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
export const paging = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(200).optional() };

export const name = z.string().trim().min(1, 'Give it a name.').max(120);
/** Null: it may be done; else why not. */
export const can = z.string().nullable();

const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** A host name, of `https://www.example.com/` too; a public ending such as `co.uk` is none. */
export const domain = z
  .string()
  .trim()
  .max(255)
  .transform((text) =>
    asciiHost(
      text
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/^\*\./, '')
        .replace(/[:/].*$/, ''),
    ),
  )
  .refine(
    (host) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host) && (host === 'localhost' || ipv4.test(host) || domainKey(host) !== null),
    'is a domain like example.com',
  );

export const personFieldName = z.union([
  z.enum(personFields),
  z
    .string()
    .max(80)
    .regex(/^custom\.[\p{L}\p{N}_-]{1,70}$/u, 'is a field of a lead, or custom.<key> of an own field'),
]);
