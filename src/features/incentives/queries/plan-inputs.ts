/** What a plan's lines of a period are computed from, as it is kept with a run: the same text computes the same lines. */

import { entitle, type InForce } from '#engine/payout/entitle.ts';
import type { Evidence } from '#engine/payout/evidence.ts';
import { canonicalText, jsonOf } from '#engine/payout/json.ts';
import { readEvidence } from '#engine/payout/read-evidence.ts';
import { settle } from '#engine/payout/settle.ts';
import type { Entitlement, JsonOf, Line, PostedLine } from '#engine/payout/statement.ts';

export interface PlanInputs {
  /** In order of `from`. Of a shadow run one. */
  readonly versions: readonly InForce[];
  /** Key of the period. */
  readonly through: string;
  readonly evidence: Evidence;
  /** Lines of earlier locked runs, without those of disputes; none of a shadow run. */
  readonly posted: readonly PostedLine[];
  /** Who signed by version: nobody else is paid. Null: all are, as in a shadow run. */
  readonly signed: Readonly<Record<string, readonly string[]>> | null;
}

export interface PlanOutcome {
  readonly lines: readonly Line[];
  readonly current: Entitlement;
  /** Facts that pay nobody, and why. */
  readonly refused: readonly { readonly fact: string; readonly reason: string }[];
}

/** Own lines of the period and corrections of earlier ones, of who signed; of a shadow run the period's own alone. */
export function outcomeOf({ versions, through, evidence, posted, signed }: PlanInputs): PlanOutcome {
  const { periods, refused } = entitle({ versions, through, evidence });
  const current = periods.at(-1)!;
  if (signed === null) return { lines: current.lines, current, refused };
  const versionAt = new Map(periods.map(({ period, version }) => [period, version]));
  const isSigned = ({ payee, period, rule }: Line): boolean =>
    signed[versionAt.get(rule.kind === 'correction' ? rule.period : period)!]?.includes(payee) ?? false;
  const lines = settle(periods, posted, evidence).flatMap((statement) => statement.lines.filter(isSigned));
  return { lines, current, refused };
}

/** One text for the same inputs, whatever order they were read in. */
export function writeInputs(inputs: PlanInputs): string {
  const { facts, results, employment } = inputs.evidence;
  const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1);
  return canonicalText({
    ...inputs,
    evidence: {
      facts: facts.toSorted(byId),
      results: results.toSorted(byId),
      employment: employment.toSorted((one, other) => (one.payee < other.payee ? -1 : 1)),
    },
  });
}

/** @throws Error where the text is none that `writeInputs` made */
export function readInputs(text: string): PlanInputs {
  const kept = JSON.parse(text) as Omit<PlanInputs, 'evidence' | 'posted'> & { evidence: unknown; posted: readonly JsonOf<PostedLine>[] };
  const evidence = readEvidence(kept.evidence);
  if ('problems' in evidence)
    throw new Error(`The inputs kept with a run can't be read: ${evidence.problems[0]!.at} ${evidence.problems[0]!.what}.`);
  return { ...kept, evidence: evidence.value, posted: kept.posted.map(readPosted) };
}

/** A line as it was kept. Settling asks of its rule only what is text in JSON, too. */
export const readPosted = (line: JsonOf<PostedLine>): PostedLine => ({
  ...line,
  amount: BigInt(line.amount),
  rule: line.rule as unknown as PostedLine['rule'],
  facts: line.facts.map(({ id, credit }) => ({ id, credit: BigInt(credit) })),
});

export const lineJson = (line: Line): JsonOf<Line> => jsonOf(line);
