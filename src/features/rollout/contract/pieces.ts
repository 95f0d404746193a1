/** What the questions and answers of the way in are made of. */

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
export type Side = (typeof sides)[number];
export const words = (most: number) => z.string().trim().max(most);
export const saidWords = (most: number, otherwise: string) => words(most).min(1, otherwise);
