/** Checks a mapping written by a person or a program against the grammar, and says where it is wrong. */

import { z } from 'zod';
import { mappingSchema, type Mapping } from '#features/intake/contract.ts';

export interface MappingProblem {
  /** e.g. `tables[2].fields.amount` */
  readonly path: string;
  readonly reason: string;
}

export type CheckedMapping =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly problems: readonly MappingProblem[] };

export function checkMapping(input: unknown): CheckedMapping {
  const result = mappingSchema.safeParse(input);
  if (!result.success) return { ok: false, problems: result.error.issues.flatMap((issue) => described(issue, [])) };
  const problems = checkNames(result.data);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, mapping: result.data };
}

/** Of a union's alternatives the one that came furthest is the one that was meant. */
function described(issue: z.core.$ZodIssue, parents: PropertyKey[]): MappingProblem[] {
  const path = [...parents, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const meant = issue.errors.filter((issues) => !issues.every((inner) => inner.code === 'invalid_type' && inner.path.length === 0));
    const candidates = meant.length > 0 ? meant : issue.errors;
    const closest = [...candidates].sort((a, b) => distance(a) - distance(b))[0] ?? [];
    return closest.flatMap((inner) => described(inner, path));
  }
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: pathText([...path, key]),
      reason: 'is no part of a mapping; see docs/mapping.md for what is',
    }));
  return [{ path: pathText(path), reason: issue.message }];
}

/** Unknown or missing keys at the top say "another alternative was meant" more than a fault deep inside does. */
const distance = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length * 10 : issue.path.length <= 1 ? 10 : 1), 0);

const pathText = (path: PropertyKey[]): string =>
  path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? String(part) : `.${String(part)}`)).join('');

function checkNames(mapping: Mapping): MappingProblem[] {
  if (mapping.timeZone === undefined) return [];
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(mapping.timeZone);
    return [];
  } catch {
    return [{ path: 'timeZone', reason: `“${mapping.timeZone}” is no time zone; write one like Europe/Berlin` }];
  }
}
