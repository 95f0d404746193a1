/** Clocks: a tick over as many open ones as there are leads, and how fast leads are followed. */

import { sql } from 'kysely';
import type { Clause, ClockMetric } from '#engine/agreement/clause.ts';
import { weekdays } from '#engine/calendar/calendar.ts';
import { projectLead } from '#engine/handoff/projection.ts';
import { climbLadders } from '#features/handoff/actions/climb-ladders.ts';
import { drainBacklog } from '#features/handoff/actions/drain-backlog.ts';
import { loadClockWorld } from '#features/handoff/queries/clock-world.ts';
import { loadLeadFacts } from '#features/handoff/queries/lead-facts.ts';
import { findSignedRules } from '#features/handoff/queries/signed-rules.ts';
import { noteAllLeads } from '#features/records/actions/changed-leads.ts';
import { newId } from '#platform/db/ids.ts';
import { company, type Company, filledCompany, newCompany, settle } from './support/company.ts';
import type { Ground } from './support/ground.ts';
import { repeat, rounded, timed } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';

const minute = 60_000;

export async function measureClocks(ground: Ground): Promise<Outcome> {
  const past = await measureFollowing(ground);
  const open = await measureTicks(ground);
  return {
    measured: `${ground.leads.toLocaleString('en')} leads with all that happened to them, and as many open clocks`,
    tables: [
      { title: 'following all leads of the company: four clauses of sales each', rows: past },
      { title: 'one tick over all open clocks of one workspace', rows: open },
    ],
    notes: ['A step that is taken is followed twice (is there evidence by now? what is the next step?), kept as a row and as a fact.'],
  };
}

// ── following ───────────────────────────────────────────────────────────────

async function measureFollowing(ground: Ground): Promise<Row[]> {
  const filled = await filledCompany(ground);
  await sign(filled, salesClauses, Date.parse(company.start), officeHours);
  const passed = await one(
    filled,
    sql`SELECT count(*)::float8 AS value FROM leads WHERE workspace_id = ${filled.workspaceId} AND mql_at IS NOT NULL`,
  );
  const first = await followed(ground, 'the first time: every clock is written', passed, () => follow(filled));
  await settle(filled);
  const again = await followed(ground, 'again: nothing differs', passed, () => follow(filled));
  return [first, again, await measureEngine(ground, filled)];
}

/** `leads` are MQLs: the others are looked at and left. */
async function followed(ground: Ground, what: string, leads: number, work: () => Promise<unknown> | void): Promise<Row> {
  ground.say(`clocks: ${what}`);
  const before = process.cpuUsage();
  const seconds = (await timed(async () => work())) / 1000;
  const { user, system } = process.cpuUsage(before);
  const computing = (user + system) / 1e6;
  return {
    what,
    MQLs: leads,
    seconds: rounded(seconds),
    'MQLs a second': Math.round(leads / seconds),
    'processor s, Node': rounded(computing),
    'MQLs a processor second': Math.round(leads / computing),
  };
}

async function follow({ database, workspaceId }: Company): Promise<void> {
  await database.inWorkspace(workspaceId, (tx) => noteAllLeads(tx, workspaceId));
  await drainBacklog(database, workspaceId);
}

/** The engine alone, over and over the same leads with what happened to them. */
async function measureEngine(ground: Ground, { database, workspaceId }: Company): Promise<Row> {
  const rounds = 50;
  return database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{
      id: string;
    }>`SELECT id FROM leads WHERE workspace_id = ${workspaceId}::uuid AND mql_at IS NOT NULL ORDER BY mql_at DESC LIMIT 2000`.execute(tx);
    const rules = (await findSignedRules(tx, workspaceId))!;
    const ids = rows.map(({ id }) => id);
    const leads = [...(await loadLeadFacts(tx, workspaceId, ids, rules)).values()];
    const reps = leads.flatMap(({ ownerId }) => ownerId ?? []);
    const world = await loadClockWorld(tx, workspaceId, rules.agreements, reps);
    for (const lead of leads) projectLead(lead, world);
    return followed(ground, 'the engine alone, facts in memory', rounds * leads.length, () => {
      for (let round = 0; round < rounds; round++) for (const lead of leads) projectLead(lead, world);
    });
  });
}

// ── ticks ───────────────────────────────────────────────────────────────────

/** One lead in a hundred has a step due at `now`; those of all others are to come. */
async function measureTicks(ground: Ground): Promise<Row[]> {
  const now = Date.now();
  const made = await newCompany(ground);
  const ladder = [
    { kind: 'remind', atPercent: 50 },
    { kind: 'manager', atPercent: 100 },
  ] as const;
  await sign(made, [clause({ kind: 'firstAttempt', withinMinutes: 60 }, { ladder })], now - 365 * 24 * 60 * minute, always);
  await passLeads(ground, made, now);
  ground.say('clocks: following the new leads');
  await follow(made);
  await settle(made);
  const { database, workspaceId } = made;
  const clocks = await one(
    made,
    sql`SELECT count(*)::float8 AS value FROM clocks WHERE workspace_id = ${workspaceId} AND next_step_at IS NOT NULL AND met_at IS NULL`,
  );
  const readDue = (at: number) =>
    database.inWorkspace(workspaceId, (tx) =>
      sql`SELECT lead_id, clause_key, next_step, next_step_at FROM clocks WHERE workspace_id = ${workspaceId}::uuid AND next_step_at <= to_timestamp(${at}::float8 / 1000)`.execute(
        tx,
      ),
    );
  const rows: Row[] = [];
  const timing = async (what: string, steps: number, runs: number, work: () => Promise<unknown>) => {
    ground.say(`clocks: ${what}`);
    if (runs === 1) {
      const ms = await timed(work);
      rows.push({
        what,
        'open clocks': clocks,
        steps,
        runs,
        'p50 ms': rounded(ms),
        'p95 ms': rounded(ms),
        'steps a second': Math.round((1000 * steps) / ms),
      });
      return;
    }
    const { medianMs, p95Ms } = await repeat(runs, work);
    rows.push({ what, 'open clocks': clocks, steps, runs, 'p50 ms': medianMs, 'p95 ms': p95Ms, 'steps a second': null });
  };
  const early = now - 60 * minute;
  await timing('a tick, nothing due', 0, 200, () => climbLadders(database, workspaceId, early));
  await timing('reading what is due by bare SQL, nothing due', 0, 200, () => readDue(early));
  const due = (await readDue(now)).rows.length;
  await timing('reading what is due by bare SQL', due, 20, () => readDue(now));
  await timing('a tick that takes them', due, 1, () => climbLadders(database, workspaceId, now));
  await timing('the next tick', 0, 50, () => climbLadders(database, workspaceId, now));
  return rows;
}

/** Leads of a few reps straight into the table, as an import of that size would leave them. */
async function passLeads(ground: Ground, { database, workspaceId }: Company, now: number): Promise<void> {
  ground.say(`clocks: passing ${ground.leads.toLocaleString('en')} leads`);
  await database.inWorkspace(
    workspaceId,
    async (tx) => {
      const reps = Array.from({ length: 50 }, newId);
      await sql`INSERT INTO members (workspace_id, id, name, side, role) SELECT ${workspaceId}::uuid, id, 'Rep ' || at, 'sales', CASE WHEN at = 1 THEN 'manager' ELSE 'member' END
      FROM unnest(${reps}::uuid[]) WITH ORDINALITY r(id, at)`.execute(tx);
      await sql`INSERT INTO leads (workspace_id, id, name, owner_id, opened_at, mql_at, recorded_at)
      SELECT ${workspaceId}::uuid, accord.new_id(), 'Lead ' || i, (${reps}::uuid[])[1 + i % ${reps.length}], passed.at, passed.at, to_timestamp(${now - 24 * 60 * minute}::float8 / 1000)
      FROM generate_series(1, ${ground.leads}::int) i, LATERAL (SELECT to_timestamp((${now}::float8 + CASE WHEN i % 100 = 0 THEN ${-45 * minute} ELSE i % 3600 * 1000 END) / 1000) AS at) passed`.execute(
        tx,
      );
    },
    { statementTimeout: 0 },
  );
}

// ── what is signed ──────────────────────────────────────────────────────────
// Also what other scenarios sign.

const everybody = { segments: [], channels: [], origins: [], teams: [] };
const clause = (metric: ClockMetric, more: Partial<Clause> = {}): Clause => ({
  ...{ key: metric.kind, side: 'sales', title: metric.kind, metric, targetPercent: 90, scope: everybody, calendar: 'rep' },
  ...{ excuses: [], ladder: [], consequence: '', ...more },
});
export const salesClauses = [
  clause(
    { kind: 'decision', withinMinutes: 480 },
    {
      ladder: [
        { kind: 'remind', atPercent: 75 },
        { kind: 'manager', atPercent: 100 },
      ],
    },
  ),
  clause(
    { kind: 'firstAttempt', withinMinutes: 60 },
    {
      ladder: [
        { kind: 'remind', atPercent: 50 },
        { kind: 'manager', atPercent: 100 },
      ],
    },
  ),
  clause({ kind: 'persistence', attempts: 6, withinDays: 10 }),
  clause({ kind: 'disposition', withinDays: 20 }),
];
const weekly = (intervals: [string, string][], days: readonly string[]) => Object.fromEntries(days.map((day) => [day, intervals]));
export const officeHours = {
  timeZone: company.timeZone,
  weekly: weekly(
    [
      ['09:00', '12:30'],
      ['13:30', '17:30'],
    ],
    weekdays.slice(0, 5),
  ),
};
const always = { timeZone: 'UTC', weekly: weekly([['00:00', '24:00']], weekdays) };

export async function sign(
  { database, workspaceId }: Company,
  clauses: readonly Clause[],
  effectiveAt: number,
  calendar: object,
): Promise<void> {
  const content = { preamble: '', clauses, reviewSamplePercent: 10, reachedOutcomes: ['connected', 'replied', 'held'] };
  const at = new Date(effectiveAt).toISOString();
  await database.inWorkspace(workspaceId, (tx) =>
    sql`INSERT INTO agreement_versions (workspace_id, id, number, status, content, calendars, effective_from, content_hash, proposed_at, signed_at)
      VALUES (${workspaceId}, ${newId()}, 1, 'signed', ${JSON.stringify(content)}::jsonb, ${JSON.stringify({ default: calendar })}::jsonb, ${at}::timestamptz::date, 'bench', ${at}::timestamptz, ${at}::timestamptz)
      ON CONFLICT (workspace_id, number) DO NOTHING`.execute(tx),
  );
}

async function one({ database, workspaceId }: Company, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await database.inWorkspace(workspaceId, (tx) => query.execute(tx));
  return (rows[0] as { value: number }).value;
}
