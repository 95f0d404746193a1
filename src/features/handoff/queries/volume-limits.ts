/**
 * Which leads marketing passed beyond what it agreed to pass in a period, tolerance included: the first ones in the
 * order in which they were passed are within, all after them beyond. That depends on every lead of the period, so
 * the first one beyond is looked up, and each lead compared with it.
 */

import { sql } from 'kysely';
import { periodOf } from '#engine/agreement/pace.ts';
import type { Clause, ClauseScope, PaceMetric } from '#engine/agreement/clause.ts';
import { isClockClause } from '#engine/agreement/clock.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { inForceAt, type SignedAgreement, startOfDay } from '#features/agreement/queries/in-force.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { milliseconds } from './moments.ts';

type VolumeClause = Clause & { readonly metric: PaceMetric & { readonly kind: 'volume' } };

/** The first lead of a period that is beyond the volume; null: none is. */
export interface Limit {
  readonly clause: VolumeClause;
  readonly from: number;
  readonly until: number;
  /** How many are within. */
  readonly within: number;
  readonly beyondFrom: { readonly mqlAt: number; readonly id: string } | null;
}

/** Limits that were looked up already: for one transaction, or for a whole walk over all leads. */
export type KnownLimits = Map<string, Limit>;

export interface PassedLead {
  readonly id: string;
  readonly mqlAt: number;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly origin: string | null;
}

/** Those of the leads that are beyond the volume, and the limits they were held against. */
export async function leadsBeyondVolume(
  tx: Tx,
  workspaceId: WorkspaceId,
  agreements: readonly SignedAgreement[],
  leads: readonly PassedLead[],
  known: KnownLimits,
): Promise<{ beyond: Set<string>; limits: Limit[] }> {
  const beyond = new Set<string>();
  const limits = new Set<Limit>();
  if (!agreements.some(excusesVolume)) return { beyond, limits: [] };
  const dayOf = await workspaceDays(tx, workspaceId);
  for (const lead of leads) {
    for (const clause of volumeClausesOf(inForceAt(agreements, lead.mqlAt), lead)) {
      const limit = await limitOf(tx, workspaceId, clause, lead.mqlAt, dayOf, known);
      limits.add(limit);
      if (isBeyond(lead, limit)) beyond.add(lead.id);
    }
  }
  return { beyond, limits: [...limits] };
}

/**
 * Leads at the limits whose clocks say otherwise: another lead came in before them, or left. They are to be followed
 * again. Looks as far as `changed` leads can have moved a limit.
 */
export async function leadsAcrossLimits(
  tx: Tx,
  workspaceId: WorkspaceId,
  agreements: readonly SignedAgreement[],
  limits: readonly Limit[],
  changed: number,
): Promise<string[]> {
  const across = new Set<string>();
  for (const limit of limits) {
    const near = await leadsNear(tx, workspaceId, limit, changed);
    const { beyond } = await leadsBeyondVolume(tx, workspaceId, agreements, near, new Map());
    for (const { leadId, excused, owed } of await clocksOf(tx, workspaceId, agreements, near))
      if (beyond.has(leadId) ? owed : excused) across.add(leadId);
  }
  return [...across];
}

async function leadsNear(tx: Tx, workspaceId: WorkspaceId, limit: Limit, changed: number): Promise<PassedLead[]> {
  const first = Math.max(0, limit.within - changed);
  const { rows } = await sql<PassedLead>`${passedIn(workspaceId, limit.clause, limit.from, limit.until)}
    ORDER BY l.mql_at, l.id OFFSET ${first} LIMIT ${limit.within - first + changed + 1}`.execute(tx);
  return rows;
}

/** Which of their clocks that allow the excuse have it, and which would need it. */
async function clocksOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  agreements: readonly SignedAgreement[],
  leads: readonly PassedLead[],
): Promise<{ leadId: string; excused: boolean; owed: boolean }[]> {
  const { rows } = await sql<{ leadId: string; version: string; clause: string; excused: boolean | null; owed: boolean | null }>`
    SELECT c.lead_id AS "leadId", c.version_id AS version, c.clause_key AS clause, c.excuse = 'overVolume' AS excused,
      c.excuse IS NULL AND (c.met_at IS NULL OR c.met_at > c.due_at) AS owed
    FROM clocks c WHERE c.workspace_id = ${workspaceId}::uuid AND c.lead_id = ANY(${leads.map(({ id }) => id)}::uuid[])`.execute(tx);
  const allowed = new Set(
    agreements.flatMap(({ id, content }) =>
      content.clauses.filter(({ excuses }) => excuses.includes('overVolume')).map(({ key }) => `${id} ${key}`),
    ),
  );
  return rows
    .filter(({ version, clause }) => allowed.has(`${version} ${clause}`))
    .map(({ leadId, excused, owed }) => ({ leadId, excused: excused === true, owed: owed === true }));
}

const excusesVolume = ({ content }: SignedAgreement): boolean =>
  content.clauses.some((clause) => clause.metric.kind === 'volume') &&
  content.clauses.some((clause) => isClockClause(clause) && clause.excuses.includes('overVolume'));

function volumeClausesOf(version: SignedAgreement | undefined, lead: PassedLead): VolumeClause[] {
  if (!version || !excusesVolume(version)) return [];
  return version.content.clauses.filter(
    (clause): clause is VolumeClause =>
      clause.metric.kind === 'volume' &&
      covers(clause.scope.segments, lead.segment) &&
      covers(clause.scope.channels, lead.channel) &&
      covers(clause.scope.origins, lead.origin),
  );
}
const covers = (list: readonly string[], value: string | null): boolean => list.length === 0 || (value !== null && list.includes(value));

const isBeyond = (lead: PassedLead, { beyondFrom }: Limit): boolean => beyondFrom !== null && isAtOrAfter(lead, beyondFrom);
const isAtOrAfter = (one: { mqlAt: number; id: string }, other: { mqlAt: number; id: string }): boolean =>
  one.mqlAt > other.mqlAt || (one.mqlAt === other.mqlAt && one.id >= other.id);

// ── looking up ──────────────────────────────────────────────────────────────

interface WorkspaceDays {
  readonly timeZone: string;
  /** Days since 1970 of epoch milliseconds. */
  of(atMs: number): number;
}

async function workspaceDays(tx: Tx, workspaceId: WorkspaceId): Promise<WorkspaceDays> {
  const { rows } = await sql<{ timeZone: string }>`SELECT time_zone AS "timeZone" FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(
    tx,
  );
  const { timeZone } = rows[0]!;
  const read = dayReader(timeZone);
  return { timeZone, of: (atMs) => read(atMs * 1000) };
}

async function limitOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  clause: VolumeClause,
  mqlAt: number,
  days: WorkspaceDays,
  known: KnownLimits,
): Promise<Limit> {
  const { metric } = clause;
  const period = periodOf(metric.period, days.of(mqlAt));
  const key = JSON.stringify([period.from, period.until, metric, clause.scope]);
  const found = known.get(key);
  if (found) return found;
  const [from, until] = [startOfDay(dayText(period.from), days.timeZone), startOfDay(dayText(period.until + 1), days.timeZone)];
  const within = Math.floor((metric.leads * (100 + metric.tolerancePercent)) / 100);
  const { rows } = await sql<PassedLead>`${passedIn(workspaceId, clause, from, until)}
    ORDER BY l.mql_at, l.id OFFSET ${within} LIMIT 1`.execute(tx);
  const limit: Limit = { clause, from, until, within, beyondFrom: rows[0] ?? null };
  known.set(key, limit);
  return limit;
}

/** What marketing passed from one moment until another, as far as a clause is about it. Teams of a rep are no matter here. */
function passedIn(workspaceId: WorkspaceId, { scope }: Clause, from: number, until: number): Sql {
  return sql`SELECT l.id, ${milliseconds('l.mql_at')} AS "mqlAt", l.segment, l.channel, l.origin FROM leads l
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.mql_at >= ${isoOf(from)}::timestamptz AND l.mql_at < ${isoOf(until)}::timestamptz
      AND l.archived_at IS NULL AND ${inScope(scope)}`;
}

function inScope({ segments, channels, origins }: ClauseScope): Sql {
  const among = (column: string, list: readonly string[]) =>
    list.length === 0 ? sql`true` : sql`${sql.ref(column)} = ANY(${list}::text[])`;
  return sql`${among('l.segment', segments)} AND ${among('l.channel', channels)} AND ${among('l.origin', origins)}`;
}

const isoOf = (atMs: number): string => new Date(atMs).toISOString();
