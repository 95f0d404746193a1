/** History that was imported gives the clocks it would have given live. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Papa from 'papaparse';
import { writeSimulation } from '#features/simulate/commands.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import { recordTouch } from '#features/records/actions/record-touch.ts';
import { clause, officeHours } from '#tests/support/agreed.ts';
import { type FollowedCompany, openFollowed } from '#tests/support/following.ts';

let companies: Awaited<ReturnType<typeof openFollowed>>;
let folder: string;
before(async () => {
  companies = await openFollowed();
  folder = await mkdtemp(join(tmpdir(), 'accord-history-'));
  await writeSimulation({ seed: 5, months: 2, leads: 30, start: '2026-01-01', folder });
});
after(async () => {
  await companies.close();
  await rm(folder, { recursive: true, force: true });
});

const clauses = [
  clause('decision', { kind: 'decision', withinMinutes: 480 }),
  clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 60 }, { excuses: ['overVolume'] }),
  clause('persistence', { kind: 'persistence', attempts: 4, withinDays: 6 }),
  clause('disposition', { kind: 'disposition', withinDays: 15 }),
  clause('volume', { kind: 'volume', leads: 4, period: 'month', tolerancePercent: 10 }),
];
const calendar = officeHours('Europe/Berlin');

type Row = Record<string, string>;
const rowsOf = async (file: string): Promise<Row[]> =>
  Papa.parse<Row>(await readFile(join(folder, file), 'utf8'), { header: true, skipEmptyLines: true }).data;
const stated = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);

/** One thing that happened to a lead, in its own moment. */
interface Event {
  readonly at: string;
  happen(): Promise<unknown>;
}

const stages = {
  MQL: 'mqlAt',
  SAL: 'salAt',
  SQL: 'sqlAt',
  'Deal opened': 'dealAt',
  Won: 'wonAt',
  Lost: 'lostAt',
  Rejected: 'rejectedAt',
  Recycled: 'recycledAt',
  Disqualified: 'disqualifiedAt',
};

/** Everything in the files, one after the other as it happened, by the actions that people and programs use. */
async function replay(company: FollowedCompany): Promise<void> {
  const members = new Map(
    (await company.rows<{ email: string; id: string }>('SELECT email, id FROM members WHERE workspace_id = :ws')).map(({ email, id }) => [
      email,
      id,
    ]),
  );
  const ids = new Map<string, string>();
  const change = (sets: Record<string, unknown>, lead: Row, at: string) =>
    company.inside((tx) =>
      recordFields(tx, company.workspaceId, { kind: 'lead', id: ids.get(lead['Lead ID']!), sets, memberId: null, occurredAt: at }),
    );
  const events: Event[] = [];
  for (const lead of await rowsOf('leads.csv')) {
    const opened = lead['Created (inquiry)']!;
    const ownerId = members.get(lead['Rep']!) ?? null;
    const sets = {
      name: lead['Name'],
      email: stated(lead['E-mail']),
      segment: stated(lead['Segment']),
      origin: stated(lead['Origin']),
      openedAt: opened,
      ownerId,
      qualifierId: members.get(lead['SDR']!) ?? null,
    };
    events.push({ at: opened, happen: async () => void ids.set(lead['Lead ID']!, (await change(sets, lead, opened)).id) });
    for (const [column, field] of Object.entries(stages))
      if (stated(lead[column])) events.push({ at: lead[column]!, happen: () => change({ [field]: lead[column] }, lead, lead[column]!) });
  }
  for (const row of await rowsOf('touches.csv')) {
    if (!stated(row['Lead ID'])) continue;
    const touch = () => ({
      ...{
        occurredAt: row['When'],
        side: row['Side'],
        kind: row['Kind'],
        direction: stated(row['Direction']),
        automated: row['Automated'] === 'true',
      },
      ...{
        outcome: stated(row['Outcome']),
        subject: stated(row['Subject']),
        memberId: members.get(row['Who']!) ?? null,
        leadId: ids.get(row['Lead ID']!),
      },
    });
    // Before the inquiry there is no lead yet that the touch could be recorded on.
    const record = () => company.inside((tx) => recordTouch(tx, company.workspaceId, touch(), null));
    events.push({ at: row['When']!, happen: async () => ids.has(row['Lead ID']!) && record() });
  }
  events.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  for (const [number, event] of events.entries()) {
    await event.happen();
    if (number % 12 === 0) await company.follow();
  }
  await company.follow();
}

/** Named by what both companies know. */
const clocksOf = (company: FollowedCompany) =>
  company.rows(`SELECT l.email, l.opened_at, c.clause_key, m.email AS rep, c.started_at, c.due_at, c.met_at, c.evidence_kind, c.working_ms, c.wall_ms, c.excuse
    FROM clocks c JOIN leads l ON l.workspace_id = :ws AND l.id = c.lead_id LEFT JOIN members m ON m.workspace_id = :ws AND m.id = c.member_id
    WHERE c.workspace_id = :ws ORDER BY 1, 2, 3`);
const handoffsOf = (company: FollowedCompany) =>
  company.rows(`SELECT l.email, h.state, m.email AS owner, h.decided_at, h.started_at, h.first_attempt_at, h.attempts, h.last_attempt_at, h.working_ms, h.next_due_at, h.next_clause
    FROM handoffs h JOIN leads l ON l.workspace_id = :ws AND l.id = h.lead_id LEFT JOIN members m ON m.workspace_id = :ws AND m.id = h.owner_id
    WHERE h.workspace_id = :ws ORDER BY l.email, l.opened_at`);

test('a company imported at once has the clocks and states of one that was lived touch by touch', async () => {
  const [imported, lived] = [await companies.make(), await companies.make()];
  for (const company of [imported, lived]) await company.sign(clauses, { effectiveAt: Date.UTC(2026, 0, 1), calendar });
  await imported.import([folder]);
  await imported.follow();
  await lived.import([join(folder, 'members.csv')]);
  await replay(lived);
  const clocks = await clocksOf(imported);
  assert.ok(clocks.length > 30, `${clocks.length} clocks`);
  for (const column of ['met_at', 'excuse', 'due_at'])
    assert.ok(
      clocks.some((clock) => clock[column] !== null),
      column,
    );
  assert.deepEqual(await clocksOf(lived), clocks);
  assert.deepEqual(await handoffsOf(lived), await handoffsOf(imported));
  for (const company of [imported, lived]) assert.deepEqual([...(await company.strays()), ...(await company.differences())], []);
});

test('signed after the import, it is the same', async () => {
  const [before_, after_] = [await companies.make(), await companies.make()];
  await before_.sign(clauses, { effectiveAt: Date.UTC(2026, 0, 1), calendar });
  for (const company of [before_, after_]) await company.import([folder]);
  await after_.follow();
  assert.deepEqual(await clocksOf(after_), []);
  await after_.sign(clauses, { effectiveAt: Date.UTC(2026, 0, 1), signedAt: Date.now(), calendar });
  for (const company of [before_, after_]) await company.follow();
  assert.deepEqual(await clocksOf(after_), await clocksOf(before_));
  assert.equal(await after_.value('SELECT count(*) FROM clocks WHERE workspace_id = :ws AND next_step_at IS NOT NULL'), '0');
});
