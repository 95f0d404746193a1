/** People, deals and a plan to measure pay with, the same for the same count. */

import type { Evidence, Fact, JointResult } from '#engine/payout/evidence.ts';
import type { PeriodKind } from '#engine/payout/plan.ts';
import { seeded } from './journeys.ts';

/** Deals a person and year. */
const dealsEach = 50;

export interface BenchPay {
  readonly people: readonly Person[];
  readonly facts: readonly Fact[];
}

export interface Person {
  readonly id: string;
  readonly side: 'marketing' | 'sales';
  /** Minor units of a period. */
  readonly quota: number;
  readonly weight: number;
}

/**
 * One in three a renewal, one in five split 60 to 40 between two people; amounts up to 50,000.00; in the first quarter
 * of 2026, or spread over its months.
 */
export function makeBenchPay(deals: number, months: 3 | 12): BenchPay {
  const random = seeded(deals + months);
  const count = Math.max(20, Math.round(deals / dealsEach));
  const people = Array.from(
    { length: count },
    (_, at): Person => ({
      id: `p${String(at).padStart(7, '0')}`,
      side: at % 10 === 0 ? 'marketing' : 'sales',
      quota: 1_000_000 + Math.floor(random() * 60_000_000),
      weight: 1 + Math.floor(random() * 5),
    }),
  );
  const facts = Array.from({ length: deals }, (_, at) => makeFact(at, months, people, random));
  return { people, facts };
}

function makeFact(at: number, months: number, people: readonly Person[], random: () => number): Fact {
  const on = `2026-${two(1 + Math.floor(random() * months))}-${two(1 + Math.floor(random() * 28))}`;
  const one = Math.floor(random() * people.length);
  const other = (one + 1 + Math.floor(random() * (people.length - 1))) % people.length;
  const happened = `${on}T${two(Math.floor(random() * 24))}:00:00Z`;
  const credit = (person: number, sharePercent: string) => ({ payee: people[person]!.id, role: 'owner', sharePercent });
  return {
    id: `d${String(at).padStart(8, '0')}`,
    kind: random() < 1 / 3 ? 'renewed' : 'won',
    on,
    occurredAt: happened,
    recordedAt: happened,
    amount: BigInt(1 + Math.floor(random() * 5_000_000)),
    count: 1,
    credits: random() < 0.2 ? [credit(one, '60'), credit(other, '40')] : [credit(one, '100')],
    tags: {},
    percent: null,
    by: null,
    reverses: null,
  };
}

const two = (number: number): string => String(number).padStart(2, '0');

/** As `readPlan` takes it: a flat rate on renewals, marginal tiers by attainment on what was won, a pool by weights that both sides open. */
export function benchPlan(people: readonly Person[], period: PeriodKind): object {
  const everyClause = (side: string) => [{ metric: { from: 'clauses', side }, is: 'atLeast', value: '90' }];
  return {
    name: 'Plan',
    currency: 'EUR',
    period,
    payees: people.map(({ id, side, quota, weight }) => ({ id, side, quotas: { quota: `${quota}` }, poolWeight: `${weight}` })),
    components: [
      {
        kind: 'rate',
        id: 'flat',
        name: 'Renewals',
        measure: { kinds: ['renewed'], by: 'amount' },
        tiers: [{ from: '0', percent: '2.25' }],
      },
      {
        kind: 'rate',
        id: 'tiers',
        name: 'New business',
        measure: { kinds: ['won'], by: 'amount' },
        tiersBy: 'attainment',
        quota: 'quota',
        tiers: benchTiers.map(({ from, percent }) => ({ from: `${from}`, percent: `${percent}` })),
      },
    ],
    pool: {
      id: 'pool',
      name: 'Pool',
      fund: { base: `${poolFund}` },
      opens: { marketing: everyClause('marketing'), sales: everyClause('sales') },
      key: { by: 'weight', byDays: false },
    },
    clawback: { withinDays: 90 },
  };
}

/** Percent of quota, percent of credit. */
export const benchTiers = [
  { from: 0, percent: 5.5 },
  { from: 80, percent: 8 },
  { from: 100, percent: 12.25 },
] as const;
export const poolFund = 123_456_789n;

export const keptBySides = (periods: readonly string[]): JointResult[] =>
  periods.flatMap((period) =>
    (['marketing', 'sales'] as const).map((side) => ({
      id: `${side}-${period}`,
      name: 'kept',
      kind: 'clause' as const,
      side,
      payee: null,
      period,
      recordedAt: '2026-01-01T00:00:00Z',
      value: '95',
      unit: 'percent' as const,
      of: {},
      parts: [],
    })),
  );

/** One in a hundred cancelled the month after, and one in a hundred recorded two months late. */
export function disturbed({ facts }: BenchPay): readonly Fact[] {
  return facts.flatMap((fact, at) => {
    if (at % 100 === 1) return [{ ...fact, recordedAt: monthsLater(fact.recordedAt, 2) }];
    if (at % 100 !== 2) return [fact];
    const on = monthsLater(fact.on, 1);
    return [
      fact,
      {
        ...fact,
        id: `x${fact.id}`,
        on,
        recordedAt: `${on}T12:00:00Z`,
        amount: null,
        reverses: { fact: fact.id, cause: 'cancelled' as const },
      },
    ];
  });
}

function monthsLater(text: string, months: number): string {
  const month = Number(text.slice(5, 7)) + months;
  return `${Number(text.slice(0, 4)) + Math.floor((month - 1) / 12)}-${two(((month - 1) % 12) + 1)}${text.slice(7)}`;
}

export const evidenceOf = (facts: readonly Fact[], results: readonly JointResult[]): Evidence => ({ facts, results, employment: [] });
