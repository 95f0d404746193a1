/**
 * Attainment that no projection holds: as it was known at a past moment, or with every lead under the present
 * version. The clocks are computed anew by the engine, and what the record said then is folded from its facts,
 * into temporary tables that end with the transaction.
 */

import { sql } from 'kysely';
import { type Clock, clocksOf } from '#engine/agreement/clock.ts';
import type { LeadFacts, StageTimes } from '#engine/agreement/lead-facts.ts';
import type { SignedAgreement } from '#features/agreement/queries/in-force.ts';
import { stateColumns } from '#features/records/projection.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { type AttainmentScope, isClock, isoOf } from './attainment-scope.ts';
import { presentSources, type Sources, type Sql } from './attainment-sources.ts';
import { loadClockWorld } from './clock-world.ts';
import { loadLeadFacts } from './lead-facts.ts';
import { instantFrom, milliseconds } from './moments.ts';
import { findSignedRules, type SignedRules } from './signed-rules.ts';
import { type KnownLimits, leadsBeyondVolume, type PassedLead } from './volume-limits.ts';

/** More would take minutes: some 20,000 leads a second. */
const mostLeads = 100_000;
const leadsAtOnce = 2_000;
const dayMs = 86_400_000;

/**
 * Where to read from. Leads are looked for by their present MQL date: one that was changed or taken back since
 * is not found under the earlier one.
 * @param range what is asked about, milliseconds
 * @throws Problem too-large where more leads would have to be computed than can be waited for
 */
export async function withSources(tx: Tx, scope: AttainmentScope, range: { from: number; until: number }): Promise<Sources> {
  if (!scope.isPast && scope.as === 'then') return presentSources(scope.workspaceId);
  const ws = sql`workspace_id = ${scope.workspaceId}::uuid`;
  const passedFrom = isoOf(range.from - longestClock(scope));
  const [from, until] = [isoOf(range.from), isoOf(range.until)];
  return recomputedSources(
    tx,
    scope,
    sql`SELECT id FROM leads WHERE ${ws} AND mql_at >= ${passedFrom}::timestamptz AND mql_at < ${until}::timestamptz
      UNION SELECT lead_id FROM clocks WHERE ${ws} AND due_at >= ${from}::timestamptz AND due_at < ${until}::timestamptz`,
  );
}

/** How long before it falls due a clock can have started, generously: milliseconds of wall time. */
function longestClock({ reigns }: AttainmentScope): number {
  const days = reigns.flatMap(({ version }) =>
    version.content.clauses.flatMap(({ metric }) => {
      if (!isClock(metric)) return [];
      return 'withinMinutes' in metric ? metric.withinMinutes / 240 : metric.withinDays * 2;
    }),
  );
  return (Math.max(0, ...days) + 60) * dayMs;
}

/** @param leadIds a query of ids: whose clocks, and whose record where the moment is past */
export async function recomputedSources(tx: Tx, scope: AttainmentScope, leadIds: Sql): Promise<Sources> {
  await sql`CREATE TEMPORARY TABLE asked_ids ON COMMIT DROP AS SELECT id FROM (${leadIds}) asked LIMIT ${sql.lit(mostLeads + 1)}`.execute(
    tx,
  );
  await sql`ANALYZE asked_ids`.execute(tx);
  const { rows } = await sql<{ count: bigint }>`SELECT count(*) AS count FROM asked_ids`.execute(tx);
  if (rows[0]!.count > mostLeads) throw tooMany();
  const sources = scope.isPast ? await pastSources(tx, scope) : presentSources(scope.workspaceId);
  await sql`CREATE TEMPORARY TABLE asked_clocks (LIKE clocks) ON COMMIT DROP`.execute(tx);
  const rules = await findSignedRules(tx, scope.workspaceId);
  if (rules) await recomputeClocks(tx, scope, rules);
  await sql`ANALYZE asked_clocks`.execute(tx);
  return { ...sources, clocks: sql`asked_clocks` };
}

const tooMany = (): Problem =>
  new Problem(
    'too-large',
    `A past moment, or all leads under the present version, is computed lead by lead, for at most ${mostLeads.toLocaleString('en')} leads at a time: ask about a shorter period.`,
  );

// ── what the record said then ───────────────────────────────────────────────

async function pastSources(tx: Tx, scope: AttainmentScope): Promise<Sources> {
  const at = sql`${isoOf(scope.asOf)}::timestamptz`;
  await foldRecords(tx, scope, 'lead', sql`asked_leads`, sql`SELECT id FROM asked_ids`);
  await foldRecords(tx, scope, 'contact', sql`asked_contacts`, sql`SELECT contact_id FROM asked_leads`);
  await foldRecords(tx, scope, 'contact', sql`asked_survivors`, sql`SELECT merged_into FROM asked_contacts`);
  await sql`INSERT INTO asked_contacts SELECT s.* FROM asked_survivors s WHERE NOT EXISTS (SELECT FROM asked_contacts c WHERE c.id = s.id)`.execute(
    tx,
  );
  return {
    clocks: sql`asked_clocks`,
    leads: sql`asked_leads`,
    contacts: sql`asked_contacts`,
    isTouchKnown: sql`t.voided_by IS NULL AND t.recorded_at <= ${at}`,
    lastRejections: sql`(SELECT DISTINCT ON (lead_id) lead_id, id, comment, rejected_at,
        CASE WHEN answered_at <= ${at} THEN answer END AS answer, CASE WHEN ruled_at <= ${at} THEN ruling END AS ruling
      FROM rejections WHERE workspace_id = ${scope.workspaceId}::uuid AND rejected_at <= ${at} ORDER BY lead_id, rejected_at DESC, id DESC)`,
  };
}

/** A table of the records as their facts said at the moment, those left out that an import undone by then had made. */
async function foldRecords(tx: Tx, scope: AttainmentScope, kind: 'lead' | 'contact', table: Sql, ids: Sql): Promise<void> {
  const at = sql`${isoOf(scope.asOf)}::timestamptz`;
  const ws = sql`workspace_id = ${scope.workspaceId}::uuid`;
  const columns = stateColumns(kind).map(({ column, from }) => sql`${sql.raw(from('f.sets'))} AS ${sql.ref(column)}`);
  await sql`CREATE TEMPORARY TABLE ${table} ON COMMIT DROP AS
    SELECT ${scope.workspaceId}::uuid AS workspace_id, f.subject_id AS id, accord.custom_of(f.sets) AS custom, ${sql.join(columns)} FROM (
      SELECT subject_id, accord.fold_sets(sets ORDER BY recorded_at, id) AS sets FROM facts
      WHERE ${ws} AND subject_kind = ${kind} AND sets IS NOT NULL AND recorded_at <= ${at} AND subject_id IN (${ids})
        AND (run_id IS NULL OR run_id NOT IN (SELECT id FROM import_runs WHERE ${ws} AND undone_at <= ${at}))
      GROUP BY subject_id) f`.execute(tx);
  await sql`ANALYZE ${table}`.execute(tx);
}

interface PastLead extends StageTimes {
  readonly id: string;
  readonly ownerId: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly origin: string | null;
}
const stageNames = ['mql', 'sal', 'sql', 'deal', 'won', 'lost', 'rejected', 'recycled', 'disqualified'];

/** Leads that stood there then, by id. */
async function readPastLeads(tx: Tx, ids: readonly string[]): Promise<Map<string, PastLead>> {
  const times = stageNames.map((stage) => sql`${milliseconds(`l.${stage}_at`)} AS ${sql.ref(`${stage}At`)}`);
  const { rows } =
    await sql<PastLead>`SELECT l.id, coalesce(l.qualifier_id, l.owner_id) AS "ownerId", l.segment, l.channel, l.origin, ${sql.join(times)}
    FROM asked_leads l WHERE l.id = ANY(${ids}::uuid[]) AND l.archived_at IS NULL`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The facts with what the record said then; a lead that was never routed was its SDR's or rep's of then. */
function asStatedThen(facts: LeadFacts, { id: _, ownerId, segment, channel, origin, ...stageTimes }: PastLead): LeadFacts {
  const holders = facts.routings.length > 0 ? facts.holders : [{ from: -Infinity, memberId: ownerId }];
  return { ...facts, segment, channel, origin, stages: stageTimes, holders };
}

// ── the clocks ──────────────────────────────────────────────────────────────

async function recomputeClocks(tx: Tx, scope: AttainmentScope, rules: SignedRules): Promise<void> {
  const { workspaceId, asOf, isPast } = scope;
  const rulesThen = { ...rules, attempts: rules.attempts.filter(({ signedAt }) => signedAt <= asOf) };
  const agreements = scope.reigns.map(({ version, from }) => ({ ...version, effectiveAt: from }));
  const world = await loadClockWorld(tx, workspaceId, agreements, await memberIds(tx, workspaceId));
  const limits: KnownLimits = new Map();
  for await (const ids of batches(tx)) {
    const facts = await factsThen(tx, scope, ids, rulesThen);
    const { beyond } = await leadsBeyondVolume(tx, workspaceId, agreements, facts.flatMap(passedLead), limits);
    const clocks = facts.flatMap((each) => {
      const known = { ...each, beyondVolume: beyond.has(each.leadId) };
      return clocksOf<SignedAgreement>(known, world, isPast ? asOf : undefined).map((clock) => storedClock(each.leadId, clock));
    });
    await insertClocks(tx, workspaceId, clocks);
  }
}

/** Of the leads that were there and not archived. */
async function factsThen(tx: Tx, scope: AttainmentScope, ids: readonly string[], rules: SignedRules): Promise<LeadFacts[]> {
  const leads = [...(await loadLeadFacts(tx, scope.workspaceId, ids, rules)).values()];
  if (!scope.isPast) return leads.filter(({ archived }) => !archived).map(({ facts }) => facts);
  const then = await readPastLeads(tx, ids);
  return leads.flatMap(({ facts }) => (then.has(facts.leadId) ? [asStatedThen(facts, then.get(facts.leadId)!)] : []));
}

/** How many are too many is told by the record as it is now, also for a past moment. */
const passedLead = ({ leadId, stages: { mqlAt }, segment, channel, origin }: LeadFacts): PassedLead[] =>
  mqlAt === null ? [] : [{ id: leadId, mqlAt, segment, channel, origin }];

async function memberIds(tx: Tx, workspaceId: WorkspaceId): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM members WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
  return rows.map(({ id }) => id);
}

async function* batches(tx: Tx): AsyncGenerator<string[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await sql<{ id: string }>`SELECT id FROM asked_ids WHERE id > ${after}::uuid ORDER BY id LIMIT ${leadsAtOnce}`.execute(
      tx,
    );
    if (rows.length === 0) return;
    yield rows.map(({ id }) => id);
    after = rows.at(-1)!.id;
  }
}

const storedClock = (leadId: string, clock: Clock) => ({
  lead_id: leadId,
  clause_key: clock.clauseKey,
  version_id: clock.versionId,
  member_id: clock.memberId,
  started: clock.startedAt,
  due: clock.dueAt,
  met: clock.metAt,
  evidence_kind: clock.evidence?.kind ?? null,
  evidence_id: clock.evidence?.id ?? null,
  working: clock.workingMs === null ? null : Math.round(clock.workingMs),
  wall: clock.wallMs === null ? null : Math.round(clock.wallMs),
  excuse: clock.excuse?.kind ?? null,
  excuse_id: clock.excuse?.id ?? null,
});

async function insertClocks(tx: Tx, workspaceId: string, clocks: readonly ReturnType<typeof storedClock>[]): Promise<void> {
  if (clocks.length === 0) return;
  await sql`INSERT INTO asked_clocks (workspace_id, lead_id, clause_key, version_id, member_id, started_at, due_at, met_at, evidence_kind, evidence_id,
      working_ms, wall_ms, excuse, excuse_id)
    SELECT ${workspaceId}::uuid, x.lead_id, x.clause_key, x.version_id, x.member_id, ${instantFrom('x.started')}, ${instantFrom('x.due')}, ${instantFrom('x.met')},
      x.evidence_kind, x.evidence_id, x.working, x.wall, x.excuse, x.excuse_id
    FROM jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb) AS x (lead_id uuid, clause_key text, version_id uuid, member_id uuid, started float8, due float8,
      met float8, evidence_kind text, evidence_id uuid, working bigint, wall bigint, excuse text, excuse_id uuid)`.execute(tx);
}
