/** Worked examples in money beside the parts of a plan, counted by the engine that pays. */

import { checkPlan } from '#engine/payout/check-plan.ts';
import { entitle } from '#engine/payout/entitle.ts';
import type { Fact } from '#engine/payout/evidence.ts';
import { explainLine } from '#engine/payout/explain.ts';
import { picked } from '#engine/payout/payees.ts';
import type { Measure, Overlay, Plan, Rate, RoleShare } from '#engine/payout/plan.ts';
import { percentOf } from '#engine/payout/quantity.ts';
import { moneyText } from '#engine/values/money.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { major } from './draft.ts';

export interface Worked {
  /** One sentence a step, with its amount. */
  readonly steps: readonly string[];
  readonly total: string;
}

/** What somebody might bring so that every tier is seen: minor units, or a number. */
export function creditToTry(plan: PlanContent, rate: Rate | Overlay): string {
  const last = Math.max(Number(rate.tiers.at(-1)?.from ?? 0), Number(rate.threshold?.at ?? 0));
  const inMoney = rate.measure.by === 'amount';
  if (rate.tiersBy === 'attainment') return rounded((Number(quotaOf(plan, rate)) * Math.max(last, 100) * 1.2) / 100, inMoney);
  if (last > 0) return rounded(last * 1.5, inMoney);
  return inMoney ? major(100_000, plan.currency) : '10';
}

/** The quota of the first whom it is for, else one to show it by. */
function quotaOf(plan: PlanContent, rate: Rate | Overlay): string {
  const given = picked(rate.for, plan.payees).flatMap(({ quotas }) => quotas[rate.quota ?? ''] ?? []);
  return given[0] ?? (rate.measure.by === 'amount' ? major(100_000, plan.currency) : '10');
}

/** Two figures: an example, not a result. */
function rounded(value: number, isAmount: boolean): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(value, 1))) - 1);
  const near = Math.round(value / unit) * unit;
  return isAmount ? BigInt(Math.round(near)).toString() : String(Math.max(1, Math.round(near)));
}

/** By whom the example is paid, and the month it is in. */
const example = { payee: 'somebody', day: '2026-01-15' } as const;
const firstPeriod = { month: '2026-01', quarter: '2026-Q1', half: '2026-H1', year: '2026' } as const;

/**
 * What the component alone pays for so much, in the first period of a window, with its conditions kept and no kickers.
 * @param credit minor units, or a whole number of things @returns null while the component can't be computed
 */
export function workedRate(plan: PlanContent, component: Rate | Overlay, credit: string): Worked | null {
  if (!/^\d{1,15}$/.test(credit)) return null;
  const alone = onlyOf(plan, component);
  if (component.tiers.length === 0 || checkPlan(alone).length > 0) return null;
  const { periods } = entitle({
    versions: [{ version: 'example', plan: alone, from: '2026-01-01' }],
    through: firstPeriod[plan.period],
    evidence: { facts: [broughtFact(component, credit)], results: [], employment: [] },
  });
  // Below a threshold a rate of 0 for nothing stands beside the line that says so.
  const lines = (periods[0]?.lines ?? []).filter(
    ({ amount, facts, rule }) => amount !== 0n || facts.length > 0 || rule.kind !== component.kind,
  );
  const total = lines.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    steps: lines.map((line) => `${explainLine(line, plan.currency)}: ${moneyText(`${line.amount}`, plan.currency)}`),
    total: moneyText(`${total}`, plan.currency),
  };
}

function onlyOf(plan: PlanContent, component: Rate | Overlay): Plan {
  const alone = { ...component, for: { sides: [], roles: [], payees: [] }, gates: [], kickers: [], clawback: null };
  const quotas = component.quota === null ? {} : { [component.quota]: quotaOf(plan, component) };
  return {
    ...plan,
    payees: [
      { id: example.payee, side: 'sales', role: null, target: null, quotas, startedOn: null, endedOn: null, ramp: [], poolWeight: null },
    ],
    components: [alone.kind === 'overlay' ? { ...alone, of: null } : alone],
    terms: [],
    pool: null,
  };
}

function broughtFact({ kind, measure }: Rate | Overlay, credit: string): Fact {
  const role = kind === 'overlay' ? 'overlay' : (measure.split[0]?.role ?? 'owner');
  return {
    ...{ id: 'example', kind: measure.kinds[0] ?? 'won', on: example.day, occurredAt: `${example.day}T09:00:00Z` },
    recordedAt: `${example.day}T09:00:00Z`,
    amount: measure.by === 'amount' ? BigInt(credit) : null,
    count: measure.by === 'count' ? Number(credit) : 1,
    credits: [{ payee: example.payee, role, sharePercent: '100' }],
    tags: Object.fromEntries(Object.entries(measure.tags).map(([tag, values]) => [tag, values[0] ?? ''])),
    ...{ percent: null, by: null, reverses: null },
  };
}

// ── sentences ───────────────────────────────────────────────────────────────

const thousand = (currency: string): bigint => BigInt(major(1000, currency));
const told = (amount: bigint, currency: string): string => moneyText(`${amount}`, currency);
const isPercent = (text: string): boolean => /^\d{1,5}(\.\d{1,4})?$/.test(text);
const shareOf = (amount: bigint, percent: string): bigint => (isPercent(percent) ? percentOf(amount, percent) : 0n);

export const gateExample = (percent: string, currency: string): string =>
  `While it isn’t kept, ${told(shareOf(thousand(currency), percent), currency)} of ${told(thousand(currency), currency)} earned is paid.`;

export const kickerExample = (percent: string, currency: string): string =>
  `While it is reached, ${told(thousand(currency), currency)} earned becomes ${told(shareOf(thousand(currency), percent), currency)}.`;

export function holdbackExample(percent: string, currency: string): string {
  const [earned, waits] = [thousand(currency), shareOf(thousand(currency), percent)];
  return `Of ${told(earned, currency)} earned, ${told(earned - waits, currency)} is paid at once and ${told(waits, currency)} waits.`;
}

export function drawExample(amount: string, recoverable: boolean, currency: string): string {
  const draw = BigInt(amount);
  const earned = (draw * 2n) / 5n;
  const advance = told(draw - earned, currency);
  return `Who earned ${told(earned, currency)} is paid ${told(draw, currency)}: ${advance} is advanced, ${
    recoverable ? 'and comes back out of later earnings beyond the draw' : 'and stays with them'
  }.`;
}

/** @param names of roles, as people say them */
export function splitExample(
  split: readonly RoleShare[],
  by: Measure['by'],
  currency: string,
  names: Readonly<Record<string, string>>,
): string {
  const whole = by === 'amount' ? BigInt(major(10_000, currency)) : 0n;
  const parts = split.map(({ role, sharePercent }) => {
    const share = by === 'amount' ? told(shareOf(whole, sharePercent), currency) : `${sharePercent} %`;
    return `${share} to ${names[role] ?? role}`;
  });
  return `${by === 'amount' ? `Of ${told(whole, currency)}` : 'Of each'}: ${parts.join(', ')}. Where nobody has a role, the first takes its share.`;
}

/** @param quota minor units or a number, with its unit's words */
export function rampExample(ramp: readonly string[], quota: string | null, say: (quota: string) => string): string {
  if (ramp.length === 0) return 'Such as 25, 50, 75: a quarter of the quota in the first month, then half, then three quarters, then all.';
  const steps = ramp.map(
    (share, month) => `${quota === null || !isPercent(share) ? `${share} %` : say(scaled(quota, share))} in month ${month + 1}`,
  );
  return `The quota is ${steps.join(', ')}, then ${quota === null ? 'all of it' : say(quota)}.`;
}

function scaled(quota: string, percent: string): string {
  const [whole = '0', places = ''] = quota.split('.');
  if (places !== '') return String((Number(quota) * Number(percent)) / 100);
  return `${percentOf(BigInt(whole), percent)}`;
}
