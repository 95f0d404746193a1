/** Good practice of paying people, filled from the company's own past: each number says where it comes from. */

import type { Component, Measure, Pool } from '#engine/payout/plan.ts';
import type { z } from 'zod';
import { warningsOf } from '#engine/payout/warnings.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { planContentSchema } from '../contract/plan-content.ts';
import { payPeriodAfter } from '../contract/plan-periods.ts';
import type { PlanTemplate, planTemplates } from '../contract/templates.ts';
import { type OwnPast, type PersonPast, readOwnPast } from './own-past.ts';
import { type KnownClause, knownClauses } from './plan-names.ts';
import { sightOf } from './sight.ts';

type Told = PlanTemplate['numbers'][number];

/** Templates for whom the asker may draft plans. */
export async function suggestPlans(tx: Tx, who: Who): Promise<z.output<typeof planTemplates>> {
  const { pay } = await sightOf(tx, who);
  const past = await readOwnPast(tx, who.workspaceId, pay.sales);
  const clauses = await knownClauses(tx, who.workspaceId);
  return {
    items: [
      ...(pay.sales ? [aeCommission(past), sdrQuality(past)] : []),
      ...(pay.marketing ? [marketerValue(past)] : []),
      ...(pay.marketing && pay.sales ? [jointPool(past, clauses)] : []),
      ...(pay.sales ? [spif(past)] : []),
    ],
  };
}

// ── pieces ──────────────────────────────────────────────────────────────────

/** What a template is before it is read as a plan: what may be left out is. */
interface Sketch {
  readonly about: Omit<PlanTemplate, 'content' | 'warnings' | 'numbers' | 'notes'>;
  readonly content: Record<string, unknown>;
  readonly numbers: readonly Told[];
  readonly notes?: readonly string[];
  /** Why nobody could be paid by it. */
  readonly nobody: string;
}

function template({ about, content, numbers, notes = [], nobody }: Sketch, past: OwnPast): PlanTemplate {
  const payees = content.payees as readonly unknown[];
  if (payees.length === 0) return { ...about, content: null, numbers: [], warnings: [], notes: [nobody] };
  const plan = planContentSchema.parse({ currency: past.currency, period: 'quarter', clawback: { withinDays: 90 }, ...content });
  return {
    ...about,
    content: plan,
    numbers: [...numbers],
    warnings: warningsOf(plan).map((each) => ({ ...each, payees: [...each.payees] })),
    notes: [`Filled from ${past.start} to ${past.end}: four quarters.`, ...notes],
  };
}

/** The first two figures of a number: nobody agrees on 41,337.21. At least 1. */
export function rounded(amount: bigint): bigint {
  if (amount < 1n) return 1n;
  const unit = 10n ** BigInt(Math.max(0, String(amount).length - 2));
  return ((amount + unit / 2n) / unit) * unit;
}
const quarterly = (sum: bigint, { quarters }: OwnPast): bigint => rounded(sum / BigInt(quarters));
const perQuarter = (sum: number, { quarters }: OwnPast): string => String(Math.max(1, Math.round(sum / quarters)));
/** A share of the own past in whole percents, and a little below it: a gate that the past would just have kept. */
const gateAt = (part: number, of: number, otherwise: number): string =>
  String(of < 20 ? otherwise : Math.max(10, Math.floor((part * 90) / of)));

const own = (at: string, value: string, why: string): Told => ({ at, value, from: 'own', why });
const practice = (at: string, value: string, why: string): Told => ({ at, value, from: 'practice', why });
const measure = (kind: Measure['kinds'][number], by: Measure['by'], role: string): Measure => ({
  kinds: [kind],
  by,
  tags: {},
  except: {},
  split: [{ role, sharePercent: '100' }],
});

// ── templates ───────────────────────────────────────────────────────────────

function aeCommission(past: OwnPast): PlanTemplate {
  const closers = past.people.filter(({ side, wonValue }) => side === 'sales' && wonValue > 0n);
  const paid =
    past.commissions !== null && past.commissions > 0n && past.wonValue > 0n
      ? Number((past.commissions * 1000n) / past.wonValue) / 10
      : null;
  const base = paid === null ? 8 : Math.min(30, Math.max(1, Math.round(paid)));
  const numbers = [
    paid === null
      ? practice('components.0.tiers.0.percent', `${base}`, 'About a tenth of what is won is common where people also have a salary.')
      : own('components.0.tiers.0.percent', `${base}`, `Commissions were ${paid} % of the won value.`),
    practice(
      'components.0.tiers',
      `${base}, ${base * 1.5}, ${base * 2}`,
      'Half as much again beyond quota and double beyond one and a half of it: no cap, so that nobody stops selling.',
    ),
    ...closers.map((person, at) =>
      own(`payees.${at}.quotas.won`, String(quarterly(person.wonValue, past)), `${person.name}'s mean quarter.`),
    ),
    practice('clawback.withinDays', '90', 'A customer who leaves within three months was not won.'),
  ];
  return template(
    {
      about: {
        key: 'ae-commission',
        name: 'Commission with accelerators',
        about: 'For who closes deals: a percent of what they win, more of it beyond the quota.',
        sides: ['sales'],
      },
      content: {
        name: 'Commission',
        payees: closers.map((person) => ({
          id: person.id,
          side: 'sales',
          role: 'ae',
          quotas: { won: String(quarterly(person.wonValue, past)) },
        })),
        components: [
          {
            ...{
              kind: 'rate',
              id: 'commission',
              name: 'Commission',
              measure: measure('won', 'amount', 'owner'),
              tiersBy: 'attainment',
              quota: 'won',
            },
            tiers: [
              { from: '0', percent: `${base}` },
              { from: '100', percent: `${base * 1.5}` },
              { from: '150', percent: `${base * 2}` },
            ],
          },
        ],
      },
      numbers,
      nobody: 'Nobody in sales owns a deal that was won in the last four quarters.',
    },
    past,
  );
}

function sdrQuality(past: OwnPast): PlanTemplate {
  const qualifiers = past.people.filter(({ side, sqls }) => side === 'sales' && sqls > 0);
  const [sqls, deals] = [sumOf(qualifiers, 'sqls'), sumOf(qualifiers, 'sqlsToDeal')];
  const gate = gateAt(deals, sqls, 50);
  const each = past.sqls > 0 ? rounded(past.wonValue / BigInt(past.sqls) / 50n) : 10_000n;
  return template(
    {
      about: {
        key: 'sdr-quality',
        name: 'SQLs with quality',
        about: 'For who qualifies leads: an amount for each SQL, in full only while enough of them become deals.',
        sides: ['sales'],
      },
      content: {
        name: 'SQLs with quality',
        payees: qualifiers.map((person) => ({
          id: person.id,
          side: 'sales',
          role: 'sdr',
          quotas: { sqls: perQuarter(person.sqls, past) },
        })),
        components: [
          {
            ...{
              kind: 'rate',
              id: 'sqls',
              name: 'SQLs',
              measure: measure('sql', 'count', 'qualifier'),
              tiersBy: 'attainment',
              quota: 'sqls',
            },
            tiers: [
              { from: '0', each: String(each) },
              { from: '100', each: String((each * 3n) / 2n) },
            ],
            gates: [
              {
                metric: { from: 'ratio', of: measure('opportunity', 'count', 'qualifier'), to: measure('sql', 'count', 'qualifier') },
                ...{ is: 'atLeast', value: gate, otherwisePercent: '50' },
              },
            ],
            clawback: { withinDays: 30 },
          },
        ],
      },
      numbers: [
        own('components.0.tiers.0.each', String(each), 'A fiftieth of what the won value comes to for each SQL.'),
        sqls < 20
          ? practice('components.0.gates.0.value', gate, 'Every second SQL becomes a deal; there are too few of your own to say.')
          : own('components.0.gates.0.value', gate, `${deals} of ${sqls} SQLs became deals; a tenth less than that.`),
        ...qualifiers.map((person, at) => own(`payees.${at}.quotas.sqls`, perQuarter(person.sqls, past), `${person.name}'s mean quarter.`)),
      ],
      nobody: 'Nobody in sales stands as the qualifier of an SQL of the last four quarters.',
    },
    past,
  );
}

function marketerValue(past: OwnPast): PlanTemplate {
  const marketers = past.people.filter(({ side, mqls, sourcedSqls }) => side === 'marketing' && mqls + sourcedSqls > 0);
  const [mqls, accepted] = [sumOf(marketers, 'mqls'), sumOf(marketers, 'mqlsAccepted')];
  const value = marketers.reduce((sum, each) => sum + each.mqlValue, 0n);
  const gate = gateAt(accepted, mqls, 60);
  const each = past.sqls > 0 ? rounded(past.wonValue / BigInt(past.sqls) / 100n) : 5_000n;
  const byMqls: Partial<Component> & Record<string, unknown> =
    value > 0n
      ? { measure: measure('mql', 'amount', 'sourcer'), tiers: [{ from: '0', percent: '0.2' }] }
      : { measure: measure('mql', 'count', 'sourcer'), tiers: [{ from: '0', each: String(rounded(each / 5n)) }] };
  return template(
    {
      about: {
        key: 'marketer-value',
        name: 'MQL value and SQLs',
        about:
          'For who owns campaigns: something for what their MQLs are worth, more for the SQLs that come of them, while sales accepts enough.',
        sides: ['marketing'],
      },
      content: {
        name: 'MQL value and SQLs',
        payees: marketers.map((person) => ({ id: person.id, side: 'marketing', role: 'marketer' })),
        components: [
          {
            ...{ kind: 'rate', id: 'mql-value', name: 'MQLs', ...byMqls },
            gates: [
              {
                metric: { from: 'ratio', of: measure('sal', 'count', 'sourcer'), to: measure('mql', 'count', 'sourcer') },
                ...{ is: 'atLeast', value: gate, otherwisePercent: '0' },
              },
            ],
          },
          {
            ...{ kind: 'rate', id: 'sqls', name: 'SQLs', measure: measure('sql', 'count', 'sourcer') },
            tiers: [{ from: '0', each: String(each) }],
            clawback: { withinDays: 30 },
          },
        ],
      },
      numbers: [
        value > 0n
          ? practice('components.0.tiers.0.percent', '0.2', 'Little for the value itself: more for what sales confirms.')
          : practice(
              'components.0.tiers.0.each',
              String(rounded(each / 5n)),
              'MQLs have no value here, so they are counted; a fifth of an SQL.',
            ),
        own('components.1.tiers.0.each', String(each), 'A hundredth of what the won value comes to for each SQL.'),
        mqls < 20
          ? practice('components.0.gates.0.value', gate, 'Three of five MQLs are accepted; there are too few of your own to say.')
          : own('components.0.gates.0.value', gate, `${accepted} of ${mqls} MQLs were accepted; a tenth less than that.`),
      ],
      nobody: 'Nobody in marketing owns a campaign with MQLs or SQLs of the last four quarters.',
    },
    past,
  );
}

function jointPool(past: OwnPast, clauses: readonly KnownClause[]): PlanTemplate {
  const members = past.people.filter((person) => person.wonValue > 0n || person.sqls + person.mqls + person.sourcedSqls > 0);
  const won = quarterly(past.wonValue, past);
  const base = rounded(won / 200n);
  const opens = (side: 'marketing' | 'sales') =>
    clauses.some((each) => each.side === side) ? [{ metric: { from: 'clauses', side, clauses: 'all' }, is: 'atLeast', value: '80' }] : [];
  const without = (['marketing', 'sales'] as const).filter((side) => opens(side).length === 0);
  const pool: Record<keyof Omit<Pool, 'id' | 'members'>, unknown> = {
    name: 'Joint pool',
    fund: {
      base: String(base),
      share: { metric: { from: 'result', name: 'wonValue' }, beyond: String(won), percent: '2' },
      max: String(base * 4n),
    },
    opens: { marketing: opens('marketing'), sales: opens('sales') },
    sides: { marketing: '50', sales: '50' },
    key: { by: 'equal', byDays: true },
  };
  const bothSides = new Set(members.map(({ side }) => side)).size === 2;
  return template(
    {
      about: {
        key: 'joint-pool',
        name: 'Joint pool',
        about: 'For both sides: funded by what both won together, opened only while both keep what they promised each other.',
        sides: ['marketing', 'sales'],
      },
      content: {
        name: 'Joint pool',
        payees: bothSides ? members.map(({ id, side }) => ({ id, side, role: side === 'sales' ? 'rep' : 'marketer' })) : [],
        components: [],
        pool,
      },
      numbers: [
        own('pool.fund.base', String(base), 'A two hundredth of the won value of a mean quarter.'),
        own('pool.fund.share.beyond', String(won), 'The won value of a mean quarter: what is beyond it was won together.'),
        practice('pool.fund.share.percent', '2', 'Enough to be felt, far below what it brings.'),
        practice('pool.opens', '80', 'Every clause of a side is kept in at least four cases of five.'),
      ],
      notes: without.map(
        (side) => `${side === 'sales' ? 'Sales' : 'Marketing'} owes nothing yet by a signed agreement: the pool has no condition for it.`,
      ),
      nobody: 'A pool wants people of both sides who had part in leads or deals in the last four quarters.',
    },
    past,
  );
}

function spif(past: OwnPast): PlanTemplate {
  const closers = past.people.filter(({ side, won }) => side === 'sales' && won > 0);
  const each = past.won > 0 ? rounded(past.wonValue / BigInt(past.won) / 100n) : 10_000n;
  const { start, end } = payPeriodAfter(past.today, 'month');
  const expected = BigInt(Math.max(5, Math.ceil(past.won / 12)));
  return template(
    {
      about: {
        key: 'spif',
        name: 'SPIF',
        about: 'A short push: so much for each deal won in one month, up to a budget.',
        sides: ['sales'],
      },
      content: {
        name: 'SPIF',
        period: 'month',
        payees: closers.map((person) => ({ id: person.id, side: 'sales', role: 'ae' })),
        components: [
          {
            ...{ kind: 'spif', id: 'spif', name: 'SPIF', measure: measure('won', 'count', 'owner'), from: start, until: end },
            ...{ pays: { each: String(each) }, budget: String(each * expected) },
          },
        ],
      },
      numbers: [
        own('components.0.pays.each', String(each), 'A hundredth of the average deal.'),
        own('components.0.budget', String(each * expected), `For ${expected} deals: as many as a mean month brings, five at least.`),
        practice('components.0.from', start, 'One month, told beforehand: a push that never ends is a raise.'),
      ],
      nobody: 'Nobody in sales owns a deal that was won in the last four quarters.',
    },
    past,
  );
}

const sumOf = (people: readonly PersonPast[], field: 'sqls' | 'sqlsToDeal' | 'mqls' | 'mqlsAccepted'): number =>
  people.reduce((sum, each) => sum + each[field], 0);
