/** Attainment counted by the product against the same counted here, one lead at a time. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import Papa from 'papaparse';
import { attainmentAnswer, attainmentAsk, attainmentGroupings, attainmentRecordsAsk, clauseRecords } from '#features/agreement/contract.ts';
import { byteOrderMark } from '#engine/csv/write.ts';
import { newId } from '#platform/db/ids.ts';
import { addMembers, addRows, addTeams, clause, signVersion } from '#tests/support/agreed.ts';
import { openCompanies, type Company } from '#tests/reliability/company.ts';
import { attainmentCommand, evidenceCommand } from './commands.ts';
import { listAttainmentRecords } from './queries/attainment-records.ts';
import { answerAttainment } from './queries/attainment.ts';

const timeZone = 'Europe/Berlin';
let companies: Awaited<ReturnType<typeof openCompanies>>;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());

const first = clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 60 });
const decide = clause('decision', { kind: 'decision', withinMinutes: 480 }, { targetPercent: 50 });
const excuses = ['outage', 'other'] as const;
const volume = clause('volume', { kind: 'volume', leads: 60, period: 'month', tolerancePercent: 12.5 }, { targetPercent: 70, excuses });
const value = clause('value', {
  kind: 'value',
  amount: '3000000',
  currency: 'EUR',
  period: 'quarter',
  tolerancePercent: 20,
  valueOfLead: [
    { segment: 'SMB', amount: '12000' },
    { segment: null, amount: '30001' },
  ],
});
const complete = clause('completeness', { kind: 'completeness', fields: ['company', 'phone', 'custom.tier'] }, { excuses });
const context = clause('context', { kind: 'context', touches: 2, withinDays: 30 }, { excuses });
const quality = clause(
  'quality',
  { kind: 'quality' },
  { scope: { segments: ['SMB', 'Enterprise'], channels: [], origins: [], teams: [] }, excuses: ['other'] },
);

/** Only of leads that the team West has. */
const ofWest = (teams: Record<string, string>) =>
  clause(
    'of-west',
    { kind: 'completeness', fields: ['company'] },
    { scope: { segments: [], channels: [], origins: [], teams: [teams['West']!] } },
  );

interface Lead {
  id: string;
  mql_at: string | null;
  segment: string | null;
  channel: string | null;
  origin: string | null;
  owner_id: string | null;
  qualifier_id: string | null;
  campaign_id: string | null;
  contact_id: string | null;
  company: string | null;
  phone: string | null;
  custom: Record<string, string>;
  sal_at: string | null;
  rejected_at: string | null;
  archived_at: string | null;
}
interface StoredClock {
  lead_id: string;
  clause_key: string;
  version_id: string;
  member_id: string | null;
  started_at: string;
  due_at: string | null;
  met_at: string | null;
  excuse: string | null;
}
interface Touch {
  lead_id: string | null;
  contact_id: string | null;
  side: string;
  kind: string;
  occurred_at: string;
  voided_by: string | null;
}

interface World {
  company: Company;
  version: string;
  members: Record<string, string>;
  teams: Record<string, string>;
  campaigns: { id: string; owner_id: string | null }[];
  leads: Lead[];
  clocks: StoredClock[];
  touches: Touch[];
  contacts: { id: string; phone: string | null; merged_into: string | null }[];
  rejections: { lead_id: string; rejected_at: string; answer: string | null; ruling: string | null }[];
  excuses: Excuse[];
}
interface Excuse {
  kind: 'outage' | 'other' | 'leave';
  clause_key: string | null;
  lead_id: string | null;
  member_id: string | null;
  starts_at: string | null;
  ends_at: string | null;
  decision: 'granted' | 'refused' | null;
}

const minutes = (from: string, to: string) =>
  fc.integer({ min: Date.parse(from) / 60_000, max: Date.parse(to) / 60_000 }).map((at) => new Date(at * 60_000).toISOString());
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 3 });

/** One company of 300 leads with everything drawn by chance. */
async function makeWorld(): Promise<World> {
  const company = await companies.make({ timeZone });
  const members = await addMembers(company, [
    { name: 'Sam', side: 'sales' },
    { name: 'Sol', side: 'sales' },
    { name: 'Lea', side: 'leadership' },
  ]);
  const teams = await addTeams(company, { West: [members['Sam']!, members['Sol']!], East: [members['Sam']!] });
  const version = await signVersion(company, [first, decide, volume, value, complete, context, quality, ofWest(teams)], {
    effectiveFrom: '2026-02-10',
    timeZone,
    signedAt: '2026-02-01T00:00:00Z',
  });
  const people = Object.values(members);
  const campaigns = [company.memberId, null].map((owner_id) => ({ id: newId(), name: 'Fair', owner_id }));
  const survivor = { id: newId(), phone: '+49 30 1', merged_into: null };
  const contacts = [survivor, { id: newId(), phone: null, merged_into: null }, { id: newId(), phone: null, merged_into: survivor.id }];
  const anyLead = fc.record({
    mql_at: maybe(minutes('2026-01-20T00:00:00Z', '2026-06-05T00:00:00Z')),
    segment: fc.constantFrom(null, 'SMB', 'Enterprise', 'Other'),
    channel: fc.constantFrom(null, 'web'),
    origin: fc.constantFrom(null, 'unknown', 'paid'),
    owner_id: fc.constantFrom(null, ...people),
    qualifier_id: fc.constantFrom(null, null, ...people),
    campaign_id: fc.constantFrom(null, ...campaigns.map(({ id }) => id)),
    contact_id: fc.constantFrom(null, ...contacts.map(({ id }) => id)),
    company: maybe(fc.constant('Acme')),
    phone: maybe(fc.constant('+49 30 2')),
    custom: fc.constantFrom({}, { tier: 'A' } as Record<string, string>, { tier: 'B' } as Record<string, string>),
    sal_at: maybe(fc.constant('2026-06-01T00:00:00Z')),
    rejected_at: fc.constantFrom(null, null, '2026-06-02T00:00:00Z'),
    archived_at: fc.constantFrom(null, null, null, null, '2026-06-03T00:00:00Z'),
  });
  const sample = <T>(of: fc.Arbitrary<T>, count: number, seed: number): T[] => fc.sample(of, { numRuns: count, seed });
  const leads: Lead[] = sample(anyLead, 300, 1).map((lead) => ({ id: newId(), ...lead }));
  const anyClock = fc.record({
    member_id: fc.constantFrom(null, ...people),
    started_at: minutes('2026-02-10T00:00:00Z', '2026-06-01T00:00:00Z'),
    due_at: fc.oneof(
      { weight: 8, arbitrary: minutes('2026-02-10T00:00:00Z', '2026-06-01T00:00:00Z') },
      minutes('2098-01-01T00:00:00Z', '2098-02-01T00:00:00Z'),
      fc.constant(null),
    ),
    met_at: maybe(minutes('2026-02-10T00:00:00Z', '2026-06-01T00:00:00Z')),
    excuse: fc.constantFrom(null, null, null, 'leave'),
  });
  const clocks = leads.flatMap((lead, at) =>
    [first.key, decide.key].map((clause_key, side) => ({
      lead_id: lead.id,
      clause_key,
      version_id: version,
      ...sample(anyClock, 1, at * 2 + side)[0]!,
    })),
  );
  const anyTouch = fc.record({
    of: fc.integer({ min: 0, max: leads.length - 1 }),
    byContact: fc.boolean(),
    side: fc.constantFrom('marketing', 'customer', 'sales'),
    occurred_at: minutes('2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'),
    voided_by: fc.constantFrom(null, null, null, newId()),
  });
  const touches = sample(anyTouch, 900, 5).map(({ of, byContact, ...touch }) => ({
    ...touch,
    kind: 'email',
    lead_id: byContact ? null : leads[of]!.id,
    contact_id: leads[of]!.contact_id,
  }));
  const anyRejection = fc.record({
    of: fc.integer({ min: 0, max: 60 }),
    rejected_at: minutes('2026-05-01T00:00:00Z', '2026-06-01T00:00:00Z'),
    answer: fc.constantFrom(null, 'agreed', 'mended', 'contested'),
    ruling: fc.constantFrom(null, null, 'upheld', 'overturned'),
  });
  const rejections = sample(anyRejection, 60, 6).map(({ of, ...rejection }) => ({ lead_id: leads[of]!.id, ...rejection }));

  const anyTime = { lead_id: null, member_id: null, starts_at: '2026-03-09T23:00:00Z', ends_at: '2026-03-20T11:00:00Z' };
  const noTime = { member_id: null, starts_at: null, ends_at: null };
  const some = (key: string | null, kind: Excuse['kind'], more: object): Excuse =>
    ({ kind, clause_key: key, decision: 'granted', ...anyTime, ...more }) as Excuse;
  const granted: Excuse[] = [
    some(null, 'outage', {}),
    some('context', 'other', { starts_at: '2026-04-01T00:00:00Z', ends_at: '2026-04-20T00:00:00Z', member_id: company.memberId }),
    some('context', 'leave', { starts_at: '2026-05-01T00:00:00Z', ends_at: '2026-05-30T00:00:00Z' }),
    some('completeness', 'other', { starts_at: '2026-05-01T00:00:00Z', ends_at: '2026-05-30T00:00:00Z', decision: 'refused' }),
    ...leads.slice(0, 90).map(({ id }, at) => some(at % 2 ? 'quality' : null, 'other', { ...noTime, lead_id: id })),
  ];
  await addRows(
    company,
    'campaigns',
    campaigns.map((campaign) => ({ ...campaign, custom: {}, recorded_at: '2026-01-01T00:00:00Z', changed_xid: '1' })),
  );
  await addRows(
    company,
    'contacts',
    contacts.map((contact) => ({ ...contact, full_name: 'Ann', custom: {}, recorded_at: '2026-01-01T00:00:00Z', changed_xid: '1' })),
  );
  await addRows(
    company,
    'leads',
    leads.map((lead) => ({ ...lead, name: `=${lead.id.slice(-4)}`, recorded_at: '2026-01-01T00:00:00Z', changed_xid: '1' })),
  );
  await addRows(company, 'clocks', clocks);
  await addRows(
    company,
    'touches',
    touches.map((touch) => ({ ...touch, recorded_at: touch.occurred_at })),
  );
  await addRows(
    company,
    'rejections',
    rejections.map((rejection) => ({
      ...rejection,
      version_id: version,
      clauses: ['all.0'],
      comment: 'no budget',
      rejected_by: members['Sam'],
      was_accepted: false,
      in_sample: false,
    })),
  );
  await addRows(
    company,
    'excuses',
    granted.map((excuse) => ({
      ...excuse,
      side: 'marketing',
      reason: 'agreed',
      asked_by: company.memberId,
      asked_at: '2026-06-01T00:00:00Z',
      decided_at: '2026-06-01T00:00:00Z',
    })),
  );
  return { company, version, members, teams, campaigns, leads, clocks, touches, contacts, rejections, excuses: granted };
}

// ── counted here ────────────────────────────────────────────────────────────

interface Unit {
  leadId: string;
  clause: string;
  group: string | null;
  state: 'compliant' | 'late' | 'missed' | 'excused' | 'open';
}
type Asked = ReturnType<typeof attainmentAsk.parse>;

const dayOf = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();
const isWithin = (instant: string, { start, end }: Asked) => dayOf(instant).toString() >= start! && dayOf(instant).toString() <= end!;

function groupOf(by: Asked['by'], at: string, lead: Lead, member: string | null, world: World): string | null {
  const day = dayOf(at);
  if (by === 'segment' || by === 'channel' || by === 'origin') return lead[by];
  if (by === 'person') return member;
  if (by === 'team') return teamOf(member, world);
  if (by === 'month') return day.toString().slice(0, 7);
  if (by === 'week') return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`;
  return null;
}
/** Sam is in East and West: East comes first. */
const teamOf = (member: string | null, { members, teams }: World): string | null =>
  member === members['Sam'] ? teams['East']! : member === members['Sol'] ? teams['West']! : null;

const passes = (asked: Asked, lead: Lead, member: string | null, world: World): boolean =>
  (asked.memberId === undefined || member === asked.memberId) &&
  (asked.teamId === undefined || teamOf(member, world) === asked.teamId) &&
  (asked.segment === undefined || lead.segment === asked.segment);

function clockUnits(world: World, asked: Asked): Unit[] {
  return world.clocks.flatMap((clock) => {
    const lead = world.leads.find(({ id }) => id === clock.lead_id)!;
    if (clock.due_at === null || !isWithin(clock.due_at, asked) || !passes(asked, lead, clock.member_id, world)) return [];
    const isDue = Date.parse(clock.due_at) <= Date.now();
    const state = !isDue
      ? 'open'
      : clock.excuse
        ? 'excused'
        : clock.met_at === null
          ? 'missed'
          : Date.parse(clock.met_at) <= Date.parse(clock.due_at)
            ? 'compliant'
            : 'late';
    return [{ leadId: lead.id, clause: clock.clause_key, group: groupOf(asked.by, clock.due_at, lead, clock.member_id, world), state }];
  });
}

function leadUnits(world: World, asked: Asked): Unit[] {
  return passed(world, asked).flatMap((lead) => {
    const member = world.campaigns.find(({ id }) => id === lead.campaign_id)?.owner_id ?? null;
    if (!passes(asked, lead, member, world)) return [];
    const unit = (key: string, state: Unit['state']) => ({
      leadId: lead.id,
      clause: key,
      group: groupOf(asked.by, lead.mql_at!, lead, member, world),
      state: state === 'missed' && isExcused(world, key, lead, member) ? ('excused' as const) : state,
    });
    const contact = world.contacts.find(({ id }) => id === lead.contact_id);
    const person = contact?.merged_into ? world.contacts.find(({ id }) => id === contact.merged_into) : contact;
    const isComplete = lead.company !== null && (lead.phone ?? person?.phone ?? null) !== null && lead.custom['tier'] !== undefined;
    const units = [
      unit(complete.key, isComplete ? 'compliant' : 'missed'),
      unit(context.key, seenBefore(world, lead) >= 2 ? 'compliant' : 'missed'),
    ];
    const holder = lead.qualifier_id ?? lead.owner_id;
    if (holder === world.members['Sam'] || holder === world.members['Sol'])
      units.push(unit('of-west', lead.company === null ? 'missed' : 'compliant'));
    return lead.segment === 'SMB' || lead.segment === 'Enterprise' ? [...units, unit(quality.key, qualityOf(world, lead))] : units;
  });
}

const kindsOf: Record<string, readonly string[]> = { completeness: excuses, context: excuses, quality: ['other'], 'of-west': [] };
const isExcused = ({ excuses: all }: World, key: string, lead: Lead, member: string | null): boolean =>
  all.some(
    (excuse) =>
      excuse.decision === 'granted' &&
      kindsOf[key]!.includes(excuse.kind) &&
      (excuse.clause_key ?? key) === key &&
      (excuse.lead_id ?? lead.id) === lead.id &&
      (excuse.member_id ?? member) === member &&
      (excuse.starts_at === null || Date.parse(excuse.starts_at) <= Date.parse(lead.mql_at!)) &&
      (excuse.ends_at === null || Date.parse(excuse.ends_at) > Date.parse(lead.mql_at!)),
  );

const passed = ({ leads }: World, asked: Asked): Lead[] =>
  leads.filter(
    ({ mql_at, archived_at }) =>
      mql_at !== null && archived_at === null && isWithin(mql_at, asked) && dayOf(mql_at).toString() >= '2026-02-10',
  );

function seenBefore({ touches }: World, lead: Lead): number {
  const at = Date.parse(lead.mql_at!);
  return touches.filter(
    (touch) =>
      (touch.lead_id === lead.id || (touch.lead_id === null && touch.contact_id !== null && touch.contact_id === lead.contact_id)) &&
      touch.side !== 'sales' &&
      touch.voided_by === null &&
      Date.parse(touch.occurred_at) <= at &&
      Date.parse(touch.occurred_at) >= at - 30 * 86_400_000,
  ).length;
}

function qualityOf({ rejections }: World, lead: Lead): Unit['state'] {
  const own = rejections
    .filter(({ lead_id }) => lead_id === lead.id)
    .sort((one, other) => (one.rejected_at < other.rejected_at ? 1 : -1))[0];
  if (own) return (own.ruling === null ? own.answer === 'mended' : own.ruling === 'overturned') ? 'compliant' : 'missed';
  if (lead.rejected_at) return 'missed';
  return lead.sal_at ? 'compliant' : 'open';
}

const countsOf = (units: readonly Pick<Unit, 'state'>[]) => {
  const count = (state: Unit['state']) => units.filter((unit) => unit.state === state).length;
  const due = units.length - count('excused') - count('open');
  return {
    due,
    compliant: count('compliant'),
    late: count('late'),
    missed: count('missed'),
    excused: count('excused'),
    open: count('open'),
    attainment: due === 0 ? null : count('compliant') / due,
  };
};
const pick = ({ due, compliant, late, missed, excused, open, attainment }: ReturnType<typeof countsOf>) => ({
  due,
  compliant,
  late,
  missed,
  excused,
  open,
  attainment,
});

// ── held against each other ─────────────────────────────────────────────────

const days = fc.constantFrom(
  '2026-01-01',
  '2026-02-10',
  '2026-02-15',
  '2026-03-28',
  '2026-03-29',
  '2026-04-30',
  '2026-05-31',
  '2098-06-30',
);
const anyAsk = ({ members, teams, company }: World) =>
  fc
    .record({
      by: fc.constantFrom(...attainmentGroupings),
      period: fc.tuple(days, days),
      memberId: fc.option(fc.constantFrom(members['Sam']!, company.memberId), { nil: undefined, freq: 3 }),
      teamId: fc.option(fc.constantFrom(...Object.values(teams)), { nil: undefined, freq: 3 }),
      segment: fc.option(fc.constant('SMB'), { nil: undefined, freq: 3 }),
    })
    .map(({ by, period, ...filters }) => {
      const [start, end] = period.toSorted();
      return attainmentAsk.parse({
        by,
        start,
        end,
        ...Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)),
      });
    });

test('every count of every clause, by every grouping and filter, is the one counted lead by lead', async () => {
  const world = await makeWorld();
  const whole = attainmentAsk.parse({ start: '2026-01-01', end: '2026-06-30' });
  for (const key of ['completeness', 'context', 'quality'])
    assert.ok(
      leadUnits(world, whole).some((unit) => unit.clause === key && unit.state === 'excused'),
      `${key} has excused leads`,
    );
  const { database, workspaceId } = world.company;
  await fc.assert(
    fc.asyncProperty(anyAsk(world), async (asked) => {
      const answer = attainmentAnswer.parse(await answerAttainment(database, workspaceId, asked));
      const units = [...clockUnits(world, asked), ...leadUnits(world, asked)];
      for (const found of answer.clauses.filter(({ pace }) => pace === null)) {
        const own = units.filter((unit) => unit.clause === found.key);
        assert.deepEqual(pick(found), countsOf(own), found.key);
        const groups = ['none', 'side', 'clause'].includes(asked.by)
          ? new Map<string | null, Unit[]>()
          : Map.groupBy(own, ({ group }) => group);
        assert.deepEqual(
          new Map(found.rows.map((row) => [row.group, pick(row)])),
          new Map([...groups].map(([group, each]) => [group, countsOf(each)])),
          `${found.key} by ${asked.by}`,
        );
      }
      assert.deepEqual(new Set(units.map(({ clause: key }) => key)).difference(new Set(answer.clauses.map(({ key }) => key))).size, 0);
    }),
    { numRuns: 60 },
  );
});

const allWhich = ['due', 'compliant', 'late', 'missed', 'excused', 'open'] as const;

test('every number opens into exactly its leads, page by page', async () => {
  const world = await makeWorld();
  const { database, workspaceId } = world.company;
  const open = async (url: string, which: string, limit = 200): Promise<{ ids: string[]; total: number | null }> => {
    const query = Object.fromEntries(new URL(url, 'http://x').searchParams);
    const ids: string[] = [];
    for (let cursor: string | null = '', total: number | null = null; ; ) {
      const page = clauseRecords.parse(
        await listAttainmentRecords(database, workspaceId, attainmentRecordsAsk.parse({ ...query, which, limit, cursor })),
      );
      ids.push(...page.items.map(({ leadId }) => leadId));
      ({ next: cursor, total } = page);
      if (cursor === null) return { ids, total };
    }
  };
  for (const by of ['person', 'week', 'segment'] as const) {
    const asked = attainmentAsk.parse({ start: '2026-02-15', end: '2026-05-31', by });
    const units = [...clockUnits(world, asked), ...leadUnits(world, asked)];
    const answer = await answerAttainment(database, workspaceId, asked);
    for (const found of answer.clauses.filter(({ pace }) => pace === null))
      for (const row of [{ ...found, group: undefined }, ...found.rows.slice(-2)])
        for (const which of row.group === undefined ? allWhich : (['due', 'missed'] as const)) {
          const own = units.filter(
            (unit) =>
              unit.clause === found.key &&
              (row.group === undefined || unit.group === row.group) &&
              (which === 'due' ? !['excused', 'open'].includes(unit.state) : unit.state === which),
          );
          const opened = await open(row.recordsUrl, which, which === 'due' ? 20 : 200);
          assert.equal(opened.total, row[which]);
          assert.deepEqual(opened.ids.toSorted(), own.map(({ leadId }) => leadId).sort(), `${found.key} ${row.group} ${which}`);
        }
  }
});

test('paces are kept day by day of the workspace, from the day the version took effect', async () => {
  const world = await makeWorld();
  const asked = attainmentAsk.parse({ start: '2026-02-01', end: '2026-05-31', by: 'month' });
  const answer = await answerAttainment(world.company.database, world.company.workspaceId, asked);
  const shown = answer.clauses.find(({ key }) => key === 'volume')!;
  const came = passed(world, attainmentAsk.parse({ start: '2026-02-01', end: '2026-06-30' }));
  const expected: Record<string, { compliant: number; due: number; excused: number }> = {};
  for (const month of ['2026-02', '2026-03', '2026-04', '2026-05']) {
    const begin = Temporal.PlainDate.from(`${month}-01`);
    const all = Array.from({ length: begin.daysInMonth }, (_, at) => begin.add({ days: at }));
    const working = all.filter(({ dayOfWeek }) => dayOfWeek < 6);
    const counted = working.filter((day) => day.toString() >= '2026-02-10');
    const kept = counted.filter((day, at) => {
      const actual = came.filter(
        ({ mql_at }) => dayOf(mql_at!).toString() <= day.toString() && dayOf(mql_at!).toString().startsWith(month),
      ).length;
      // |actual − 60 · (at + 1) ÷ working| ≤ 12.5 % of the part's 60 · counted ÷ working, multiplied out
      return Math.abs(actual * working.length - 60 * (at + 1)) * 1000 <= 125 * 60 * counted.length;
    });
    // An outage from midnight of 10 March to noon of 20 March, in Berlin.
    const excused = counted.filter((day) => !kept.includes(day) && day.toString() >= '2026-03-10' && day.toString() <= '2026-03-20');
    expected[month] = { compliant: kept.length, due: counted.length - excused.length, excused: excused.length };
  }
  assert.deepEqual(
    Object.fromEntries(shown.rows.map(({ group, compliant, due, excused }) => [group, { compliant, due, excused }])),
    expected,
  );
  assert.deepEqual(
    shown.pace!.periods.map(({ label, start, end, target }) => [label, start, end, target]),
    [
      ['2026-02', '2026-02-10', '2026-02-28', '42'],
      ['2026-03', '2026-03-01', '2026-03-31', '60'],
      ['2026-04', '2026-04-01', '2026-04-30', '60'],
      ['2026-05', '2026-05-01', '2026-05-31', '60'],
    ],
  );
  const ofValue = answer.clauses.find(({ key }) => key === 'value')!;
  const worth = came
    .filter(({ mql_at }) => dayOf(mql_at!).toString() <= '2026-03-31')
    .reduce((sum, { segment }) => sum + (segment === 'SMB' ? 12_000n : 30_001n), 0n);
  assert.equal(ofValue.pace!.periods[0]!.actual, String(worth));
  assert.equal(ofValue.pace!.currency, 'EUR');
  const opened = await listAttainmentRecords(
    world.company.database,
    world.company.workspaceId,
    attainmentRecordsAsk.parse(Object.fromEntries(new URL(shown.rows[1]!.recordsUrl, 'http://x').searchParams)),
  );
  assert.equal(opened.total, Number(shown.pace!.periods[1]!.actual), 'a month of a pace opens into the leads that counted');
});

test('whether a clause is kept, what its side adds up to, its trend, and before there was any agreement', async () => {
  const world = await makeWorld();
  const { database, workspaceId } = world.company;
  const asked = attainmentAsk.parse({ start: '2026-05-01', end: '2026-05-31' });
  const answer = await answerAttainment(database, workspaceId, asked);
  for (const found of answer.clauses) assert.equal(found.kept, found.due === 0 ? null : found.attainment! * 100 >= found.targetPercent);
  const sales = answer.sides.find(({ side }) => side === 'sales')!;
  const own = answer.clauses.filter(({ side }) => side === 'sales');
  assert.equal(
    sales.due,
    own.reduce((sum, { due }) => sum + due, 0),
  );
  assert.equal(sales.kept + sales.broken, own.length);
  const trend = own[0]!.trend;
  assert.deepEqual(
    trend.map(({ month }) => month),
    ['2026-02', '2026-03', '2026-04', '2026-05'],
  );
  assert.deepEqual(pick(trend.at(-1)!), pick(own[0]!));
  const before = await answerAttainment(database, workspaceId, attainmentAsk.parse({ start: '2025-01-01', end: '2025-12-31' }));
  assert.deepEqual(before.clauses, []);
  const nothing = await companies.make();
  const empty = await answerAttainment(nothing.database, nothing.workspaceId, attainmentAsk.parse({}));
  assert.deepEqual([empty.clauses, empty.notes], [[], ['No agreement was signed by then: nothing is owed.']]);
  await assert.rejects(
    answerAttainment(database, workspaceId, attainmentAsk.parse({ start: '2026-05-02', end: '2026-05-01' })),
    /before it starts/,
  );
});

test('the evidence of a period as CSV: a line a clock and lead, a line a working day of a pace, safe to open', async () => {
  const world = await makeWorld();
  const lines: string[] = [];
  const io = { ...silent(world.company), out: (line: string) => void lines.push(`${line}\n`) };
  const values = { start: '2026-04-01', end: '2026-04-30' };
  assert.equal(await evidenceCommand.run({ values, positionals: [] }, io as never), 0);
  const text = lines.join('');
  assert.ok(text.startsWith(byteOrderMark));
  const { data } = Papa.parse<Record<string, string>>(text.slice(1), { header: true, skipEmptyLines: true });
  const asked = attainmentAsk.parse({ ...values, by: 'none' });
  const answer = await answerAttainment(world.company.database, world.company.workspaceId, asked);
  for (const found of answer.clauses) {
    const own = data.filter((line) => line['Clause'] === found.title);
    assert.equal(own.length, found.due + found.excused + found.open, found.key);
    assert.equal(own.filter((line) => line['State'] === 'kept').length, found.compliant);
    assert.equal(own.filter((line) => line['State'] === 'missed').length, found.missed);
    assert.equal(own.filter((line) => line['State'] === 'excused' && line['Excuse'] !== '').length, found.excused);
  }
  assert.ok(
    data.filter((line) => line['Lead'] !== '').every((line) => line['Lead']!.startsWith("'=")),
    'names that a spreadsheet would run are neutralised',
  );
});

test('the command line says the same', async () => {
  const world = await makeWorld();
  const lines: string[] = [];
  const io = { ...silent(world.company), json: true, out: (line: string) => void lines.push(line) };
  const values = { start: '2026-03-01', end: '2026-03-31', by: 'team', side: 'sales' };
  assert.equal(await attainmentCommand.run({ values, positionals: [] }, io as never), 0);
  const answer = await answerAttainment(world.company.database, world.company.workspaceId, attainmentAsk.parse(values));
  assert.deepEqual(JSON.parse(lines[0]!).clauses, JSON.parse(JSON.stringify(answer.clauses)));
  lines.length = 0;
  await attainmentCommand.run({ values, positionals: [] }, { ...io, json: false } as never);
  assert.match(lines.join('\n'), /first-attempt .* 90 %/);
  await assert.rejects(attainmentCommand.run({ values: { by: 'planet' }, positionals: [] }, io as never), /--by/);
});

const silent = ({ database, workspaceId }: Company) => ({
  database,
  workspaceId,
  json: false,
  watched: false,
  err: () => {},
  progress: () => {},
});
