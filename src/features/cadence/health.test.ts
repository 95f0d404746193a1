/** Whether meetings are worth their time: each share, and that each number opens into exactly the records it counts. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type HealthRecords, healthCounts, type MeetingHealthAnswer } from '#features/cadence/contract/health.ts';
import { seriesDraft } from '#features/cadence/contract/series.ts';
import type { Who } from '#platform/http/route.ts';
import { openWorld, type World } from '#tests/security/world.ts';
import { type Colleague, hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { keepPast, type PastItem } from './actions/keep-past.ts';
import { makeSeries } from './actions/write-series.ts';
import { offerActions } from './queries/agenda/actions.ts';
import { readAgendaGround } from './queries/agenda/offered.ts';

let world: World;
let company: ManyColleagues;
let hal: Colleague;
let seriesId: string;
before(async () => {
  world = await openWorld();
  company = await hireColleagues(world, [
    { name: 'Mara', side: 'marketing' },
    { name: 'Sam', side: 'sales' },
    { name: 'Hal', side: 'sales', role: 'manager' },
  ]);
  hal = company.get('Hal');
  seriesId = await begin('Weekly');
});
after(() => world.close());

const whoOf = ({ memberId, side, role, workspaceId, name }: Colleague): Who => ({
  memberId,
  side,
  role,
  name,
  workspaceId: workspaceId as Who['workspaceId'],
});
const item = (more: Partial<PastItem> = {}): PastItem => ({
  ...{ sentence: 'Prices', minutes: 10, notes: '', decisions: [], actions: [] },
  ...more,
});

/** Four weeks: one decided, of one nothing came, one was late and two stayed away, one was not held. */
async function begin(name: string): Promise<string> {
  const who = whoOf(hal);
  const [mara, sam] = [company.get('Mara'), company.get('Sam')];
  const act = (title: string, dueAfter: number, doneAfter: number | null) => ({ title, owner: whoOf(sam), dueAfter, doneAfter });
  const startsOn = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
  const times = { recurrence: { every: 'week', interval: 1, weekday: 'tue' }, startsOn, at: '10:00', onDayOff: 'keep' };
  return world.database.inWorkspace(company.workspaceId, async (tx) => {
    const id = await makeSeries(tx, who, seriesDraft.parse({ name, times, minutes: 30, attendees: { sides: ['marketing', 'sales'] } }));
    await keepPast(tx, who, id, [
      { missing: [], startedLateMinutes: 0, items: [item({ decisions: ['Go on.'], actions: [act('In time', 3, 2), act('Late', 3, 5)] })] },
      { missing: [], startedLateMinutes: 5, items: [item()] },
      {
        missing: [mara.memberId, sam.memberId],
        startedLateMinutes: 6,
        items: [item({ actions: [act('Open and late', 1, null), act('Not due yet', 60, null)] })],
      },
      { missing: [], startedLateMinutes: 0, items: null },
    ]);
    return id;
  });
}

const get = async <T>(path: string): Promise<T> => {
  const answer = await world.ask(hal, 'GET', path);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
};

test('meetings are held, attended, deciding and acted upon in so many of a hundred', async () => {
  const { overall, series, weeks } = await get<MeetingHealthAnswer>('/meetings/health');
  const { records: _, series: none, ...counts } = overall;
  assert.equal(none, null);
  assert.deepEqual(counts, {
    ...{ due: 4, held: 3, notHeld: 1, inTime: 2, expected: 9, came: 7, deciding: 2 },
    ...{ actionsDue: 3, closed: 2, closedInTime: 1, openLate: 1 },
    ...{
      heldPercent: 75,
      inTimePercent: 66.7,
      attendedPercent: 77.8,
      decidingPercent: 66.7,
      closedPercent: 66.7,
      closedInTimePercent: 33.3,
    },
  });
  assert.deepEqual(
    series.map((row) => [row.series!.id, row.held]),
    [[seriesId, 3]],
  );
  assert.equal(
    weeks.reduce((sum, week) => sum + week.held, 0),
    3,
  );
  assert.ok(weeks.length >= 13 && weeks.every(({ week }) => Temporal.PlainDate.from(week).dayOfWeek === 1));
});

test('every number opens into exactly the records it counts, page by page', async () => {
  const { overall, series } = await get<MeetingHealthAnswer>('/meetings/health');
  for (const row of [overall, series[0]!])
    for (const which of healthCounts) {
      const found: string[] = [];
      for (let cursor = ''; ; ) {
        const page = await get<HealthRecords>(`${row.records[which].replace('/api/v1', '')}&limit=2${cursor}`);
        assert.equal(page.total, row[which], which);
        found.push(...page.items.map(({ id }) => id));
        if (page.next === null) break;
        cursor = `&cursor=${encodeURIComponent(page.next)}`;
      }
      assert.equal(new Set(found).size, row[which], which);
    }
  const late = await get<HealthRecords>(overall.records.openLate.replace('/api/v1', ''));
  assert.deepEqual(
    late.items.map(({ name, kind, who }) => [name, kind, who!.name]),
    [['Open and late', 'action', 'Sam']],
  );
});

test('what is open from one series is not carried into another, and nothing twice', async () => {
  const other = await begin('Another');
  const offered = async (of: string | null) =>
    (await offerActions(await readAgendaGround(world.database, company.workspaceId, of))).map(({ records }) => records[0]!.name);
  assert.deepEqual((await offered(other)).sort(), ['Not due yet', 'Open and late']);
  assert.equal((await offered(null)).length, 4);
});
