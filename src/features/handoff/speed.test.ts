/** Speed to lead and who hands to whom, counted by the product against the same counted here. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#platform/db/ids.ts';
import { addMembers, addRows, addTeams, clause, officeHours, signVersion } from '#tests/support/agreed.ts';
import { compileCalendar } from '#engine/calendar/working-time.ts';
import { openCompanies, type Company } from '#tests/reliability/company.ts';
import {
  matrixAnswer,
  matrixAsk,
  matrixRecordsAsk,
  speedAnswer,
  speedAsk,
  speedGroupings,
  speedRecords,
  speedRecordsAsk,
} from './contract.ts';
import { countRecords } from '#features/records/queries/lists.ts';
import { answerMatrix, listMatrixRecords } from './queries/matrix.ts';
import { listSpeedRecords } from './queries/speed-records.ts';
import { latestStart } from './queries/speed-scope.ts';
import { answerSpeed } from './queries/speed.ts';

const timeZone = 'America/New_York';
let companies: Awaited<ReturnType<typeof openCompanies>>;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());

interface Lead {
  id: string;
  origin: string | null;
  channel: string | null;
  segment: string | null;
  campaign_id: string | null;
  qualifier_id: string | null;
  owner_id: string | null;
  opened_at: string | null;
  mql_at: string | null;
  sql_at: string | null;
  deal_at: string | null;
  won_at: string | null;
  value: string | null;
  currency: string | null;
  archived_at: string | null;
  started_at: string;
  wallMinutes: number | null;
  workingMinutes: number | null;
}
interface World {
  company: Company;
  members: Record<string, string>;
  teams: Record<string, string>;
  leads: Lead[];
}

const now = Date.now();
const ago = (least: number, most: number) =>
  fc.integer({ min: least * 1440, max: most * 1440 }).map((minutes) => new Date(now - minutes * 60_000).toISOString());

async function makeWorld(): Promise<World> {
  const company = await companies.make({ timeZone });
  const members = await addMembers(company, [
    { name: 'Sam', side: 'sales' },
    { name: 'Sol', side: 'sales' },
    { name: 'Sue', side: 'sales' },
  ]);
  const teams = await addTeams(company, { West: [members['Sam']!, members['Sol']!], East: [members['Sam']!] });
  const people = Object.values(members);
  const campaigns = await addRows(company, 'campaigns', [
    { name: 'Fair', custom: {}, recorded_at: '2026-01-01T00:00:00Z', changed_xid: '1' },
  ]);
  const anyLead = fc.record({
    origin: fc.constantFrom(null, 'unknown', 'paid'),
    channel: fc.constantFrom(null, 'web'),
    segment: fc.constantFrom(null, 'SMB', 'Enterprise'),
    campaign_id: fc.constantFrom(null, campaigns[0]!),
    qualifier_id: fc.constantFrom(null, ...people),
    owner_id: fc.constantFrom(null, ...people),
    opened_at: fc.option(ago(60, 300)),
    mql_at: fc.option(ago(50, 300)),
    sql_at: fc.option(ago(1, 200)),
    deal_at: fc.option(ago(1, 200)),
    won_at: fc.option(ago(1, 280)),
    value: fc.option(fc.integer({ min: 0, max: 1_000_000 }).map(String)),
    currency: fc.constantFrom(null, 'EUR', 'USD'),
    archived_at: fc.constantFrom(null, null, null, null, '2026-01-05T00:00:00Z'),
    started_at: fc.oneof(ago(0, 4), ago(0, 200)),
    wallMinutes: fc.option(fc.oneof(fc.constantFrom(0, 5, 15, 60, 240, 1440), fc.integer({ min: 0, max: 20_000 })), { freq: 3 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const leads: Lead[] = fc.sample(anyLead, { numRuns: 400, seed: 3 }).map(({ share, ...lead }) => ({
    id: newId(),
    ...lead,
    workingMinutes: lead.wallMinutes === null ? null : Math.floor(lead.wallMinutes * share),
  }));
  await addRows(
    company,
    'leads',
    leads.map(({ started_at: _, wallMinutes: __, workingMinutes: ___, ...lead }) => ({
      ...lead,
      name: 'Ann',
      custom: {},
      recorded_at: '2026-01-01T00:00:00Z',
      changed_xid: '1',
    })),
  );
  await addRows(
    company,
    'handoffs',
    leads.map(({ id, owner_id, started_at, wallMinutes, workingMinutes }) => ({
      lead_id: id,
      state: 'waiting',
      owner_id,
      started_at,
      attempts: 0,
      changed_at: started_at,
      first_attempt_at: wallMinutes === null ? null : new Date(Date.parse(started_at) + wallMinutes * 60_000).toISOString(),
      working_ms: workingMinutes === null ? null : workingMinutes * 60_000,
      wall_ms: wallMinutes === null ? null : wallMinutes * 60_000,
    })),
  );
  return { company, members, teams, leads };
}

const wallOf = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
const dayOf = (instant: string) => wallOf(instant).toPlainDate().toString();
const nearestRank = (values: number[], percent: number): number | null =>
  values.length === 0 ? null : values.sort((one, other) => one - other)[Math.max(1, Math.ceil((percent * values.length) / 100)) - 1]!;

function groupOf(by: string, lead: Lead, { members, teams }: World): string | null {
  const wall = wallOf(lead.started_at);
  const groups: Record<string, string | null> = {
    none: null,
    origin: lead.origin,
    channel: lead.channel,
    segment: lead.segment,
    campaign: lead.campaign_id,
    person: lead.owner_id,
    team: lead.owner_id === members['Sam'] ? teams['East']! : lead.owner_id === members['Sol'] ? teams['West']! : null,
    hour: String(wall.hour).padStart(2, '0'),
    weekday: String(wall.dayOfWeek),
    month: wall.toPlainDate().toString().slice(0, 7),
  };
  return groups[by]!;
}

const office = compileCalendar(officeHours(timeZone));
function countsOf(leads: readonly Lead[], within: number) {
  const tried = leads.filter(({ wallMinutes }) => wallMinutes !== null);
  const judged = leads.filter(
    ({ wallMinutes, started_at }) => wallMinutes !== null || office.elapsed(Date.parse(started_at), Date.now()) >= within * 60_000,
  );
  const inTime = tried.filter(({ workingMinutes }) => workingMinutes! <= within);
  return {
    leads: leads.length,
    attempted: tried.length,
    medianWorking: nearestRank(
      tried.map(({ workingMinutes }) => workingMinutes!),
      50,
    ),
    p90Working: nearestRank(
      tried.map(({ workingMinutes }) => workingMinutes!),
      90,
    ),
    medianWall: nearestRank(
      tried.map(({ wallMinutes }) => wallMinutes!),
      50,
    ),
    p90Wall: nearestRank(
      tried.map(({ wallMinutes }) => wallMinutes!),
      90,
    ),
    within: inTime.length,
    judged: judged.length,
    withinShare: judged.length === 0 ? null : inTime.length / judged.length,
  };
}
const pick = ({
  leads,
  attempted,
  medianWorking,
  p90Working,
  medianWall,
  p90Wall,
  within,
  judged,
  withinShare,
}: ReturnType<typeof countsOf>) => ({
  leads,
  attempted,
  medianWorking,
  p90Working,
  medianWall,
  p90Wall,
  within,
  judged,
  withinShare,
});

const daysAgo = (days: number) => Temporal.Now.plainDateISO(timeZone).subtract({ days }).toString();
const openSpeed = async ({ company: { database, workspaceId } }: World, url: string, more: Record<string, string> = {}) => {
  const query = { ...Object.fromEntries(new URL(url, 'http://x').searchParams), ...more };
  const ids: string[] = [];
  for (let cursor: string | null = ''; ; ) {
    const page = speedRecords.parse(await listSpeedRecords(database, workspaceId, speedRecordsAsk.parse({ ...query, limit: 60, cursor })));
    ids.push(...page.items.map(({ leadId }) => leadId));
    cursor = page.next;
    if (cursor === null) return { ids: ids.sort(), total: page.total };
  }
};

test('median, 90th percentile and share within T, by every grouping, as counted lead by lead; and every number opens', async () => {
  const world = await makeWorld();
  const { database, workspaceId } = world.company;
  for (const [start, end] of [
    [daysAgo(200), daysAgo(0)],
    [daysAgo(120), daysAgo(40)],
  ] as const) {
    const own = world.leads.filter(
      ({ started_at, archived_at }) => archived_at === null && dayOf(started_at) >= start && dayOf(started_at) <= end,
    );
    for (const by of speedGroupings) {
      const answer = speedAnswer.parse(await answerSpeed(database, workspaceId, speedAsk.parse({ start, end, by, within: 45 })));
      assert.deepEqual(pick(answer.total), countsOf(own, 45));
      const groups = by === 'none' ? new Map<string | null, Lead[]>() : Map.groupBy(own, (lead) => groupOf(by, lead, world));
      assert.deepEqual(
        new Map(answer.rows.map((row) => [row.group, pick(row)])),
        new Map([...groups].map(([group, leads]) => [group, countsOf(leads, 45)])),
        by,
      );
      for (const row of answer.rows.slice(0, 2)) {
        const leads = groups.get(row.group)!;
        assert.deepEqual(await openSpeed(world, row.recordsUrl), { ids: leads.map(({ id }) => id).sort(), total: row.leads });
        assert.equal((await openSpeed(world, row.recordsUrl, { which: 'within' })).total, row.within);
        assert.equal((await openSpeed(world, row.recordsUrl, { which: 'late' })).total, row.judged - row.within);
        assert.equal((await openSpeed(world, row.recordsUrl, { which: 'never' })).total, row.leads - row.attempted);
      }
    }
  }
});

test('the curve: old enough leads by time to the first attempt, each share opening into its leads', async () => {
  const world = await makeWorld();
  const { database, workspaceId } = world.company;
  const answer = await answerSpeed(database, workspaceId, speedAsk.parse({ start: daysAgo(200), end: daysAgo(0) }));
  const all = world.leads.filter(({ archived_at, started_at }) => archived_at === null && dayOf(started_at) >= daysAgo(200));
  const old = all.filter(({ started_at }) => Date.parse(started_at) < Date.now() - 60 * 86_400_000);
  assert.equal(answer.curve.censored, all.length - old.length);
  assert.equal(
    answer.curve.buckets.reduce((sum, { leads }) => sum + leads, 0),
    old.length,
  );
  for (const [at, bucket] of answer.curve.buckets.entries()) {
    const isNever = at === answer.curve.buckets.length - 1;
    const own = old.filter(({ wallMinutes }) =>
      isNever
        ? wallMinutes === null
        : wallMinutes !== null && (at === 0 || wallMinutes > bucket.fromMinutes) && wallMinutes <= (bucket.toMinutes ?? Infinity),
    );
    assert.deepEqual([bucket.leads, bucket.converted], [own.length, own.filter(({ sql_at }) => sql_at !== null).length], bucket.label);
    assert.deepEqual(await openSpeed(world, bucket.recordsUrl), { ids: own.map(({ id }) => id).sort(), total: own.length }, bucket.label);
  }
});

test('T is that of the first-attempt clause in force, else an hour; a lead without an attempt counts once T is over', async () => {
  const company = await companies.make({ timeZone });
  const ask = () => answerSpeed(company.database, company.workspaceId, speedAsk.parse({}));
  assert.equal((await ask()).withinMinutes, 60);
  await signVersion(company, [clause('first', { kind: 'firstAttempt', withinMinutes: 35 })], { effectiveFrom: '2026-01-01' });
  const answer = await ask();
  assert.equal(answer.withinMinutes, 35);
  assert.match(answer.notes.join(), /that of the clause “first”/);
  assert.deepEqual([answer.total.leads, answer.total.withinShare, answer.curve.enough], [0, null, false]);
  // Monday 2026-03-02, 09:20 in New York: 35 working minutes reach back to Friday 16:45.
  const monday = Temporal.PlainDateTime.from('2026-03-02T09:20').toZonedDateTime(timeZone).epochMilliseconds;
  assert.equal(
    latestStart(office, monday, 35 * 60_000),
    Temporal.PlainDateTime.from('2026-02-27T16:45').toZonedDateTime(timeZone).epochMilliseconds,
  );
});

test('who hands to whom: each pair, SDR and rep with medians, negative cycles and values; every number opens', async () => {
  const world = await makeWorld();
  const { database, workspaceId } = world.company;
  for (const asked of [{}, { start: daysAgo(250), end: daysAgo(70) }]) {
    const answer = matrixAnswer.parse(await answerMatrix(database, workspaceId, matrixAsk.parse(asked)));
    const all = world.leads.filter(
      ({ archived_at, mql_at }) =>
        archived_at === null && (!asked.start || (mql_at !== null && dayOf(mql_at) >= asked.start && dayOf(mql_at) <= asked.end!)),
    );
    assert.equal(
      answer.cells.reduce((sum, { leads }) => sum + leads, 0),
      all.length,
    );
    const rows = [
      ...answer.cells.map((cell) => ({
        ...cell,
        own: all.filter((lead) => lead.qualifier_id === (cell.sdr?.id ?? null) && lead.owner_id === (cell.rep?.id ?? null)),
      })),
      ...answer.sdrs.map((row) => ({ ...row, own: all.filter((lead) => lead.qualifier_id === (row.member?.id ?? null)) })),
      ...answer.reps.map((row) => ({ ...row, own: all.filter((lead) => lead.owner_id === (row.member?.id ?? null)) })),
    ];
    for (const row of rows) {
      const won = row.own.filter(({ won_at }) => won_at !== null);
      const days = won.flatMap(({ mql_at, opened_at, won_at }) => {
        const from = mql_at ?? opened_at;
        return from === null ? [] : [Temporal.PlainDate.from(dayOf(from)).until(dayOf(won_at!), { largestUnit: 'days' }).days];
      });
      const sums = new Map<string | null, bigint>();
      for (const { value, currency } of won) if (value !== null) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(value));
      const [medianDays, negative] = [nearestRank([...days], 50), days.filter((each) => each < 0).length];
      const { leads, sql, deals, won: wonCount, medianDaysToWon, negativeCycles } = row;
      assert.deepEqual(
        { leads, sql, deals, wonCount, medianDaysToWon, negativeCycles },
        {
          leads: row.own.length,
          sql: row.own.filter(({ sql_at }) => sql_at !== null).length,
          deals: row.own.filter(({ deal_at }) => deal_at !== null).length,
          wonCount: won.length,
          medianDaysToWon: medianDays,
          negativeCycles: negative,
        },
      );
      assert.deepEqual(new Map(row.values.map(({ currency, amount }) => [currency, BigInt(amount)])), sums);
      for (const [url, number] of [
        [row.recordsUrl, leads],
        [row.sqlUrl, sql],
        [row.dealsUrl, deals],
        [row.wonUrl, wonCount],
      ] as const)
        assert.equal(await countInList(world, url), number, url);
      const query = Object.fromEntries(new URL(row.negativeUrl, 'http://x').searchParams);
      assert.equal((await listMatrixRecords(database, workspaceId, matrixRecordsAsk.parse(query))).total, negative);
    }
  }
});

/** As the list of leads answers to the address. */
async function countInList({ company: { workspaceId, inside } }: World, url: string): Promise<number> {
  const filter = new URL(url, 'http://x').searchParams.get('filter');
  const { total } = await inside((tx) => countRecords(tx, workspaceId, 'lead', filter ? { filter: JSON.parse(filter) } : {}));
  return total;
}
