/** A simulated company as it stood after its first year, in the database: its second year worked back, its goals looked at half-way, and both held against what came. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dayNumber } from '#engine/values/calendarDay.ts';
import { segments } from '#engine/simulate/parameters.ts';
import { recordsQuery } from '#features/funnel/contract.ts';
import { listFunnelRecords } from '#features/funnel/queries/records.ts';
import { figureRecordsQuery, figuresQuery } from '#features/returns/contract/figures.ts';
import { listFigureRecords } from '#features/returns/queries/figure-records.ts';
import { answerFigures } from '#features/returns/queries/figures.ts';
import type { Who } from '#platform/http/route.ts';
import { type Company, openCompanies } from '#tests/reliability/company.ts';
import { goalOf, ownersOf, signPlan } from '#tests/support/goals.ts';
import { filesAsTheyStood, simulatedCompany } from '#tests/support/simulated-courses.ts';
import type { GoalMetric } from './contract/metrics.ts';
import type { WorkBackAsk } from './contract/plans.ts';
import { changesSchema } from './contract/what-if-changes.ts';
import { noteMisses } from './actions/note-misses.ts';
import { answerGoal } from './queries/goal-detail.ts';
import { answerGoalTree } from './queries/goal-tree.ts';
import { suggestPlan } from './queries/suggestion.ts';
import { goalsOfToday } from './queries/today.ts';
import { tryWorkBack } from './queries/try-work-back.ts';
import { answerWhatIf } from './queries/what-if.ts';

const asked = { seed: 2, months: 24, leads: 3_600, state: 'typical', startDay: dayNumber(2023, 1, 1) } as const;
const yearEnds = dayNumber(2024, 1, 1) - 1;
const noChanges = changesSchema.parse({});
const truth = simulatedCompany(asked);

let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
let lea: Who;
before(async () => {
  companies = await openCompanies();
  company = await companies.make({ timeZone: 'UTC' });
  await company.import(filesAsTheyStood(asked, yearEnds));
  lea = { workspaceId: company.workspaceId, memberId: company.memberId, name: 'Lea', side: 'leadership', role: 'owner' };
});
after(() => companies.close());

const between = (text: { low: string; high: string }, value: number, what: string): void =>
  assert.ok(Number(text.low) <= value && value <= Number(text.high), `${what}: ${text.low} ≤ ${value} ≤ ${text.high}`);
const enteredBetween = (stage: number, from: number, until: number): number => {
  const days = truth.courses.days[stage]!;
  let count = 0;
  for (let row = 0; row < truth.courses.count; row++) if (days[row]! >= from && days[row]! <= until) count++;
  return count;
};
const wonBetween = (from: number, until: number, segment?: number) =>
  truth.deals.filter(
    (deal) => deal.won && deal.closedOn >= from && deal.closedOn <= until && (segment === undefined || deal.segment === segment),
  );
const sum = (deals: readonly { amount: number }[]): number => deals.reduce((total, { amount }) => total + amount, 0);

/** What an address lists, asked as its route does. */
async function totalOf(url: string): Promise<number> {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const query = Object.fromEntries(searchParams);
  if (pathname === '/api/v1/funnel/records')
    return (await listFunnelRecords(company.database, lea.workspaceId, recordsQuery.parse(query))).total;
  assert.equal(pathname, '/api/v1/figures/records', url);
  return (await listFigureRecords(company.database, lea, figureRecordsQuery.parse(query))).total;
}

/** What the second year truly brought, as what is to be won in it. */
const secondYear: WorkBackAsk = {
  start: '2024-01-01',
  end: '2024-12-31',
  workBack: {
    revenue: segments.map((segment, at) => ({ segment, amount: String(sum(wonBetween(yearEnds + 1, yearEnds + 366, at))) })),
    monthWeights: null,
    changes: noChanges,
  },
};

test('the sheet for what the second year brought asks for about the MQLs that brought it', async () => {
  const { working } = await tryWorkBack(company.database, lea, secondYear);
  assert.deepEqual([working.tooLittle, working.asOf, working.stages], [null, '2023-12-31', ['mql', 'sql', 'deal', 'won']]);
  between(working.total.mqls, enteredBetween(0, yearEnds + 1, yearEnds + 366), 'MQLs');
  between(working.total.won, wonBetween(yearEnds + 1, yearEnds + 366).filter(({ hasLead }) => hasLead).length, 'deals won');
  assert.equal(working.months.length, 12);
  assert.ok(working.reached.withMid >= 45 && working.reached.withMid <= 60, `${working.reached.withMid} of 100 reach it with the middle`);
  assert.ok(working.reached.withHigh >= 84 && working.reached.withHigh <= 96, `${working.reached.withHigh} of 100 with the high number`);
  const parts = working.segments.reduce((total, { target }) => total + BigInt(target), 0n);
  assert.equal(working.total.target, String(parts));
});

test('every rate of the sheet opens into the very leads it counts', async () => {
  const { working } = await tryWorkBack(company.database, lea, secondYear);
  for (const { label, assumptions } of working.segments)
    for (const { key, seen, recordsUrl } of assumptions.filter((each) => each.unit === 'share')) {
      assert.equal(await totalOf(recordsUrl!), seen!.of, `${label} ${key}`);
      assert.equal(await totalOf(recordsUrl!.replace('which=entered', 'which=reached')), seen!.hits, `${label} ${key}`);
    }
  const [smb, , enterprise] = working.segments;
  assert.equal(smb!.sparse, null);
  assert.match(enterprise!.sparse!, /leans on the company as a whole/);
  assert.match(enterprise!.assumptions.find(({ key }) => key === 'dealToWon')!.note!, /is lent by the company as a whole/);
});

test('feasibility says what is needed and what there is', async () => {
  const { feasibility } = await tryWorkBack(company.database, lea, secondYear);
  const [capacity, budget, pace] = feasibility.checks;
  assert.match(capacity!.sentence, /^The busiest month needs \d+ MQLs \(\d+ to \d+\); \d+ reps can work \d+\.$/);
  assert.equal(capacity!.verdict, 'holds');
  assert.match(budget!.sentence, /no budget of marketing’s programmes is planned for these months/);
  assert.match(pace!.sentence, /^Needs \d+ MQLs a month; the last 6 months brought \d+ each\./);
});

test('what cannot be done otherwise by the record says why, and what changes nothing says so', async () => {
  const changes = changesSchema.parse({
    moves: [{ by: 'channel', from: null, to: 'Paid Search', amount: '1000000' }],
    reps: -4,
    answerWithinMinutes: 60,
  });
  const answer = await answerWhatIf(company.database, lea, { of: secondYear, changes });
  const [move, speed, reps] = answer.effects;
  assert.match(move!.why!, /It can’t be told what money brings/);
  assert.match(speed!.why!, /Too few leads to compare speeds/);
  assert.match(reps!.from[0]!.text, /2 reps can work 2\d\d MQLs a month; the plan has \d+/);
  assert.deepEqual(reps!.effect, { mid: '0', low: '0', high: '0' });
  assert.deepEqual(answer.before.revenue, answer.after.revenue);
});

test('reps too few to work the plan’s MQLs lower its range', async () => {
  const answer = await answerWhatIf(company.database, lea, { of: secondYear, changes: changesSchema.parse({ reps: -6 }) });
  assert.equal(answer.after.workableAMonth, null);
  const fewer = await answerWhatIf(company.database, lea, {
    of: {
      ...secondYear,
      workBack: { ...secondYear.workBack, revenue: secondYear.workBack.revenue.map((line) => ({ ...line, amount: `${line.amount}0` })) },
    },
    changes: changesSchema.parse({ reps: 3 }),
  });
  assert.ok(Number(fewer.before.mqlsAMonth) > Number(fewer.before.workableAMonth), 'more than the reps can work');
  assert.ok(Number(fewer.effects[0]!.effect!.low) > 0, JSON.stringify(fewer.effects[0]!.effect));
});

test('a plan to begin with is what was won, by segment, and says so', async () => {
  const { content, from } = await suggestPlan(company.database, lea, { start: '2024-01-01', end: '2024-12-31' });
  assert.deepEqual(content.workBack!.revenue.map(({ segment }) => segment).sort(), ['Enterprise', 'Mid-market', 'SMB']);
  assert.equal(content.goals[0]!.title, 'Revenue');
  assert.match(from[0]!, /was won from 2023-01-01 to 2023-12-31/);
});

// ── goals ───────────────────────────────────────────────────────────────────

const halfYear = { start: '2023-10-01', end: '2024-03-31' };
const metrics: readonly (readonly [GoalMetric, string])[] = [
  [{ name: 'wonValue' }, '80000000'],
  [{ name: 'won' }, '30'],
  [{ name: 'newCustomers' }, '30'],
  [{ name: 'pipelineCreated' }, '90000000'],
  [{ name: 'deals' }, '80'],
  [{ name: 'mqls' }, '400'],
  [{ name: 'sals' }, '300'],
  [{ name: 'sqls' }, '90'],
  [{ name: 'winRate' }, '0.4'],
  [{ name: 'recurringRevenue' }, '1000000'],
  [{ name: 'nrr' }, '0.95'],
  [{ name: 'grr' }, '0.9'],
  [{ name: 'logoRetention' }, '0.9'],
  [{ name: 'cac' }, '2000000'],
  [{ name: 'mqlValue' }, '1000000'],
  [{ name: 'attainment', of: { side: 'sales' } }, '0.9'],
];

test('each goal’s value is that of the figures and the funnel, and opens into as many records', async () => {
  const owners = await ownersOf(company);
  const goals = metrics.map(([metric, target]) => goalOf(metric, { ...halfYear, owners, target }));
  const bySegment = goalOf({ name: 'wonValue' }, { ...halfYear, owners, target: '50000000', scope: { segment: 'SMB', teamId: null } });
  await signPlan(company, { ...halfYear, goals: [...goals, bySegment] });
  const tree = await answerGoalTree(company.database, lea, { on: '2023-12-31', of: 'all' });
  const of = (name: string) => tree.goals.find(({ metric, scope }) => metric.name === name && scope.segment === null)!;
  const { total } = await answerFigures(
    company.database,
    lea.workspaceId,
    { marketing: true, sales: true },
    figuresQuery.parse({ start: '2023-10-01', end: '2023-12-31' }),
  );
  assert.equal(of('wonValue').value, total.figures.wonValue.value);
  assert.equal(of('won').value, String(total.parts.won!.count));
  assert.equal(of('newCustomers').value, String(total.parts.newCustomers!.count));
  assert.equal(Number(of('winRate').value), Math.round(total.figures.winRate.value! * 10_000) / 10_000);
  assert.equal(of('cac').value, total.figures.cacBlended.value);
  for (const [at, stage] of [
    ['mqls', 0],
    ['sqls', 1],
  ] as const)
    assert.equal(of(at).value, String(enteredBetween(stage, dayNumber(2023, 10, 1), yearEnds)));
  for (const name of ['wonValue', 'won', 'newCustomers', 'pipelineCreated', 'deals', 'mqls', 'sals', 'sqls'])
    assert.equal(await totalOf(of(name).recordsUrl!), of(name).parts[0]!.count, name);
  assert.equal(tree.goals.at(-1)!.value, String(sum(wonBetween(dayNumber(2023, 10, 1), yearEnds, 0))));
  assert.match(of('mqlValue').why!, /No clause in force says what a lead is worth/);
  assert.match(of('attainment').why!, /Nothing fell due/);
});

test('where goals are going, half-way, holds what came', async () => {
  const { goals } = await answerGoalTree(company.database, lea, { on: '2023-12-31', of: 'all' });
  const [from, until] = [dayNumber(2023, 10, 1), dayNumber(2024, 4, 1) - 1];
  const forecast = (name: string) => goals.find(({ metric }) => metric.name === name)!.forecast.value!;
  between(forecast('wonValue'), sum(wonBetween(from, until)), 'won value');
  between(forecast('won'), wonBetween(from, until).length, 'won');
  between(forecast('mqls'), enteredBetween(0, from, until), 'MQLs');
  between(forecast('sqls'), enteredBetween(1, from, until), 'SQLs');
  const nrr = goals.find(({ metric }) => metric.name === 'nrr')!.forecast;
  assert.match(nrr.why!, /would pretend to know more/);
});

test('a goal made from pay tells no number to who may not see pay', async () => {
  const sam: Who = { ...lea, side: 'sales', role: 'manager' };
  const { goals, notes } = await answerGoalTree(company.database, sam, { on: '2023-12-31', of: 'all' });
  const cac = goals.find(({ metric }) => metric.name === 'cac')!;
  assert.deepEqual([cac.value, cac.pace, cac.parts, cac.recordsUrl, cac.state], [null, null, [], null, 'unknown']);
  assert.match(cac.why!, /which you may not see/);
  assert.match(notes.join(' '), /shown to the owner and the heads of leadership/);
});

test('one goal opens into its course, where it is going, and what would close the gap', async () => {
  const { goals } = await answerGoalTree(company.database, lea, { on: '2023-12-31', of: 'all' });
  const won = goals.find(({ metric }) => metric.name === 'wonValue')!;
  const detail = await answerGoal(company.database, lea, won.id);
  const last = detail.course.findLast(({ actual }) => actual !== null)!;
  assert.deepEqual([last.day, last.actual], ['2023-12-31', won.value]);
  assert.equal(detail.course.at(-1)!.ideal, won.target);
  assert.equal(detail.ahead.at(-1)!.value.mid, won.forecast.value!.mid);
  assert.deepEqual(
    detail.levers.map(({ key }) => key),
    ['aDay', 'moreMqls', 'fasterAnswers', 'winRate', 'budget'],
  );
  const more = detail.levers.find(({ key }) => key === 'moreMqls')!;
  assert.match(more.sentence, /more MQLs from now to 2024-03-31/);
  assert.ok(Number(more.effect!.low) > 0);
  assert.equal(await totalOf(more.from[0]!.recordsUrl!), enteredBetween(0, dayNumber(2023, 1, 1), yearEnds));
});

test('a goal off its pace is on both owners’ Today, and noted once a week', async () => {
  const { goals } = await answerGoalTree(company.database, lea, { on: '2023-12-31', of: 'all' });
  const behind = goals.filter(({ state }) => state === 'behind' || state === 'missed');
  assert.ok(behind.length > 0);
  const { owners } = behind[0]!;
  for (const id of [owners.marketing.id, owners.sales.id]) {
    const today = await goalsOfToday(company.database, { ...lea, memberId: id, side: 'sales', role: 'member' });
    assert.ok(today.offPace.some((goal) => goal.id === behind[0]!.id));
  }
  assert.deepEqual((await goalsOfToday(company.database, lea)).offPace, []);
  const written = await Promise.all([noteMisses(company.database, lea.workspaceId), noteMisses(company.database, lea.workspaceId)]);
  assert.equal(written[0] + written[1], behind.length);
  assert.equal(
    await company.value(`SELECT count(*) FROM facts WHERE workspace_id = :ws AND kind = 'goal.paceMissed'`),
    String(behind.length),
  );
  assert.equal((await answerGoal(company.database, lea, behind[0]!.id)).misses.length, 1);
  const cac = await company.rows<{ value: string | null }>(
    `SELECT value FROM goal_misses m WHERE workspace_id = :ws AND gap_percent IS NULL`,
  );
  for (const { value } of cac) assert.equal(value, null);
});
