/** What a source of the agenda answers, and what all sources stand on. */

import { sql } from 'kysely';
import type { z } from 'zod';
import type { Candidate, ItemKind } from '#engine/cadence/agenda.ts';
import { dayIn } from '#features/campaigns/queries/ground.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Side, Who } from '#platform/http/route.ts';
import type { figure, ItemRecord } from '../../contract/meetings.ts';

/** Something to talk about, as it is written onto an agenda. */
export interface Offered extends Candidate {
  readonly sentence: string;
  readonly why: string | null;
  readonly figures: readonly z.output<typeof figure>[];
  /** Address in the app. */
  readonly opens: string | null;
  readonly records: readonly ItemRecord[];
  /** Of `stake`. */
  readonly currency: string | null;
  /** Whom the data names to speak about it. */
  readonly ownerId: string | null;
}

export interface AgendaGround {
  readonly database: Database;
  readonly workspaceId: WorkspaceId;
  /** Only actions of this series and of none; null: all. */
  readonly seriesId: string | null;
  /** Epoch milliseconds, and the day in the workspace's zone. */
  readonly now: number;
  readonly today: string;
  /** The last day on which a lead came, today at most: what is counted by days is counted up to it. */
  readonly asOf: string;
  readonly timeZone: string;
  readonly currency: string;
  /** Who speaks for a side: its head longest here. */
  readonly heads: Readonly<Record<Side, string | null>>;
}

export type Source = (ground: AgendaGround) => Promise<readonly Offered[]>;

/** Kinds that a source can offer; it is asked only where one of them is wanted. */
export interface NamedSource {
  readonly kinds: readonly ItemKind[];
  readonly ask: Source;
}

export async function readAgendaGround(database: Database, workspaceId: WorkspaceId, seriesId: string | null): Promise<AgendaGround> {
  const now = Date.now();
  return database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{ timeZone: string; currency: string; lastLead: string | null }>`
      SELECT time_zone AS "timeZone", currency,
        (SELECT (l.opened_at AT TIME ZONE w.time_zone)::date FROM leads l WHERE l.workspace_id = w.id AND l.opened_at <= now() ORDER BY l.opened_at DESC LIMIT 1) AS "lastLead"
      FROM workspaces w WHERE w.id = ${workspaceId}::uuid`.execute(tx);
    const { timeZone, currency, lastLead } = rows[0]!;
    const today = dayIn(timeZone, now);
    const asOf = lastLead !== null && lastLead < today ? lastLead : today;
    return { database, workspaceId, seriesId, now, today, asOf, timeZone, currency, heads: await headsOfSides(tx, workspaceId) };
  });
}

async function headsOfSides(tx: Tx, workspaceId: WorkspaceId): Promise<AgendaGround['heads']> {
  const { rows } = await sql<{ side: Side; id: string }>`SELECT DISTINCT ON (side) side, id FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND active AND role IN ('manager', 'admin', 'owner')
    ORDER BY side, array_position(ARRAY['manager', 'admin', 'owner'], role), created_at, id`.execute(tx);
  const of = (side: Side): string | null => rows.find((row) => row.side === side)?.id ?? null;
  return { marketing: of('marketing'), sales: of('sales'), leadership: of('leadership') };
}

/** Nobody in particular asks: no pay is seen, nothing is theirs. */
export const nobodyIn = (workspaceId: WorkspaceId): Who => ({
  workspaceId,
  memberId: '00000000-0000-0000-0000-000000000000',
  name: '',
  side: 'leadership',
  role: 'viewer',
});

export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
export const plusDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();
/** `3 leads`, `1 lead`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
/** A whole percent, one decimal below ten. */
export const percentOf = (share: number): string =>
  `${(share * 100).toLocaleString('en', { maximumFractionDigits: share < 0.1 ? 1 : 0 })} %`;
/** Keeps a weight within 0 and 1. */
export const weighed = (value: number): number => Math.max(0, Math.min(1, Number.isFinite(value) ? value : 0));

/** What most sources leave unsaid. */
export const plainly = { stake: null, currency: null, daysLate: 0, why: null, records: [] } as const;
