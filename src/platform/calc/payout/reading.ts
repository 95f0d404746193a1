/** The input of `payout`: the engine's own readers say what is wrong, here with the places of this input. */

import { z } from 'zod';
import { checkPlan } from '#engine/payout/check-plan.ts';
import type { Evidence } from '#engine/payout/evidence.ts';
import type { Plan } from '#engine/payout/plan.ts';
import { checkEvidence, readEvidence } from '#engine/payout/read-evidence.ts';
import { picked } from '#engine/payout/payees.ts';
import { readPlan } from '#engine/payout/read-plan.ts';
import { readPosted } from '#engine/payout/read-posted.ts';
import type { Problem } from '#engine/payout/reading.ts';
import type { PostedLine } from '#engine/payout/statement.ts';

/** What `payout` is asked once everything in it was read. */
export interface Read {
  readonly plan: Plan;
  readonly evidence: Evidence;
  readonly posted: readonly PostedLine[];
}

type Given = {
  readonly plan: unknown;
  readonly posted: unknown;
  readonly facts: unknown;
  readonly results: unknown;
  readonly employment: unknown;
};
type Outcome<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

const mostWork = 20_000_000;

/**
 * Whether it can be answered at once: payees × parts × periods, facts × components, and each fact again for whoever an
 * overlay on others' credit gives it to. A million takes about a second; more is refused before it holds up a server.
 */
export function isTooMuch({ plan, evidence: { facts } }: Read, periods: number): boolean {
  const overlays = plan.components.filter((component) => component.kind === 'overlay' && component.of !== null);
  const again = overlays.reduce((sum, overlay) => sum + picked(overlay.for, plan.payees).length, 0);
  const parts = plan.components.length + plan.terms.length + 1;
  return plan.payees.length * parts * periods + facts.length * (plan.components.length + again) > mostWork;
}

/** Adds what is wrong to the context; null then. */
export function readGiven({ plan, posted, facts, results, employment }: Given, context: z.RefinementCtx): Read | null {
  const tell = (root: readonly string[], problems: readonly Problem[]): null => {
    for (const { at, what, fine } of problems)
      context.addIssue({ code: 'custom', path: [...root, ...at.split('.').filter(Boolean)], message: `${what}; give ${fine}` });
    return null;
  };
  const take = <T>(root: readonly string[], outcome: Outcome<T>, check: (value: T) => readonly Problem[]): T | null => {
    if ('problems' in outcome) return tell(root, outcome.problems);
    const problems = check(outcome.value);
    return problems.length > 0 ? tell(root, problems) : outcome.value;
  };
  const read = {
    plan: take(['plan'], readPlan(plan), checkPlan),
    evidence: take([], readEvidence({ facts, results, employment }), checkEvidence),
    posted: take(['posted'], readPosted(posted), () => []),
  };
  return read.plan && read.evidence && read.posted ? { plan: read.plan, evidence: read.evidence, posted: read.posted } : null;
}
