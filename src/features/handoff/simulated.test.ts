/**
 * Four simulated companies under one and the same contract: attainment alone tells which side doesn't keep it,
 * and what it counts is what the simulator says is true.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type AttainmentAnswer, attainmentAsk, attainmentRecordsAsk, type ClauseAttainment } from '#features/agreement/contract.ts';
import { openCompanies, type Company } from '#tests/reliability/company.ts';
import { agreedPeriod, type AgreedState, agreedStates, simulateAgreed } from '#tests/support/agreed-companies.ts';
import { speedAsk } from './contract.ts';
import { listAttainmentRecords } from './queries/attainment-records.ts';
import { answerAttainment } from './queries/attainment.ts';
import { answerSpeed } from './queries/speed.ts';

type State = AgreedState;
const states = agreedStates;

interface Truth {
  stages: { all: { reached: Record<string, number> } };
  speedToFirstAttempt: Record<string, number>;
  rejections: { leads: number };
}
interface Simulated {
  company: Company;
  truth: Truth;
  answer: AttainmentAnswer;
}

const period = agreedPeriod;

let companies: Awaited<ReturnType<typeof openCompanies>>;
const simulated = new Map<State, Simulated>();
before(async () => {
  companies = await openCompanies();
  for (const state of states) simulated.set(state, await simulate(state));
});
after(() => companies.close());

async function simulate(state: State): Promise<Simulated> {
  const { company, truth } = await simulateAgreed(companies, state);
  const answer = await answerAttainment(company.database, company.workspaceId, attainmentAsk.parse(period));
  return { company, truth: truth as Truth, answer };
}

const clauseOf = (state: State, key: string): ClauseAttainment => simulated.get(state)!.answer.clauses.find((each) => each.key === key)!;
const verdicts = (state: State, side: 'marketing' | 'sales') =>
  Object.fromEntries(
    simulated
      .get(state)!
      .answer.clauses.filter((each) => each.side === side)
      .map(({ key, kept }) => [key, kept]),
  );

test('well aligned: both sides keep what they agreed', () => {
  assert.deepEqual(verdicts('well-aligned', 'marketing'), { volume: true, completeness: true, context: true, quality: true });
  assert.deepEqual(verdicts('well-aligned', 'sales'), { decision: true, 'first-attempt': true, persistence: true, disposition: true });
});

test('sales slow: every clause of sales is broken, marketing keeps all of its own, and no volume excuses it', () => {
  assert.deepEqual(verdicts('sales-slow', 'marketing'), { volume: true, completeness: true, context: true, quality: true });
  assert.deepEqual(verdicts('sales-slow', 'sales'), { decision: false, 'first-attempt': false, persistence: false, disposition: false });
  for (const key of ['decision', 'first-attempt', 'persistence', 'disposition']) assert.ok(excusedShare('sales-slow', key) < 0.1, key);
});

test('marketing flooding: pace, completeness and quality are broken, and what came beyond the volume excuses most of what sales missed', () => {
  assert.deepEqual(verdicts('marketing-flooding', 'marketing'), { volume: false, completeness: false, context: true, quality: false });
  for (const key of ['persistence', 'disposition']) assert.equal(clauseOf('marketing-flooding', key).kept, true, key);
  for (const key of ['decision', 'first-attempt', 'persistence', 'disposition'])
    assert.ok(excusedShare('marketing-flooding', key) > 0.5, key);
  const broken = (side: 'marketing' | 'sales') =>
    simulated.get('marketing-flooding')!.answer.sides.find((each) => each.side === side)!.broken;
  assert.ok(broken('marketing') > broken('sales'));
});

test('typical: marketing keeps its clauses, sales those of days but not those of hours', () => {
  assert.deepEqual(verdicts('typical', 'marketing'), { volume: true, completeness: true, context: true, quality: true });
  assert.deepEqual(verdicts('typical', 'sales'), { decision: false, 'first-attempt': false, persistence: true, disposition: true });
});

/** Of what was not met in time. */
function excusedShare(state: State, key: string): number {
  const { excused, late, missed } = clauseOf(state, key);
  return excused / (excused + late + missed);
}

test('speed, rejections and MQLs are those that are true, exactly', async () => {
  for (const [state, { company, truth }] of simulated) {
    // The simulator counts accepted leads by wall hours from the MQL; here the clock of imported history starts there too.
    const [counted] = await company.rows<Record<string, number>>(`SELECT
        count(*) FILTER (WHERE hours <= 1)::int AS within1h, count(*) FILTER (WHERE hours > 1 AND hours <= 4)::int AS within4h,
        count(*) FILTER (WHERE hours > 4 AND hours <= 24)::int AS within24h, count(*) FILTER (WHERE hours > 24 AND hours <= 72)::int AS within72h,
        count(*) FILTER (WHERE hours > 72)::int AS later, count(*) FILTER (WHERE hours IS NULL)::int AS never
      FROM (SELECT CASE WHEN l.sal_at IS NOT NULL THEN h.wall_ms / 3600000.0 END AS hours FROM handoffs h
        JOIN leads l ON l.workspace_id = h.workspace_id AND l.id = h.lead_id WHERE h.workspace_id = :ws) worked`);
    assert.deepEqual(counted, truth.speedToFirstAttempt, state);
    const quality = clauseOf(state, 'quality');
    assert.equal(quality.missed, truth.rejections.leads, state);
    assert.equal(quality.due + quality.open, truth.stages.all.reached['mql'], state);
    const speed = await answerSpeed(company.database, company.workspaceId, speedAsk.parse(period));
    assert.equal(speed.total.leads, truth.stages.all.reached['mql'], state);
    assert.equal(
      speed.curve.buckets.reduce((sum, { leads }) => sum + leads, 0),
      speed.total.leads - speed.curve.censored,
    );
  }
});

test('a company’s own curve rests on enough leads, and nobody converts without an attempt', async () => {
  const { company } = simulated.get('typical')!;
  const { curve } = await answerSpeed(company.database, company.workspaceId, speedAsk.parse(period));
  assert.equal(curve.enough, true);
  const never = curve.buckets.at(-1)!;
  assert.equal(never.converted, 0, 'nobody becomes an SQL without an attempt');
});

test('computed anew, as of now or all under the present version, it is the same', async () => {
  const { company, answer } = simulated.get('marketing-flooding')!;
  // A pace under the present version has its first week whole, days before the agreement included.
  const counts = ({ clauses }: AttainmentAnswer) => clauses.filter(({ pace }) => pace === null).map(({ recordsUrl: _, ...rest }) => rest);
  for (const more of [{ as: 'now' }, { asOf: new Date(Date.now() - 1).toISOString() }]) {
    const again = await answerAttainment(company.database, company.workspaceId, attainmentAsk.parse({ ...period, ...more }));
    assert.deepEqual(counts(again), counts(answer), JSON.stringify(more));
  }
  const before = await answerAttainment(
    company.database,
    company.workspaceId,
    attainmentAsk.parse({ ...period, asOf: '2025-06-30T00:00:00Z' }),
  );
  assert.deepEqual(before.clauses, [], 'the agreement was not signed by then');
});

test('every number of the page opens into as many leads', async () => {
  const { company, answer } = simulated.get('typical')!;
  for (const each of answer.clauses.filter(({ pace }) => pace === null))
    for (const which of ['due', 'compliant', 'late', 'missed', 'excused', 'open'] as const) {
      const query = { ...Object.fromEntries(new URL(each.recordsUrl, 'http://x').searchParams), which };
      const page = await listAttainmentRecords(company.database, company.workspaceId, attainmentRecordsAsk.parse(query));
      assert.equal(page.total, each[which], `${each.key} ${which}`);
      if (which === 'compliant' && each.side === 'sales')
        assert.ok(page.items.every(({ evidence }) => evidence !== null && evidence.says !== ''));
    }
});
