/** What was done to reach each lead, from its touches: attempts as the signed definition says, and what reached it. */

import { type ReachedBy, reachedBy } from '#engine/agreement/evidence.ts';
import { reachedWords } from '#engine/agreement/templates.ts';
import { attemptUnlessDefined, evidenceAs } from '#engine/agreement/touch-evidence.ts';
import type { RepWork } from '#engine/alignment/cost/lead.ts';
import { evaluateTouchRule } from '#engine/rules/evaluate.ts';
import type { RuleReading } from '#engine/rules/reading.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { inForceAt, type SignedAgreement, type SignedDefinition } from '#features/agreement/queries/in-force.ts';
import type { FreshCost } from './cost-columns.ts';
import type { TouchWhat } from './cost-touch-rows.ts';

export interface EvidenceRules {
  readonly attempts: readonly SignedDefinition[];
  readonly agreements: readonly SignedAgreement[];
  readonly reading: RuleReading;
}

export interface LeadEvidence {
  attempts: number;
  /** Minutes since 1970; null: never. */
  firstAttempt: number | null;
  isReached: boolean;
  work: RepWork;
}

const minute = 60_000;

/**
 * By lead. What came after the lead was reached, became an SQL or was rejected is no attempt to reach it. A definition
 * of an attempt is asked of kind, direction, outcome and channel; what else it may ask for counts as not stated.
 * @param until minutes since 1970: what came later does not count
 */
export function evidenceOf({ leads, touches }: FreshCost, rules: EvidenceRules, until = Infinity): LeadEvidence[] {
  const evidence = Array.from({ length: leads.count }, (): LeadEvidence => nothingYet());
  const read = readerOf(touches.whats, rules);
  const { start, sql, rejected } = leads.numbers;
  for (let row = 0; row < touches.count; row++) {
    const [lead, at] = [touches.leads[row]!, touches.minutes[row]!];
    const own = evidence[lead]!;
    if (at > until || own.isReached || at < start[lead]! || isPast(at, sql[lead]!) || isPast(at, rejected[lead]!)) continue;
    const { as, kind, isReaching } = read(touches.what[row]!, at * minute);
    if (as === 'attempt') attempt(own, at, kind === 'call', isReaching);
    own.isReached = as === 'answer' ? at > start[lead]! : as !== null && isReaching;
  }
  for (let lead = 0; lead < leads.count; lead++) if (sql[lead]! >= 0 && sql[lead]! <= until) evidence[lead]!.isReached = true;
  return evidence;
}

const nothingYet = (): LeadEvidence => ({ attempts: 0, firstAttempt: null, isReached: false, work: { calls: 0, talks: 0, written: 0 } });
/** A moment of −1 is none. */
const isPast = (at: number, moment: number): boolean => moment >= 0 && at > moment;

function attempt(own: LeadEvidence, at: number, isCall: boolean, isReaching: boolean): void {
  own.attempts++;
  own.firstAttempt ??= at;
  const { calls, talks, written } = own.work;
  own.work = isCall ? { calls: calls + 1, talks: talks + (isReaching ? 1 : 0), written } : { calls, talks, written: written + 1 };
}

interface Read {
  readonly as: ReturnType<typeof evidenceAs>;
  readonly kind: string;
  readonly isReaching: boolean;
}

/** Touches that are alike are read once for each pair of versions; one after the other they mostly meet the same pair. */
function readerOf(whats: readonly TouchWhat[], rules: EvidenceRules): (what: number, atMs: number) => Read {
  const pairs: Pair[] = [];
  let pair: Pair | undefined;
  const pairOf = (definition: SignedDefinition | undefined, agreement: SignedAgreement | undefined): Pair => {
    const known = pairs.find((each) => each.definition === definition && each.agreement === agreement);
    if (known) return known;
    const made = { definition, agreement, isReached: reachedBy(agreement?.content.reachedOutcomes ?? reachedWords), reads: [] };
    pairs.push(made);
    return made;
  };
  return (what, atMs) => {
    const [definition, agreement] = [inForceAt(rules.attempts, atMs), inForceAt(rules.agreements, atMs)];
    if (!pair || pair.definition !== definition || pair.agreement !== agreement) pair = pairOf(definition, agreement);
    return (pair.reads[what] ??= readWhat(whats[what]!, definition?.rule ?? attemptUnlessDefined, rules.reading, pair.isReached));
  };
}

interface Pair {
  readonly definition: SignedDefinition | undefined;
  readonly agreement: SignedAgreement | undefined;
  readonly isReached: ReachedBy;
  /** By place in `whats`. */
  readonly reads: Read[];
}

function readWhat(what: TouchWhat, rule: Rule, reading: RuleReading, isReached: ReachedBy): Read {
  const as = evidenceAs({ ...what, automated: null, subject: null }, () => evaluateTouchRule(rule, { ...what, occurredAt: 0 }, reading));
  return { as, kind: what.kind, isReaching: isReached(what.outcome) };
}
