/** The JSON of what the engine gives and takes: amounts as decimal texts. And its canonical text, for hashing outside. */

import { canonicalJson } from '../agreement/canonical.ts';
import type { JsonOf } from './statement.ts';

export function jsonOf<T>(value: T): JsonOf<T> {
  return plain(value) as JsonOf<T>;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

/** One text for one answer (or plan, or evidence), whatever order its keys were made in. */
export const canonicalText = (value: unknown): string => canonicalJson(plain(value));
