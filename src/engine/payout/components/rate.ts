/**
 * A rate: percent × credited money, or an amount for each counted thing. By tiers each rate counts for the credit within
 * its tier (marginal), unless the plan says that the tier reached counts for all of it. Over a longer window a period
 * pays what its credit adds: pay(credit so far) − pay(credit before), each rounded once, so that the year's sum is the
 * pay of the year's credit.
 */

import type { Entry } from '../book.ts';
import { forPayee } from '../carried.ts';
import type { Overlay, Rate } from '../plan.ts';
import { type Period, periodOf } from '../periods.ts';
import { worthOf } from '../quantity.ts';
import { creditSum, type Draft, draft, note, type Person, quotaOf, type Scope } from '../scope.ts';
import type { Line, Rule } from '../statement.ts';
import { counted, countedIn, type Ladder, ladderOf, reachedStep, type Step } from './tiers.ts';

/** @param entries the payee's credit of the period, in order */
export function rateLines(scope: Scope, person: Person, component: Rate | Overlay, entries: readonly Entry[]): Draft[] {
  const window = component.over === null ? scope.period : periodOf(scope.period.last, component.over);
  const before = creditBefore(scope, component, person.payee.id, window);
  const after = before + creditSum(entries);
  if (component.over !== null) scope.carried.windows.set(forPayee(component.id, person.payee.id), { window: window.key, total: after });
  if (entries.length === 0) return [];
  const quota = component.quota === null ? null : quotaOf(scope, person, component.quota, component.measure.by, window);
  if (quota === null && component.tiersBy === 'attainment') {
    note(scope, person.payee.id, component.id, `has no quota “${component.quota}”, so that nobody can say what was attained`);
    return [];
  }
  const climb: Climb = { component, ladder: ladderOf(component, quota), quota, before, after, entries };
  return [...(component.marginal ? marginalLines(climb) : [wholeLine(climb)]), ...belowLines(climb)];
}

/** What a payee's credit does between the beginning and the end of a period. */
interface Climb {
  readonly component: Rate | Overlay;
  readonly ladder: Ladder;
  readonly quota: bigint | null;
  readonly before: bigint;
  readonly after: bigint;
  readonly entries: readonly Entry[];
}

function creditBefore({ carried }: Scope, { id, over }: Rate | Overlay, payee: string, window: Period): bigint {
  const known = over === null ? undefined : carried.windows.get(forPayee(id, payee));
  return known?.window === window.key ? known.total : 0n;
}

// ── each tier for itself ────────────────────────────────────────────────────

function marginalLines(climb: Climb): Draft[] {
  const { ladder, before, after } = climb;
  const [then, now] = [countedIn(ladder, before), countedIn(ladder, after)];
  const parts = partsByStep(climb);
  return ladder.steps.flatMap((step, at) => {
    const credit = now[at]! - then[at]!;
    const facts = parts[at]!;
    if (credit === 0n && facts.length === 0) return [];
    const amount = worthOf(now[at]!, step.tier) - worthOf(then[at]!, step.tier);
    return [draft(amount, ruleOf(climb, step, { credit, earlier: credit - creditSum(facts), paidEarlier: 0n }), facts)];
  });
}

/** What each fact puts into each step, one fact after the other. */
function partsByStep({ ladder, before, after, entries }: Climb): Line['facts'][] {
  const { steps, threshold } = ladder;
  if (threshold && after < threshold.at) return steps.map(() => []);
  if (steps.length === 1 && threshold?.counts !== 'beyond') return [entries];
  const open: Ladder = threshold?.counts === 'fromFirst' ? { steps, threshold: null } : ladder;
  const parts = steps.map((): { id: string; credit: bigint }[] => []);
  let total = before;
  let then = countedIn(open, total);
  for (const { id, credit } of entries) {
    total += credit;
    const now = countedIn(open, total);
    for (const [at, part] of parts.entries()) if (now[at] !== then[at]) part.push({ id, credit: now[at]! - then[at]! });
    then = now;
  }
  return parts;
}

// ── the tier reached for all ────────────────────────────────────────────────

function wholeLine(climb: Climb): Draft {
  const { ladder, before, after, entries } = climb;
  const worth = (total: bigint): bigint => worthOf(counted(ladder, total), reachedStep(ladder, total).tier);
  const paidEarlier = worth(before);
  const reached = isBelow(climb) ? [] : entries;
  const credit = counted(ladder, after);
  return draft(
    worth(after) - paidEarlier,
    ruleOf(climb, reachedStep(ladder, after), { credit, earlier: credit - creditSum(reached), paidEarlier }),
    reached,
  );
}

// ── below a threshold ───────────────────────────────────────────────────────

const isBelow = ({ ladder: { threshold }, after }: Climb): boolean => threshold !== null && after < threshold.at;

/** Credit of the period that earns nothing, so that it is seen. */
function belowLines(climb: Climb): Draft[] {
  const { component, ladder, entries } = climb;
  if (ladder.threshold === null) return [];
  const facts = isBelow(climb) ? entries : partsBelow(climb);
  if (facts.length === 0) return [];
  const rule: Rule = {
    kind: 'below',
    by: component.measure.by,
    credit: creditSum(facts),
    threshold: component.threshold!.at,
    tiersBy: component.tiersBy,
    at: ladder.threshold.at,
  };
  return [draft(0n, rule, facts)];
}

/** What is counted only beyond the threshold leaves the rest of its facts below. */
function partsBelow({ ladder, before, entries }: Climb): Line['facts'][number][] {
  if (ladder.threshold?.counts !== 'beyond') return [];
  let total = before;
  return entries.flatMap(({ id, credit }) => {
    const then = counted(ladder, total);
    total += credit;
    const below = credit - (counted(ladder, total) - then);
    return below === 0n ? [] : [{ id, credit: below }];
  });
}

function ruleOf(
  { component, ladder, quota, after }: Climb,
  { tier, place }: Step,
  numbers: { readonly credit: bigint; readonly earlier: bigint; readonly paidEarlier: bigint },
): Rule {
  return {
    kind: component.kind,
    percent: tier.percent,
    each: tier.each === null ? null : BigInt(tier.each),
    by: component.measure.by,
    ...numbers,
    tier: place,
    from: tier.from,
    until: ladder.steps[place + 1]?.tier.from ?? null,
    tiersBy: component.tiersBy,
    marginal: component.marginal,
    quota,
    total: after,
  };
}
