/**
 * Simulated companies, of which it is known what ails them: the index names it first, its numbers open into records
 * that add up to them, and what moved it adds up to the change.
 *
 * A small company of each state every time; `UPDATE_TRUTH=1` takes several larger ones and writes docs/alignment-index.md.
 */

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { componentOfCause } from '#engine/alignment/index/first.ts';
import { gainOf } from '#engine/alignment/index/moves.ts';
import { scoreIndex } from '#engine/alignment/index/score.ts';
import { componentOf, indexVersion } from '#engine/alignment/index/table.ts';
import { type State, stateNames } from '#engine/simulate/parameters.ts';
import type { Who } from '#platform/http/route.ts';
import { openCompanies } from '#tests/reliability/company.ts';
import { illnesses, isRight, type ToldState, writtenIndexTruth } from '#tests/support/index-truth-page.ts';
import { type Misaligned, misaligned } from '#tests/support/misaligned.ts';
import { type IndexAnswer, type IndexComponentAnswer, indexQuery } from './contract/index-answer.ts';
import { type IndexRecord, indexRecordsQuery } from './contract/index-records.ts';
import { answerIndex } from './queries/alignment-index.ts';
import { readCounts } from './queries/index-counts.ts';
import { costOf, named } from './queries/index-first.ts';
import { listIndexRecords } from './queries/index-records.ts';
import { indexQuestion, readIndexGround } from './queries/index-question.ts';

const page = join(import.meta.dirname, '../../../docs/alignment-index.md');
const isWhole = process.env.UPDATE_TRUTH !== undefined;
const pay = { marketing: true, sales: true };
/** Who leaves is known only after a while, and few do: that takes a larger company. */
const sizes = isWhole
  ? { seeds: 10, usual: { leads: 2_000, months: 12 }, retention: { leads: 4_000, months: 18 } }
  : { seeds: 1, usual: { leads: 800, months: 5 }, retention: { leads: 2_000, months: 12 } };
const sizeOf = (state: State) => (state === 'retention-bleeding' ? sizes.retention : sizes.usual);

interface Kept extends ToldState {
  readonly one: Misaligned;
  readonly days: number;
}

let companies: Awaited<ReturnType<typeof openCompanies>>;
const all: Kept[] = [];
before(async () => {
  companies = await openCompanies();
  for (const state of stateNames)
    for (let seed = 1; seed <= sizes.seeds; seed++) {
      const one = await misaligned(companies, { seed, ...sizeOf(state), state });
      all.push(await tell(one, state, seed));
    }
});
after(() => companies.close());

async function tell(one: Misaligned, state: State, seed: number): Promise<Kept> {
  const { database, workspaceId } = one.company;
  const days = (Date.parse(one.period.end) - Date.parse(one.period.start)) / 86_400_000 + 1;
  const answer = await answerIndex(database, workspaceId, pay, indexQuery.parse({ on: one.period.end, days }));
  const question = indexQuestion(await readIndexGround(database, workspaceId), { on: one.period.end, days });
  const alone = named((await readCounts(question)).counts)?.component ?? null;
  return { state, seed, one, days, answer, alone, cause: (await costOf(question, pay)).first?.cause ?? null };
}

const of = (state: State): Kept => all.find((each) => each.state === state)!;
const componentsOf = ({ activities }: IndexAnswer): IndexComponentAnswer[] => activities.flatMap(({ components }) => components);

// ── what is named first ─────────────────────────────────────────────────────

test('the index names the illness first, and nothing in a healthy company', () => {
  for (const state of stateNames) {
    const some = all.filter((each) => each.state === state);
    const right = some.filter(({ answer }) => isRight(state, answer.first?.component ?? null));
    assert.ok(right.length >= 0.9 * some.length, `${state}: ${some.map(({ answer }) => answer.first?.component ?? 'nothing').join(', ')}`);
  }
});

test('it would without the cost as well', () => {
  const wrong = all.filter(({ state, alone }) => !isRight(state, alone));
  assert.ok(wrong.length <= 0.1 * all.length, wrong.map(({ state, seed, alone }) => `${state} ${seed}: ${alone}`).join('; '));
});

test('where the cost names a cause, the index names the component in which it shows', () => {
  const named_ = all.filter(({ cause }) => cause !== null);
  assert.ok(named_.length > 0, 'no company is large enough');
  for (const { state, cause, answer } of named_) {
    assert.equal(answer.first!.component, componentOfCause[cause!], state);
    assert.equal(answer.first!.cause, cause);
  }
});

test('an ailing company scores lower than a well aligned one', () => {
  const healthy = of('well-aligned').answer.score!;
  for (const state of stateNames.filter((each) => illnesses[each].length > 0))
    assert.ok(of(state).answer.score! < healthy, `${state}: ${of(state).answer.score}, well aligned: ${healthy}`);
});

test('docs/alignment-index.md is of these formulas', async () => {
  if (isWhole) await writeFile(page, writtenIndexTruth(all, { ...sizes, version: indexVersion }));
  assert.ok((await readFile(page, 'utf8')).includes(`formulas ${indexVersion};`), 'UPDATE_TRUTH=1 npm test -- index-truth');
});

// ── every number opens ──────────────────────────────────────────────────────

async function open({ company }: Misaligned, url: string): Promise<{ items: IndexRecord[]; count: number; of: number; total: number }> {
  const { pathname, searchParams } = new URL(url, 'http://x');
  assert.equal(pathname, '/api/v1/alignment/index/records');
  const who: Who = { workspaceId: company.workspaceId, memberId: company.memberId, name: 'Mara', side: 'marketing', role: 'owner' };
  const items: IndexRecord[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const asked = indexRecordsQuery.parse({ ...Object.fromEntries(searchParams), limit: '200', ...(cursor ? { cursor } : {}) });
    const listed = await listIndexRecords(company.database, who, asked);
    items.push(...listed.items);
    cursor = listed.next;
    if (cursor === null) return { items, ...listed.sum, total: listed.total };
  }
  throw new Error('no page');
}

const sum = (items: readonly IndexRecord[], key: 'count' | 'of'): number => items.reduce((all_, item) => all_ + item[key], 0);

test('the records behind every component add up to its numbers', async () => {
  const { one, answer } = of('marketing-flooding');
  const opened = componentsOf(answer).filter(({ recordsUrl }) => recordsUrl !== null);
  assert.ok(opened.length >= 12, `${opened.length}`);
  for (const { component, recordsUrl, count, of: due } of opened) {
    const { items, total, ...sums } = await open(one, recordsUrl!);
    assert.deepEqual(sums, { count, of: due }, component);
    assert.deepEqual([sum(items, 'count'), sum(items, 'of'), items.length], [count, due, total], component);
    assert.ok(
      items.every(({ why, name }) => why !== '' && name !== ''),
      component,
    );
    assert.equal(new Set(items.map(({ id, on }) => `${id} ${on}`)).size, items.length, `${component}: one twice`);
    const missed = await open(one, `${recordsUrl}&state=missed`);
    const met = await open(one, `${recordsUrl}&state=met`);
    assert.equal(missed.total + met.total, total, component);
  }
});

test('what is open opens too, and doing it all gains what is said', async () => {
  const { one, days, answer } = of('sales-slow');
  const question = indexQuestion(await readIndexGround(one.company.database, one.company.workspaceId), { on: one.period.end, days });
  const { counts, open: opened } = await readCounts(question);
  assert.ok(answer.next.length >= 3);
  assert.deepEqual(
    answer.next.map(({ gain }) => gain),
    answer.next.map(({ gain }) => gain).toSorted((a, b) => b - a),
    'greatest first',
  );
  for (const { component, gain, open: many, recordsUrl, items } of answer.next) {
    const { count, of: due } = opened.get(component)!;
    const { count: met, of: total } = counts[component]!;
    const done = scoreIndex({ ...counts, [component]: { count: met + count, of: total + due } }).score!;
    assert.equal(Math.round(gain * 100), done - scoreIndex(counts).score!, component);
    assert.equal(many, count);
    const listed = await open(one, recordsUrl!);
    assert.equal(listed.of, many, component);
    assert.ok(items.length > 0 && items.length <= 5 && items.every(({ opens }) => opens.startsWith('/')), component);
  }
  assert.ok(gainOf(counts, 'leadsWorked', opened.get('leadsWorked')!) > 0);
});

test('points add up to the index, and what moved it to the change, to the hundredth', () => {
  for (const { answer, state } of all) {
    const hundredths = (values: readonly (number | null)[]): number =>
      values.reduce<number>((all_, each) => all_ + Math.round((each ?? 0) * 100), 0);
    assert.equal(hundredths(componentsOf(answer).map(({ points }) => points)), Math.round(answer.score! * 100), state);
    const { lines, change, from, to } = answer.moved;
    assert.ok(lines.length > 0, state);
    assert.equal(hundredths(lines.map(({ points }) => points)), Math.round(change! * 100), state);
    assert.equal(Math.round(to! * 100) - Math.round(from! * 100), Math.round(change! * 100), state);
  }
});

test('what is not measured is not zero, and says how to begin', () => {
  for (const { component, count, of: due, score, notYet, begin, says } of componentsOf(of('typical').answer)) {
    assert.equal(score === null, due === 0, component);
    assert.deepEqual([notYet === null, begin === null], [score !== null, score !== null], component);
    if (score === null) assert.ok(count === 0 && says.startsWith('Not measured yet: '), component);
  }
  const { activities, measuredPercent } = of('typical').answer;
  assert.deepEqual(
    activities.filter(({ score }) => score === null).map(({ activity, weightPercent }) => [activity, weightPercent]),
    [
      ['incentives', 0],
      ['communicate', 0],
    ],
  );
  assert.ok(measuredPercent > 30 && measuredPercent < 50);
});

// ── as of a day, of a segment ───────────────────────────────────────────────

/** The same question by SQL alone. */
const counted = async (
  { company }: Misaligned,
  met: string,
  due: string,
  on: string,
  days: number,
): Promise<{ count: number; of: number }> => {
  const until = `((date '${on}' + 1)::timestamp AT TIME ZONE 'Europe/Berlin')`;
  const from = `((date '${on}' - ${days - 1})::timestamp AT TIME ZONE 'Europe/Berlin')`;
  const [row] = await company.rows<{
    count: string;
    of: string;
  }>(`SELECT count(*) FILTER (WHERE ${met.replaceAll('UNTIL', until)})::int AS count, count(*)::int AS of
    FROM leads l WHERE workspace_id = :ws AND archived_at IS NULL AND mql_at >= ${from} AND mql_at <= ${until} AND ${due.replaceAll('UNTIL', until)}`);
  return { count: Number(row!.count), of: Number(row!.of) };
};

test('a day gone by is told from what had happened by then', async () => {
  const { one } = of('sales-slow');
  const { database, workspaceId } = one.company;
  const [on, days] = ['2023-04-10', 60];
  const answer = await answerIndex(database, workspaceId, pay, indexQuery.parse({ on, days }));
  const numbers = Object.fromEntries(componentsOf(answer).map(({ component, count, of: due }) => [component, { count, of: due }]));
  const outcome = 'least(sql_at, deal_at, won_at, lost_at, rejected_at, recycled_at, disqualified_at) <= UNTIL';
  assert.deepEqual(numbers['outcomesReturned'], await counted(one, outcome, `mql_at <= UNTIL - interval '30 days'`, on, days));
  const decided = 'least(sal_at, sql_at, rejected_at, recycled_at, disqualified_at) <= UNTIL';
  const quality = await counted(one, 'coalesce(rejected_at > UNTIL, true)', decided, on, days);
  assert.deepEqual(numbers['leadQuality'], quality);
  const tried = `EXISTS (SELECT FROM touches t WHERE t.workspace_id = l.workspace_id AND t.lead_id = l.id AND t.member_id IS NOT NULL AND t.voided_by IS NULL
    AND t.side = 'sales' AND t.direction = 'out' AND t.occurred_at >= l.mql_at AND t.occurred_at <= UNTIL AND t.automated IS NOT TRUE)`;
  const worked = await counted(one, `(${tried} OR ${outcome})`, `campaign_id IS NULL AND mql_at <= UNTIL - interval '7 days'`, on, days);
  assert.equal(numbers['leadsWorked']!.of, worked.of);
  assert.ok(
    Math.abs(numbers['leadsWorked']!.count - worked.count) <= 2,
    `${numbers['leadsWorked']!.count}, ${worked.count}: but for auto-replies`,
  );
  const later = componentsOf(of('sales-slow').answer).find(({ component }) => component === 'outcomesReturned')!;
  assert.notEqual(later.count, numbers['outcomesReturned']!.count);
});

test('segments add up to the whole, and of a segment only what can be told by segment is measured', async () => {
  const { one, days, answer } = of('campaigns-ignored');
  const segments = (
    await one.company.rows<{ segment: string | null }>(`SELECT DISTINCT coalesce(l.segment, a.segment) AS segment FROM leads l
    LEFT JOIN accounts a ON a.workspace_id = l.workspace_id AND a.id = l.account_id WHERE l.workspace_id = :ws AND l.mql_at IS NOT NULL`)
  ).map((row) => row.segment);
  assert.ok(segments.length >= 3);
  const sums = new Map<string, number>();
  for (const segment of segments) {
    const asked = indexQuery.parse({ on: one.period.end, days, segment: JSON.stringify(segment) });
    for (const { component, of: due } of componentsOf(await answerIndex(one.company.database, one.company.workspaceId, pay, asked))) {
      sums.set(component, (sums.get(component) ?? 0) + due);
      if (!componentOf(component).bySegment) assert.equal(due, 0, component);
    }
  }
  for (const component of ['leadsWorked', 'campaignLeadsFollowed', 'leadQuality', 'promptFirst', 'marketingRecords'] as const)
    assert.equal(sums.get(component), componentsOf(answer).find((each) => each.component === component)!.of, component);
});
