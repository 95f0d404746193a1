/** Pay: a plan of a flat rate, tiers and a pool, in memory beside DuckDB's SQL for the same plan; both must find the same to the unit. */

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entitle, type Entitled } from '#engine/payout/entitle.ts';
import { type Evidence, knownBy } from '#engine/payout/evidence.ts';
import { canonicalText, jsonOf } from '#engine/payout/json.ts';
import type { Plan } from '#engine/payout/plan.ts';
import { readPlan } from '#engine/payout/read-plan.ts';
import { settle } from '#engine/payout/settle.ts';
import type { Line } from '#engine/payout/statement.ts';
import { benchPlan, type BenchPay, disturbed, evidenceOf, keptBySides, makeBenchPay } from './support/deals.ts';
import { openDuck } from './support/duckdb.ts';
import type { Ground } from './support/ground.ts';
import { median, rounded, timed } from './support/measure.ts';
import { fillPay, payPlainly, payPrepared } from './support/payout-sql.ts';
import { runProcess } from './support/processes.ts';
import type { Outcome, Row } from './support/report.ts';

const rounds = 7;
const larger = 5;

export async function measurePayout(ground: Ground): Promise<Outcome> {
  const deals = Math.max(1000, Math.round(ground.leads / 10));
  const quarter = makeBenchPay(deals, 3);
  const beside = await measureBeside(ground, quarter);
  const year = await measureYear(ground, deals);
  return {
    measured: `${deals.toLocaleString('en')} deals of ${quarter.people.length.toLocaleString('en')} people, one in five split between two; one thread; medians of ${rounds} rounds in turn`,
    tables: [
      {
        title: 'a quarter from facts in memory to the lines of every statement; DuckDB on two threads, tables in its own types',
        rows: [beside],
      },
      { title: 'a year by month, one deal in a hundred recorded late and one cancelled', rows: year },
      {
        title: 'as a whole process, and more of it',
        rows: [await measureProcess(ground, quarter), await measureGrowth(ground, deals, beside)],
      },
    ],
    notes: [
      'Both sides found the same for every person, to the minor unit, or the run would have failed.',
      'Ours makes lines that name each fact and its part in them; the SQL makes three sums a person. Prepared: credits already shared among people.',
    ],
  };
}

function planOf(pay: BenchPay, period: 'month' | 'quarter'): Plan {
  const read = readPlan(benchPlan(pay.people, period));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.value;
}

const through = (plan: Plan, last: string, evidence: Evidence): Entitled =>
  entitle({ versions: [{ version: 'v1', plan, from: '2026-01-01' }], through: last, evidence });

interface Took {
  readonly ms: number;
  /** Of all threads of this process: what the time comes near to where nothing else has to be waited for. */
  readonly 'processor ms': number;
}

/** The first rounds warm up. @returns medians */
async function inTurn(ground: Ground, what: string, ways: readonly (() => unknown)[]): Promise<Took[]> {
  const took = ways.map((): { ms: number[]; processorMs: number[] } => ({ ms: [], processorMs: [] }));
  for (let round = -2; round < rounds; round++) {
    ground.say(`payout: ${what}, round ${Math.max(1, round + 1)} of ${rounds}`);
    for (const [at, way] of ways.entries()) {
      const before = process.cpuUsage();
      const ms = await timed(async () => way());
      const { user, system } = process.cpuUsage(before);
      if (round < 0) continue;
      took[at]!.ms.push(ms);
      took[at]!.processorMs.push((user + system) / 1000);
    }
  }
  return took.map(({ ms, processorMs }) => ({ ms: rounded(median(ms)), 'processor ms': rounded(median(processorMs)) }));
}

// ── beside SQL ──────────────────────────────────────────────────────────────

async function measureBeside(ground: Ground, pay: BenchPay): Promise<Row> {
  const plan = planOf(pay, 'quarter');
  const evidence = evidenceOf(pay.facts, keptBySides(['2026-Q1']));
  const duck = await openDuck();
  try {
    ground.say('payout: filling DuckDB');
    await fillPay(duck, pay, ground.folder, writeFileSync);
    const found = through(plan, '2026-Q1', evidence);
    for (const sql of [payPlainly, payPrepared]) checkPay(pay, found, await duck.rows(sql));
    const [ours, plain, prepared] = await inTurn(ground, 'a quarter', [
      () => through(plan, '2026-Q1', evidence),
      () => duck.rows(payPlainly),
      () => duck.rows(payPrepared),
    ]);
    return {
      what: 'flat, tiers, pool',
      lines: found.periods[0]!.lines.length,
      'ours ms': ours!.ms,
      'processor ms': ours!['processor ms'],
      'DuckDB ms': plain!.ms,
      'its processor ms': plain!['processor ms'],
      'prepared ms': prepared!.ms,
      'its processor': prepared!['processor ms'],
    };
  } finally {
    duck.close();
  }
}

function checkPay({ people }: BenchPay, { periods }: Entitled, rows: readonly Record<string, number>[]): void {
  const sums = new Map<string, bigint>();
  for (const { payee, component, amount } of periods[0]!.lines)
    sums.set(`${payee} ${component}`, (sums.get(`${payee} ${component}`) ?? 0n) + amount);
  if (rows.length !== people.length) throw new Error(`${people.length} people by ours, ${rows.length} by SQL`);
  for (const [at, { id }] of people.entries())
    for (const component of ['flat', 'tiers', 'pool']) {
      const [ours, theirs] = [sums.get(`${id} ${component}`) ?? 0n, rows[at]![component]];
      if (Number(ours) !== theirs) throw new Error(`${component} of ${id}: ${ours} by ours, ${theirs} by SQL`);
    }
}

// ── a year ──────────────────────────────────────────────────────────────────

async function measureYear(ground: Ground, deals: number): Promise<Row[]> {
  const pay = makeBenchPay(deals, 12);
  const plan = planOf(pay, 'month');
  const months = Array.from({ length: 12 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}`);
  const evidence = evidenceOf(disturbed(pay), keptBySides(months));
  const posted: Line[] = [];
  for (const month of months.slice(0, 11)) {
    ground.say(`payout: the run of ${month}`);
    const known = knownBy(evidence, `${month}-28T23:59:59Z`);
    posted.push(...settle(through(plan, month, known).periods, posted, known).flatMap(({ lines }) => lines));
  }
  const entitled = through(plan, '2026-12', evidence);
  const last = settle(entitled.periods, posted, evidence).flatMap(({ lines }) => lines);
  checkYear([...posted, ...last], entitled);
  const text = canonicalText(entitled);
  const [entitling, settling, writing] = await inTurn(ground, 'a year', [
    () => through(plan, '2026-12', evidence),
    () => settle(entitled.periods, posted, evidence),
    () => createHash('sha256').update(canonicalText(entitled)).digest('hex'),
  ]);
  return [
    {
      what: 'twelve months of entitlements',
      ...entitling!,
      lines: entitled.periods.reduce((sum, { lines }) => sum + lines.length, 0),
    },
    { what: 'settled against eleven months posted', ...settling!, lines: last.length },
    { what: `canonical JSON of the twelve (${rounded(text.length / 1e6)} MB) and its SHA-256`, ...writing!, lines: null },
  ];
}

/** All that was posted is what is owed as known at the end. */
function checkYear(lines: readonly Line[], { periods }: Entitled): void {
  const sum = (all: readonly Line[]): bigint => all.reduce((total, { amount }) => total + amount, 0n);
  const [posted, owed] = [sum(lines), sum(periods.flatMap((period) => period.lines))];
  if (posted !== owed) throw new Error(`${posted} was posted, ${owed} is owed`);
}

// ── a process, and growth ───────────────────────────────────────────────────

const accord = join(import.meta.dirname, '../bin/accord');

async function measureProcess(ground: Ground, pay: BenchPay): Promise<Row> {
  const input = JSON.stringify({
    plan: benchPlan(pay.people, 'quarter'),
    through: '2026-Q1',
    facts: jsonOf(pay.facts),
    results: keptBySides(['2026-Q1']),
  });
  const runs = [];
  for (let round = 0; round < 3; round++) {
    ground.say(`payout: a whole process, round ${round + 1} of 3`);
    runs.push(await runProcess(accord, ['calc', 'payout', '--json'], input));
  }
  return {
    what: `accord calc payout, ${rounded(input.length / 1e6)} MB of JSON to the statements`,
    ms: rounded(median(runs.map(({ seconds }) => seconds)) * 1000),
    'processor ms': rounded(median(runs.map(({ processorSeconds }) => processorSeconds ?? 0)) * 1000),
    'peak MB': median(runs.map(({ peakMegabytes }) => peakMegabytes ?? 0)),
    'takes ×': null,
  };
}

async function measureGrowth(ground: Ground, deals: number, small: Row): Promise<Row> {
  const pay = makeBenchPay(larger * deals, 3);
  const plan = planOf(pay, 'quarter');
  const evidence = evidenceOf(pay.facts, keptBySides(['2026-Q1']));
  const [took] = await inTurn(ground, `${larger} times as many`, [() => through(plan, '2026-Q1', evidence)]);
  return {
    what: `${(larger * deals).toLocaleString('en')} deals of ${pay.people.length.toLocaleString('en')} people, in memory`,
    ...took!,
    'peak MB': null,
    'takes ×': rounded(took!['processor ms'] / (small['processor ms'] as number), 2),
  };
}
