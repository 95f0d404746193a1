/** What was sent, by person field: a form's fields as they are, a hook's body through its mapping. */

import { parsePath, readPath, textAt } from '#engine/tracking/json-path.ts';
import { Refused } from '#engine/values/outcome.ts';
import type { HookMapping } from '../contract/hooks.ts';

export interface Sent {
  readonly sourceKind: 'form' | 'hook';
  readonly sent: unknown;
  readonly mended: Readonly<Record<string, string>> | null;
  /** Of a hook. */
  readonly mapping: HookMapping | null;
}

export function valuesOf({ sourceKind, sent, mended, mapping }: Sent): Record<string, string> {
  const read = sourceKind === 'form' ? (sent as Record<string, string>) : mapped(sent, mapping ?? []);
  return { ...read, ...mended };
}

export function mapped(body: unknown, mapping: HookMapping): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { field, path } of mapping) {
    const steps = parsePath(path);
    const text = steps instanceof Refused ? null : textAt(readPath(body, steps));
    if (text !== null && text.trim() !== '') values[field] = text.slice(0, 10_000);
  }
  return values;
}
