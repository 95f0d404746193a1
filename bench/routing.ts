/** Routing: decisions by the engine alone, and to the end on PostgreSQL, in batches, one after the other and eight at once. */

import { sql } from 'kysely';
import { type Desk, followRoute, planRoute, type RoutingPlan } from '#engine/handoff/route.ts';
import type { Rep, Rotation } from '#engine/handoff/rotation.ts';
import type { RuleRecord } from '#engine/rules/reading.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { routeLeads } from '#features/handoff/actions/route-lead.ts';
import { routingContent } from '#features/handoff/contract.ts';
import { newId } from '#platform/db/ids.ts';
import { company, type Company, filledCompany } from './support/company.ts';
import type { Ground } from './support/ground.ts';
import { rounded, timed } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';

const reps = 200;
const rules = 20;
const batch = 2_000;

export async function measureRouting(ground: Ground): Promise<Outcome> {
  ground.say('routing: the engine alone');
  const alone = [measureEngine('leads no rule holds for', 'none'), measureEngine('leads the last rule holds for', `${rules - 1}`)];
  const filled = await filledCompany(ground);
  await setUp(filled);
  const whole: Row[] = [];
  const measure = async (how: string, leads: number, route: (ids: string[]) => Promise<void>) => {
    ground.say(`routing: ${how}`);
    const ids = await newMqls(filled, leads);
    const seconds = (await timed(() => route(ids))) / 1000;
    whole.push({ how, leads, seconds: rounded(seconds, 2), 'leads a second': Math.round(leads / seconds) });
  };
  const one = (id: string) =>
    filled.database.inWorkspace(filled.workspaceId, (tx) => routeLeads(tx, filled.workspaceId, [id], { kind: 'routed' }));
  await measure('warming up', batch, (ids) => inBatches(filled, ids));
  await measure(`in batches of ${batch.toLocaleString('en')}`, batch * 10, (ids) => inBatches(filled, ids));
  await measure('one after the other, a transaction each', 1_000, async (ids) => {
    for (const id of ids) await one(id);
  });
  await measure('eight at once to one team, a transaction each', 2_000, async (ids) => {
    await Promise.all(
      Array.from({ length: 8 }, async (_, lane) =>
        oneByOne(
          ids.filter((_, at) => at % 8 === lane),
          one,
        ),
      ),
    );
  });
  return {
    measured: `${rules} rules, a team of ${reps} reps with limits, beside ${ground.leads.toLocaleString('en')} leads`,
    tables: [
      { title: 'the engine alone', rows: alone },
      { title: 'to the end: rules, accounts, turns held, owner, fact, reasons kept', rows: whole.slice(1) },
    ],
    notes: [await sharesTold(filled)],
  };
}

async function oneByOne(ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<void> {
  for (const id of ids) await work(id);
}

async function inBatches({ database, workspaceId }: Company, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += batch)
    await database.inWorkspace(workspaceId, (tx) => routeLeads(tx, workspaceId, ids.slice(at, at + batch), { kind: 'routed' }));
}

const ruleOf = (at: number): Rule => ({
  all: [
    { of: 'lead', field: 'country', is: 'in', value: [`${at}`, `x${at}`] },
    { of: 'lead', field: 'segment', is: 'notBlank' },
  ],
});

// ── the engine alone ────────────────────────────────────────────────────────

function measureEngine(which: string, country: string): Row {
  const at = Date.UTC(2026, 2, 30, 8);
  const record: RuleRecord = {
    reading: { timeZone: company.timeZone, currency: company.currency, typeOf: () => 'text', sameAs: (id) => [id] },
    lead: { country, segment: 'SMB' },
    account: null,
    contact: null,
    touches: [],
    stages: {},
    revenue: [],
  };
  const to = { teamId: 'team', memberId: null };
  const plan: RoutingPlan = {
    accountOwnerKeeps: true,
    rules: Array.from({ length: rules }, (_, rule) => ({ name: `Rule ${rule}`, when: ruleOf(rule), to })),
    otherwise: to,
    labels: {},
  };
  const desk = deskAt(at);
  const decide = () => followRoute(planRoute({ record, accounts: [] }, plan, at), desk);
  for (let lead = 0; lead < 5_000; lead++) decide();
  const leads = 50_000;
  const start = performance.now();
  for (let lead = 0; lead < leads; lead++) decide();
  const milliseconds = performance.now() - start;
  return {
    which,
    leads,
    'µs a decision': rounded((milliseconds / leads) * 1000),
    'decisions a second': Math.round((leads / milliseconds) * 1000),
  };
}

function deskAt(at: number): Desk {
  const everybody = Array.from({ length: reps }, (_, rep): Rep => {
    const isOff = rep % 4 === 0;
    return {
      id: `rep${rep}`,
      name: `Rep ${rep}`,
      weight: 1 + (rep % 3),
      capacity: null,
      open: 0,
      away: null,
      opensAt: isOff ? at + 3_600_000 : at,
    };
  });
  const rotation: Rotation = { name: 'Team', reps: everybody, turns: new Map() };
  return {
    reps: new Map(everybody.map((rep) => [rep.id, rep])),
    rotations: new Map([['team', rotation]]),
    terms: { at, workingHoursOnly: true, catchUpLeads: 2, timeZone: company.timeZone },
  };
}

// ── on PostgreSQL ───────────────────────────────────────────────────────────

/** A team of so many reps, a routing with limits for all of them, and what they have open already. */
async function setUp({ database, workspaceId }: Company): Promise<void> {
  const [teamId, versionId] = [newId(), newId()];
  const members = Array.from({ length: reps }, () => newId());
  const to = { teamId, memberId: null };
  const content = routingContent.parse({
    rules: Array.from({ length: rules }, (_, rule) => ({ name: `Rule ${rule}`, when: ruleOf(rule), to })),
    otherwise: to,
    members: members.map((memberId) => ({ memberId, capacity: 300 })),
  });
  await database.inWorkspace(workspaceId, async (tx) => {
    await sql`INSERT INTO members (workspace_id, id, name, side, role) SELECT ${workspaceId}::uuid, id, 'Rep ' || n, 'sales', 'member'
      FROM unnest(${members}::uuid[]) WITH ORDINALITY AS m(id, n)`.execute(tx);
    await sql`INSERT INTO teams (workspace_id, id, name, side) VALUES (${workspaceId}::uuid, ${teamId}::uuid, 'Team of the benchmark', 'sales')`.execute(
      tx,
    );
    await sql`INSERT INTO team_members (workspace_id, team_id, member_id) SELECT ${workspaceId}::uuid, ${teamId}::uuid, unnest(${members}::uuid[])`.execute(
      tx,
    );
    await sql`INSERT INTO routing_versions (workspace_id, id, number, content, effective_at)
      SELECT ${workspaceId}::uuid, ${versionId}::uuid, coalesce(max(number), 0) + 1, ${JSON.stringify(content)}::jsonb, now() - interval '1 day'
      FROM routing_versions WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
    await sql`INSERT INTO handoffs (workspace_id, lead_id, state, owner_id)
      SELECT ${workspaceId}::uuid, accord.new_id(), 'accepted', (${members}::uuid[])[1 + n % ${reps}::int] FROM generate_series(1, ${reps * 50}::int) n`.execute(
      tx,
    );
  });
}

/** MQLs of a moment ago without an owner, otherwise like leads there are; a quarter belongs to an account, whose owner keeps it. */
async function newMqls({ database, workspaceId }: Company, many: number): Promise<string[]> {
  return database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{
      id: string;
    }>`INSERT INTO leads (workspace_id, id, name, country, segment, origin, channel, account_id, opened_at, mql_at)
      SELECT ${workspaceId}::uuid, accord.new_id(), l.name, (row_number() OVER () % ${rules * 2}::int)::text, l.segment, l.origin, l.channel, CASE WHEN row_number() OVER () % 4 = 0 THEN l.account_id END, now(), now()
      FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid LIMIT ${many} RETURNING id`.execute(tx);
    return rows.map(({ id }) => id);
  });
}

async function sharesTold({ database, workspaceId }: Company): Promise<string> {
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<{
      least: number;
      most: number;
      members: number;
    }>`SELECT min(given) AS least, max(given) AS most, count(*)::int AS members FROM rotation
      WHERE workspace_id = ${workspaceId}::uuid AND pool <> 'all'`.execute(tx),
  );
  const { least, most, members } = rows[0]!;
  return `${members} reps were given ${least} to ${most} leads each.`;
}
