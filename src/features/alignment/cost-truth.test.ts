/**
 * Simulated companies, of which it is known what was lost: each cause's range holds the truth, the one named first is
 * the company's illness, and every number opens into records that add up to it.
 *
 * A small company of each state every time. `UPDATE_TRUTH=1` takes ten larger ones of each, some ten minutes, and
 * writes docs/misalignment-cost.md. `UPDATE_TRUTH=11` takes the ten seeds from 11 on, on which nothing was ever chosen, and
 * writes docs/misalignment-cost-held-out.md.
 */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type CauseName, causeNames } from '#engine/alignment/cost/causes.ts';
import { type State, stateNames } from '#engine/simulate/parameters.ts';
import { drainBacklog } from '#features/handoff/actions/drain-backlog.ts';
import { openCompanies } from '#tests/reliability/company.ts';
import { compared, type Compared, type Comparison, comparisons, type Held, holds, writtenTruth } from '#tests/support/cost-truth-page.ts';
import { type Misaligned, misaligned } from '#tests/support/misaligned.ts';
import { type CostAnswer, type CostCause, costQuery, type CostRecord, costRecordsQuery, costVersion } from './contract/cost.ts';
import { listCostRecords } from './queries/cost-records.ts';
import { answerCost } from './queries/cost.ts';

const isWhole = process.env.UPDATE_TRUTH !== undefined;
const firstSeed = Number(process.env.UPDATE_TRUTH ?? 1);
const page = join(import.meta.dirname, `../../../docs/misalignment-cost${firstSeed > 1 ? '-held-out' : ''}.md`);
const size = isWhole ? { seeds: 10, leads: 8_000, months: 24 } : { seeds: 1, leads: 2_500, months: 12 };
const pay = { marketing: true, sales: true };

interface Told extends Misaligned {
  readonly state: State;
  readonly answer: CostAnswer;
}

let companies: Awaited<ReturnType<typeof openCompanies>>;
/** The first company of each state; of the others only what was compared. */
const told = new Map<State, Told>();
const all: Compared[] = [];
before(async () => {
  companies = await openCompanies();
  for (const state of stateNames)
    for (let seed = firstSeed; seed < firstSeed + size.seeds; seed++) {
      const one = await misaligned(companies, { seed, leads: size.leads, months: size.months, state });
      const answer = await answerCost(one.company.database, one.company.workspaceId, pay, costQuery.parse({ ...one.period, by: 'month' }));
      if (seed === firstSeed) told.set(state, { ...one, state, answer });
      all.push(compare(state, seed, one, answer));
    }
});
after(() => companies.close());

const causeOf = ({ causes }: CostAnswer, name: CauseName): CostCause => causes.find(({ cause }) => cause === name)!;
const besideOf = (answer: CostAnswer, name: CauseName, key: string) => causeOf(answer, name).beside.find((each) => each.key === key);
/** Minor units of euros to whole ones. */
const units = (amount: string | null): number => Math.round(Number(amount ?? 0) / 100);

function compare(state: State, seed: number, { truth }: Misaligned, answer: CostAnswer): Compared {
  const { costOfMisalignment: lost } = truth;
  const together = (names: readonly CauseName[], ...truths: string[]): Held => {
    const sum = (of: (cause: CostCause) => string | null): number =>
      names.reduce((units_, name) => units_ + units(of(causeOf(answer, name))), 0);
    const [amount, low, high] = [sum((cause) => cause.amount), sum((cause) => cause.low), sum((cause) => cause.high)];
    return { truth: truths.reduce((units_, each) => units_ + units(each), 0), amount, low, high };
  };
  const spend = besideOf(answer, 'campaignsNotFollowed', 'spend');
  const held = {
    never: together(['neverWorked', 'campaignsNotFollowed'], lost.leadsNeverWorked),
    late: together(['slowFirstTouch', 'beyondCapacity'], lost.slowFirstTouch),
    few: together(['tooFewAttempts'], lost.tooFewAttempts),
    fits: together(['fitsRejected'], lost.rejectedThoughFit),
    churn: together(['churnedAgainstIcp'], lost.churnOnlyForMisfit),
    hours: hoursHeld(answer, lost.repHoursOnRejected),
    spend: {
      truth: units(lost.spendOnCampaignsNotFollowed),
      amount: units(spend!.amount),
      low: units(spend!.low),
      high: units(spend!.high),
    },
  };
  return {
    ...{ state, seed, first: answer.first?.cause ?? null, largest: answer.causes[0]!.cause },
    held: { ...held, total: totalHeld(answer, held) },
  };
}

/** Of all rejected leads: those that fit stand beside their own cause, at the same cost of an hour. */
function hoursHeld(answer: CostAnswer, truth: string): Held {
  const cause = causeOf(answer, 'rejectedHours');
  const [own, fits] = [besideOf(answer, 'rejectedHours', 'hours')!.hours!, besideOf(answer, 'fitsRejected', 'hours')?.hours ?? 0];
  const times = (own + fits) / own;
  return { truth: units(truth), amount: units(cause.amount) * times, low: units(cause.low) * times, high: units(cause.high) * times };
}

/** The answer's own total and its range, in which the deals lost for marketing's reasons have no truth of their own: as told. */
function totalHeld(answer: CostAnswer, held: Record<'never' | 'late' | 'few' | 'fits' | 'churn', Held>): Held {
  const withoutTruth = units(causeOf(answer, 'dealsLostForMarketing').amount);
  const truth = (['never', 'late', 'few', 'fits', 'churn'] as const).reduce((sum, each) => sum + held[each].truth, withoutTruth);
  const { amount, low, high } = answer.total.lostRevenue;
  return { truth, amount: units(amount), low: units(low), high: units(high) };
}

// ── the truth ───────────────────────────────────────────────────────────────

test('the range of the total holds the truth in nine of ten seeds of every state, that of each cause in nine of ten of all', {
  skip: !isWhole && 'one small company of each state says nothing of nine in ten',
}, () => {
  const heldOf = (some: readonly Compared[], each: Comparison): number => some.filter(({ held }) => holds(held[each])).length;
  for (const state of stateNames) {
    const some = all.filter((one) => one.state === state);
    assert.ok(heldOf(some, 'total') >= 0.9 * some.length, `${state}: ${heldOf(some, 'total')} of ${some.length}`);
  }
  // Of one cause and one state ten seeds hold nine or more only in 914 of 1,000 tables, were the ranges as wide as they say.
  for (const each of compared)
    assert.ok(heldOf(all, each) >= 0.9 * all.length, `${comparisons[each]}: ${heldOf(all, each)} of ${all.length}`);
});

test('the range of the total holds the truth', { skip: isWhole && 'told by the table' }, () => {
  for (const { state, held } of all.filter(({ state: one }) => told.get(one)!.answer.total.without.length === 0))
    assert.ok(holds(held.total), `${state}: ${JSON.stringify(held.total)}`);
});

const illness: Readonly<Record<State, readonly (CauseName | null)[]>> = {
  typical: [null],
  'well-aligned': [null],
  'sales-slow': ['neverWorked', 'slowFirstTouch', 'tooFewAttempts'],
  'marketing-flooding': ['beyondCapacity', 'rejectedHours'],
  'campaigns-ignored': ['campaignsNotFollowed'],
  'retention-bleeding': ['churnedAgainstIcp'],
};

test('the cause named first is the company’s illness, and in a healthy one none is named', {
  skip: !isWhole && 'a small company rarely lets anything be told from chance',
}, () => {
  for (const state of stateNames) {
    const some = all.filter((one) => one.state === state);
    const right = some.filter(({ first }) => illness[state].includes(first)).length;
    assert.ok(right >= 0.9 * some.length, `${state}: ${right} of ${some.length}`);
  }
});

test('a small company is told either its illness or nothing', { skip: isWhole && 'told by the table' }, () => {
  for (const { state, first } of all) assert.ok(first === null || illness[state].includes(first), `${state}: ${first}`);
});

test('the page of the table is of these formulas', {
  skip: !isWhole && !existsSync(page) && 'the table has not been made',
}, async () => {
  if (isWhole) await writeFile(page, writtenTruth(all, { ...size, version: costVersion }));
  assert.ok((await readFile(page, 'utf8')).includes(`formulas ${costVersion})`), 'UPDATE_TRUTH=1 npm test -- cost-truth');
});

// ── what is counted is counted right ────────────────────────────────────────

test('minutes of reps on rejected leads, amounts of lost deals: equal to the unit', () => {
  for (const { state, truth, answer } of told.values()) {
    const hours = besideOf(answer, 'rejectedHours', 'hours')!.hours! + (besideOf(answer, 'fitsRejected', 'hours')?.hours ?? 0);
    assert.ok(
      Math.abs(hours - truth.rejections.repMinutes / 60) <= 0.1,
      `${state}: ${hours} hours, ${truth.rejections.repMinutes} minutes`,
    );
    const amounts = besideOf(answer, 'dealsLostForMarketing', 'amounts');
    if (amounts) assert.equal(amounts.amount, truth.costOfMisalignment.dealsLostForMarketingsReasons, state);
  }
});

test('spend on campaign leads that nobody worked lies between what is sure and what may become so', () => {
  for (const { state, held } of all) assert.ok(holds(held.spend), `${state}: ${JSON.stringify(held.spend)}`);
});

// ── every number opens ──────────────────────────────────────────────────────

async function open({ company }: Misaligned, url: string): Promise<{ items: CostRecord[]; total: number; sum: bigint }> {
  const items: CostRecord[] = [];
  const { pathname, searchParams } = new URL(url, 'http://x');
  assert.equal(pathname, '/api/v1/alignment/cost/records');
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const asked = costRecordsQuery.parse({ ...Object.fromEntries(searchParams), limit: '200', ...(cursor ? { cursor } : {}) });
    const listed = await listCostRecords(company.database, company.workspaceId, pay, asked);
    items.push(...listed.items);
    cursor = listed.next;
    if (cursor === null) return { items, total: listed.total, sum: BigInt(listed.sum.amount) };
  }
  throw new Error('no page');
}

test('every cause opens into as many records, which add up to it, and so does every month of it', async () => {
  const one = told.get('typical')!;
  let opened = 0;
  for (const { cause, recordsUrl, amount, count, parts } of one.answer.causes.filter((each) => each.recordsUrl !== null)) {
    const { items, total, sum } = await open(one, recordsUrl!);
    assert.equal(total, count, cause);
    assert.equal(items.length, count, cause);
    assert.equal(sum, BigInt(amount!), cause);
    assert.equal(
      items.reduce((all_, item) => all_ + BigInt(item.amount), 0n),
      sum,
      cause,
    );
    assert.ok(items.every(({ why, on }, at) => why !== '' && (at === 0 || items[at - 1]!.on >= on)));
    for (const part of parts.slice(0, 3)) {
      const listed = await open(one, part.recordsUrl!);
      assert.deepEqual([listed.total, listed.sum], [part.count, BigInt(part.amount)], `${cause} ${part.group}`);
      opened++;
    }
    assert.equal(
      parts.reduce((all_, part) => all_ + BigInt(part.amount), 0n),
      BigInt(amount!),
      cause,
    );
  }
  assert.ok(opened >= 12, `${opened}`);
});

test('nothing is counted twice', async () => {
  const one = told.get('marketing-flooding')!;
  const byRecord = new Map<string, CauseName[]>();
  for (const { cause, recordsUrl } of one.answer.causes.filter((each) => each.recordsUrl !== null))
    for (const { id } of (await open(one, recordsUrl!)).items) byRecord.set(id, [...(byRecord.get(id) ?? []), cause]);
  // A lead that was worked late and too little has its loss parted; everything else stands in one cause.
  const parted = [
    'beyondCapacity,slowFirstTouch',
    'beyondCapacity,slowFirstTouch,tooFewAttempts',
    'beyondCapacity,tooFewAttempts',
    'slowFirstTouch,tooFewAttempts',
  ];
  for (const causes of byRecord.values()) assert.ok(causes.length === 1 || parted.includes(causes.toSorted().join(',')), causes.join(', '));
  const of = (causes: readonly CauseName[]) => [...byRecord.values()].filter((own) => own.some((cause) => causes.includes(cause))).length;
  const { total } = one.answer;
  assert.equal(total.deals, of(['dealsLostForMarketing']));
  assert.equal(total.leads, byRecord.size - total.deals - total.customers);
  const lost = await one.company.rows<{ lead: string | null }>(
    `SELECT lead_id AS lead FROM deals WHERE workspace_id = :ws AND status = 'lost'`,
  );
  assert.ok(
    lost.length > 0 && lost.every(({ lead }) => lead === null || !byRecord.has(lead)),
    'a lead of a lost deal is in no cause of its own',
  );
});

test('where leads are followed between the sides the answer is the same', async () => {
  const { company, period, answer } = told.get('typical')!;
  await drainBacklog(company.database, company.workspaceId);
  assert.ok(Number(await company.value('SELECT count(*) FROM handoffs WHERE workspace_id = :ws')) > 500);
  const again = await answerCost(company.database, company.workspaceId, pay, costQuery.parse({ ...period, by: 'month' }));
  assert.deepEqual(again, answer);
});

test('the total is the sum of its causes', () => {
  for (const { answer } of told.values()) {
    const sum = causeNames.reduce((all_, name) => all_ + BigInt(causeOf(answer, name).amount ?? '0'), 0n);
    assert.equal(BigInt(answer.total.amount ?? '0'), sum);
    assert.equal(BigInt(answer.total.lostRevenue.amount) + BigInt(answer.total.spent.amount), sum);
  }
});
