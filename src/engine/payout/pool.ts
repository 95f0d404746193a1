/**
 * The pool: fund = base × curve(joint attainment) + percent × (result − threshold), within its least and most; times
 * what the gates open; shared by keys with largest remainder in the order of ids, so that the shares are the pool to the
 * unit. It is computed anew as a whole when late evidence changes it: the corrections then add up to the change.
 */

import { allocate } from '../values/allocate.ts';
import { decimalFraction, multiplied, percentFraction, timesFraction } from '../values/fraction.ts';
import { paysAt } from './curve.ts';
import { outcomeOf, readingOf } from './metrics.ts';
import { picks } from './payees.ts';
import type { Fund, Opening, Payee, Pool, PoolKey } from './plan.ts';
import { daysPresent } from './presence.ts';
import { decimalText, percentOf, percentUnits } from './quantity.ts';
import { type Draft, draft, note, type Person, type Scope } from './scope.ts';
import type { PoolOutcome } from './statement.ts';

/** @returns lines by payee, and how the pool came out */
export function sharePool(scope: Scope, pool: Pool): { lines: ReadonlyMap<string, Draft>; outcome: PoolOutcome } {
  const { fund, factorPercent, results } = fundOf(scope, pool);
  const opening = openingOf(scope, pool.opens);
  const paid = percentOf(fund, opening.openPercent);
  const decisive = [...new Set([...results, ...[...opening.marketing, ...opening.sales].flatMap((each) => each.results)])];
  const lines = new Map<string, Draft>();
  let unshared = 0n;
  for (const part of partsOf(scope, pool, paid)) {
    const amounts = allocate(part.amount, part.keys);
    if (amounts === null) unshared += part.amount;
    else for (const [at, { payee }] of part.members.entries()) lines.set(payee.id, lineOf(scope, pool, part, at, amounts[at]!, decisive));
  }
  if (unshared !== 0n) note(scope, null, pool.id, 'nobody has a key to share it by, so that it is not paid');
  return { lines, outcome: { component: pool.id, fund, factorPercent, ...opening, paid, unshared, results } };
}

// ── the fund ────────────────────────────────────────────────────────────────

function fundOf(scope: Scope, { id, fund }: Pool): Pick<PoolOutcome, 'fund' | 'factorPercent' | 'results'> {
  const base = byCurve(scope, id, fund);
  const share = byShare(scope, id, fund);
  let amount = base.amount + share.amount;
  if (fund.min !== null && amount < BigInt(fund.min)) amount = BigInt(fund.min);
  if (fund.max !== null && amount > BigInt(fund.max)) amount = BigInt(fund.max);
  return { fund: amount, factorPercent: base.factor, results: [...new Set([...base.results, ...share.results])] };
}

interface Funded {
  readonly amount: bigint;
  readonly results: readonly string[];
}

function byCurve(scope: Scope, id: string, { base, by }: Fund): Funded & { readonly factor: string | null } {
  if (by === null) return { amount: BigInt(base), factor: null, results: [] };
  const { value, results } = readingOf(scope, null, by.metric);
  if (value === null) {
    note(scope, null, id, 'has no fund yet: the joint result it is funded by is not known for this period');
    return { amount: 0n, factor: '0', results };
  }
  const pays = paysAt(by.curve, value);
  return { amount: timesFraction(BigInt(base), multiplied(pays, percentFraction('1'))), factor: decimalText(pays, 2), results };
}

function byShare(scope: Scope, id: string, { share }: Fund): Funded {
  if (share === null) return { amount: 0n, results: [] };
  const { value, results } = readingOf(scope, null, share.metric);
  if (value === null) {
    note(scope, null, id, 'has no share of the joint result yet: it is not known for this period');
    return { amount: 0n, results };
  }
  const beyond = value.numerator - decimalFraction(share.beyond).numerator * value.denominator;
  const amount =
    beyond > 0n ? timesFraction(beyond, { numerator: percentUnits(share.percent), denominator: value.denominator * 1_000_000n }) : 0n;
  return { amount, results };
}

// ── the gates ───────────────────────────────────────────────────────────────

function openingOf(scope: Scope, opens: Opening): Pick<PoolOutcome, 'marketing' | 'sales' | 'opened' | 'openPercent'> {
  const marketing = opens.marketing.map((condition) => outcomeOf(scope, null, condition));
  const sales = opens.sales.map((condition) => outcomeOf(scope, null, condition));
  const [ours, theirs] = [marketing.every(({ held }) => held), sales.every(({ held }) => held)];
  if (ours && theirs) return { marketing, sales, opened: 'both', openPercent: '100' };
  if (ours) return { marketing, sales, opened: 'onlyMarketing', openPercent: opens.onlyMarketingPercent };
  if (theirs) return { marketing, sales, opened: 'onlySales', openPercent: opens.onlySalesPercent };
  return { marketing, sales, opened: 'neither', openPercent: '0' };
}

// ── the shares ──────────────────────────────────────────────────────────────

/** What is shared among some: a side's part, or all of it. */
interface Part {
  readonly among: 'marketing' | 'sales' | 'all';
  readonly amount: bigint;
  /** In the order of ids. */
  readonly members: readonly Person[];
  readonly keys: readonly bigint[];
  readonly total: bigint;
}

function partsOf(scope: Scope, { members, sides, key }: Pool, paid: bigint): Part[] {
  const all = [...scope.people.values()].filter(({ payee }) => picks(members, payee));
  const part = (among: Part['among'], amount: bigint): Part => {
    const own = among === 'all' ? all : all.filter(({ payee }) => payee.side === among);
    const keys = own.map((person) => keyOf(scope, key, person));
    return { among, amount, members: own, keys, total: keys.reduce((sum, each) => sum + each, 0n) };
  };
  if (sides === null) return [part('all', paid)];
  const [marketing, sales] = allocate(paid, [percentUnits(sides.marketing), percentUnits(sides.sales)]) ?? [0n, 0n];
  return [part('marketing', marketing!), part('sales', sales!)];
}

/** Who wasn't there on any day of the period shares nothing, by days or not. */
function keyOf({ period }: Scope, { by, byDays }: PoolKey, { payee, stay }: Person): bigint {
  const days = daysPresent(stay, period.first, period.last);
  if (days === 0) return 0n;
  return weightOf(by, payee) * (byDays ? BigInt(days) : 1n);
}

/** As whole numbers in proportion: a weight has at most six decimals. */
function weightOf(by: PoolKey['by'], { poolWeight, target }: Payee): bigint {
  if (by === 'equal') return 1n;
  return by === 'target' ? BigInt(target ?? '0') : timesFraction(1_000_000n, decimalFraction(poolWeight ?? '0'));
}

function lineOf({ period }: Scope, { key }: Pool, part: Part, at: number, amount: bigint, results: readonly string[]): Draft {
  const { stay } = part.members[at]!;
  return draft(
    amount,
    {
      kind: 'pool',
      shared: part.amount,
      key: part.keys[at]!,
      keys: part.total,
      among: part.among,
      days: key.byDays ? daysPresent(stay, period.first, period.last) : null,
    },
    [],
    results,
  );
}
