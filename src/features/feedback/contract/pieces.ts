/** What the questions and answers of feedback are made of. */

import { z } from 'zod';
import { daySchema, idSchema, named } from '#features/agreement/contract.ts';

export { daySchema, idSchema, named };
export const byId = z.strictObject({ id: idSchema });
export const instant = z.string();
export const day = z.string();
export const count = z.number().int();
/** Null: may; else why not, in a sentence. */
export const whyNot = z.string().nullable();
export const sides = ['marketing', 'sales', 'leadership'] as const;
/** The two sides that feedback goes to. */
export const towards = ['marketing', 'sales'] as const;
export type Towards = (typeof towards)[number];

export const words = (most: number) => z.string().trim().max(most);
export const saidWords = (most: number, otherwise: string) => words(most).min(1, otherwise);

export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
};
export const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() });

/** 256 random bits as 43 characters, made where it is kept. */
export const secret = z.string().regex(/^[\w-]{43}$/, 'is 32 random bytes in base64url: 43 characters');

/** Records with a page of their own that feedback can stand on. */
export const recordKinds = ['lead', 'contact', 'account', 'deal', 'campaign', 'asset', 'meeting'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** Heads: managers, administrators, owners. */
export const standings = ['heads', 'others'] as const;
export type Standing = (typeof standings)[number];
