/** All that clocks and places between the sides rest on, for many leads in a handful of statements. */

import { sql } from 'kysely';
import {
  type EvidenceTouch,
  type GrantedExcuse,
  holdersOf,
  inOrder,
  type RejectionCase,
  type Routing,
  type StageTimes,
} from '#engine/agreement/lead-facts.ts';
import { type FollowedLead, stepKey } from '#engine/handoff/projection.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { loadEvidence } from './evidence-touches.ts';
import { milliseconds } from './moments.ts';
import type { SignedRules } from './signed-rules.ts';

export interface KnownLead extends FollowedLead {
  readonly openedAt: number | null;
  readonly archived: boolean;
}

interface LeadRow extends StageTimes {
  readonly id: string;
  readonly ownerId: string | null;
  readonly qualifierId: string | null;
  readonly contactId: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly origin: string | null;
  readonly archived: boolean;
  readonly openedAt: number | null;
  readonly recordedAt: number;
}

export interface LoadOptions {
  /** Holds the leads, in the order of their ids, until the transaction ends: what is read stays so until what follows from it is written. */
  readonly lock?: boolean;
}

/**
 * By id, every lead that is there. The rest is loaded for MQLs only: nothing else is between the sides. Whether one
 * is beyond the agreed volume is told by all leads of its period together (see `volume-limits.ts`), and not here.
 */
export async function loadLeadFacts(
  tx: Tx,
  workspaceId: WorkspaceId,
  leadIds: readonly string[],
  rules: Pick<SignedRules, 'attempts' | 'reading'>,
  options: LoadOptions = {},
): Promise<Map<string, KnownLead>> {
  const rows = await readLeads(tx, workspaceId, leadIds, options);
  const passed = rows.filter(({ mqlAt, archived }) => mqlAt !== null && !archived);
  const ids = passed.map(({ id }) => id);
  const routings = await readRoutings(tx, workspaceId, ids);
  const owners = await readOwners(tx, workspaceId, passed, routings);
  const touches = await loadEvidence(tx, workspaceId, passed, rules);
  const rejections = await readRejections(tx, workspaceId, ids);
  const excuses = await readExcuses(tx, workspaceId, ids);
  const steps = await readSteps(tx, workspaceId, ids);
  return new Map(
    rows.map((row) => [
      row.id,
      knownLead(row, {
        routings: routings.get(row.id) ?? [],
        owners: owners.get(row.id) ?? [],
        touches: touches.get(row.id) ?? [],
        rejections: rejections.get(row.id) ?? [],
        excuses: excuses.ofLead(row.id),
        stepsTaken: new Set((steps.get(row.id) ?? []).map(({ clause, startedAt, step }) => stepKey(clause, startedAt, step))),
      }),
    ]),
  );
}

interface Gathered {
  readonly routings: readonly RoutingRow[];
  readonly owners: readonly OwnerRow[];
  readonly touches: readonly EvidenceTouch[];
  readonly rejections: readonly RejectionCase[];
  readonly excuses: readonly GrantedExcuse[];
  readonly stepsTaken: ReadonlySet<string>;
}

function knownLead(row: LeadRow, { routings, owners, touches, rejections, excuses, stepsTaken }: Gathered): KnownLead {
  const { id, ownerId: rep, qualifierId, contactId: _, segment, channel, origin, archived, openedAt, recordedAt, ...stages } = row;
  // A source names the SDR who works an MQL and the rep of its deal; here a lead has whom it was routed to.
  const ownerId = routings.length > 0 ? rep : (qualifierId ?? rep);
  const holders = holdersOf(routings, owners, ownerId);
  return {
    facts: { leadId: id, segment, channel, origin, stages, routings, holders, touches, rejections, excuses, beyondVolume: false },
    ownerId,
    openedAt,
    archived,
    recordedAt,
    routedAt: routings.findLast(({ memberId }) => memberId !== null)?.at ?? null,
    teamId: routings.at(-1)?.teamId ?? null,
    stepsTaken,
  };
}

const stageColumns = ['mql', 'sal', 'sql', 'deal', 'won', 'lost', 'rejected', 'recycled', 'disqualified'].map(
  (stage) => sql`${milliseconds(`l.${stage}_at`)} AS ${sql.ref(`${stage}At`)}`,
);

async function readLeads(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], { lock }: LoadOptions): Promise<LeadRow[]> {
  const { rows } =
    await sql<LeadRow>`SELECT l.id, l.owner_id AS "ownerId", l.qualifier_id AS "qualifierId", l.contact_id AS "contactId", l.segment, l.channel, l.origin,
      l.archived_at IS NOT NULL AS archived, ${milliseconds('l.opened_at')} AS "openedAt", ${milliseconds('l.recorded_at')} AS "recordedAt", ${sql.join(stageColumns)}
    FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${ids}::uuid[]) ORDER BY l.id ${lock ? sql`FOR UPDATE` : sql``}`.execute(
      tx,
    );
  return rows;
}

// ── to whom it went ─────────────────────────────────────────────────────────

interface RoutingRow extends Routing {
  readonly leadId: string;
  readonly teamId: string | null;
}

async function readRoutings(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, RoutingRow[]>> {
  const { rows } = await sql<RoutingRow>`SELECT r.lead_id AS "leadId", r.id, r.kind, ${milliseconds('r.occurred_at')} AS at,
      ${milliseconds('r.recorded_at')} AS "recordedAt", r.member_id AS "memberId", r.team_id AS "teamId"
    FROM routings r WHERE r.workspace_id = ${workspaceId}::uuid AND r.lead_id = ANY(${ids}::uuid[]) ORDER BY r.lead_id, r.occurred_at, r.id`.execute(
    tx,
  );
  return Map.groupBy(rows, ({ leadId }) => leadId);
}

interface OwnerRow {
  readonly leadId: string;
  readonly at: number;
  readonly memberId: string | null;
}

/**
 * Owners by other ways than routing. Asked only for leads that must have had one: routed, but not to whom they
 * belong now, or first taken from somebody. Reading the facts of every lead would cost more than all else.
 */
async function readOwners(
  tx: Tx,
  workspaceId: WorkspaceId,
  leads: readonly LeadRow[],
  routings: ReadonlyMap<string, readonly RoutingRow[]>,
): Promise<Map<string, OwnerRow[]>> {
  const ids = leads.flatMap(({ id, ownerId }) => {
    const routed = inOrder(routings.get(id) ?? []);
    const [first, last] = [routed[0], routed.at(-1)];
    return first && last && (last.memberId !== ownerId || takesFrom.has(first.kind)) ? [id] : [];
  });
  if (ids.length === 0) return new Map();
  const { rows } =
    await sql<OwnerRow>`SELECT f.subject_id AS "leadId", ${milliseconds('f.occurred_at')} AS at, (f.sets ->> 'ownerId')::uuid AS "memberId"
    FROM facts f WHERE f.workspace_id = ${workspaceId}::uuid AND f.subject_id = ANY(${ids}::uuid[]) AND f.subject_kind = 'lead' AND f.sets ? 'ownerId'
    ORDER BY f.recorded_at, f.id`.execute(tx);
  return Map.groupBy(rows, ({ leadId }) => leadId);
}
const takesFrom: ReadonlySet<string> = new Set(['reassigned', 'corrected', 'returned']);

// ── due process, excuses, ladders ───────────────────────────────────────────

async function readRejections(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, RejectionCase[]>> {
  const { rows } = await sql<RejectionCase & { leadId: string }>`SELECT r.lead_id AS "leadId", r.id, ${milliseconds('r.rejected_at')} AS at,
      r.answer, ${milliseconds('r.answered_at')} AS "answeredAt", r.ruling, ${milliseconds('r.ruled_at')} AS "ruledAt"
    FROM rejections r WHERE r.workspace_id = ${workspaceId}::uuid AND r.lead_id = ANY(${ids}::uuid[])`.execute(tx);
  return Map.groupBy(rows, ({ leadId }) => leadId);
}

/** Those for one lead, and those for a stretch of time, which any lead may have run in. */
async function readExcuses(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<{ ofLead(leadId: string): readonly GrantedExcuse[] }> {
  const granted = (
    which: Sql,
  ) => sql`SELECT x.id, x.kind, ${milliseconds('x.decided_at')} AS "decidedAt", x.clause_key AS "clauseKey", x.lead_id AS "leadId",
      x.member_id AS "memberId", ${milliseconds('x.starts_at')} AS "from", ${milliseconds('x.ends_at')} AS "until"
    FROM excuses x WHERE x.workspace_id = ${workspaceId}::uuid AND x.side = 'sales' AND x.decision = 'granted' AND ${which}`;
  const { rows } =
    await sql<GrantedExcuse>`${granted(sql`x.lead_id = ANY(${ids}::uuid[])`)} UNION ALL ${granted(sql`x.lead_id IS NULL`)}`.execute(tx);
  const byLead = Map.groupBy(rows, ({ leadId }) => leadId);
  const timed = byLead.get(null) ?? [];
  return { ofLead: (leadId) => (byLead.has(leadId) ? [...byLead.get(leadId)!, ...timed] : timed) };
}

interface StepRow {
  readonly leadId: string;
  readonly clause: string;
  readonly startedAt: number;
  readonly step: number;
}

async function readSteps(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, StepRow[]>> {
  const { rows } =
    await sql<StepRow>`SELECT e.lead_id AS "leadId", e.clause_key AS clause, ${milliseconds('e.started_at')} AS "startedAt", e.step
    FROM escalations e WHERE e.workspace_id = ${workspaceId}::uuid AND e.lead_id = ANY(${ids}::uuid[])`.execute(tx);
  return Map.groupBy(rows, ({ leadId }) => leadId);
}
