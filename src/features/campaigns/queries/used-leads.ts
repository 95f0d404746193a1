/** Leads for which content was used, as they stood then, and the leads they are compared with. */

import { type RawBuilder, sql } from 'kysely';
import {
  type OutcomeCell,
  outcomeStages,
  type OutcomeStage,
  type OutcomeStratum,
  stageAt,
  strataOf,
} from '#engine/campaigns/content-outcome.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** A lead that is over: won, or one of the ways of not being won. */
export const decidedStages = ['won', 'lost', 'disqualified', 'recycled', 'rejected'] as const;

interface LeadRow extends Readonly<Record<OutcomeStage, string | null>> {
  readonly id: string;
  readonly segment: string | null;
  readonly ownerId: string | null;
  readonly usedAt: string;
  readonly won: boolean;
  /** Null: it goes on. */
  readonly decidedAt: string | null;
}

export interface DecidedUse {
  readonly leadId: string;
  readonly stage: OutcomeStage;
  readonly segment: string | null;
  readonly ownerId: string | null;
  readonly usedAt: string;
  readonly waited: number;
  readonly won: boolean;
  readonly decidedAt: string;
}

export interface UsedLeads {
  /** Decided after the first use. */
  readonly decided: readonly DecidedUse[];
  /** Used and not decided yet. */
  readonly undecided: number;
  /** Decided, but it is not known in which stage it was when the content was used. */
  readonly unknownStage: number;
}

const decidedAt = sql.raw(`CASE l.stage ${decidedStages.map((stage) => `WHEN '${stage}' THEN l.${stage}_at`).join(' ')} END`);
const stageTimes = sql.raw(`l.opened_at AS inquiry, l.mql_at AS mql, l.sal_at AS sal, l.sql_at AS "sql", l.deal_at AS deal`);

/** By the first use. What was shown after it was decided changed nothing any more, and is left out. */
export async function usedLeads(tx: Tx, workspaceId: WorkspaceId, assetId: string): Promise<UsedLeads> {
  const { rows } =
    await sql<LeadRow>`SELECT l.id, l.segment, l.owner_id AS "ownerId", u.used_at AS "usedAt", l.stage = 'won' AS won, ${decidedAt} AS "decidedAt", ${stageTimes}
    FROM (SELECT lead_id, min(used_at) AS used_at FROM content_uses WHERE workspace_id = ${workspaceId}::uuid AND asset_id = ${assetId}::uuid
      AND lead_id IS NOT NULL GROUP BY 1) u
    JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = u.lead_id
    WHERE l.archived_at IS NULL ORDER BY u.used_at DESC, l.id DESC`.execute(tx);
  const decided = rows.flatMap((row) =>
    row.decidedAt !== null && row.decidedAt > row.usedAt ? [{ ...row, decidedAt: row.decidedAt }] : [],
  );
  const shown = decided.flatMap((row) => asDecided(row) ?? []);
  return { decided: shown, undecided: rows.filter((row) => row.decidedAt === null).length, unknownStage: decided.length - shown.length };
}

function asDecided(row: LeadRow & { decidedAt: string }): DecidedUse | null {
  const usedAt = Date.parse(row.usedAt);
  const times = Object.fromEntries(outcomeStages.map((stage) => [stage, row[stage] === null ? null : Date.parse(row[stage])])) as Record<
    OutcomeStage,
    number | null
  >;
  const stage = stageAt(times, usedAt);
  if (stage === null) return null;
  const { id, segment, ownerId, won } = row;
  return { leadId: id, stage, segment, ownerId, won, usedAt: row.usedAt, decidedAt: row.decidedAt, waited: usedAt - times[stage]! };
}

export const cellsOfUsed = (decided: readonly DecidedUse[]): OutcomeCell[] =>
  decided.map(({ stage, segment, ownerId, won }) => ({ stage, segment, owner: ownerId, used: true, leads: 1, won: won ? 1 : 0 }));

// ── the leads they are compared with ────────────────────────────────────────

/** Of more decided leads than these a part is drawn, by the random end of their ids: 195,000 took 2 s on two busy cores. */
const mostCompared = 20_000;
/** Of 65,536. */
const wholeDraw = 0x1_0000;

/** Which part of the decided leads is looked at, of 65,536. @param most for tests */
export async function drawOf(tx: Tx, workspaceId: WorkspaceId, most = mostCompared): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`SELECT count(*)::int AS n FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.stage IN (${decided})
    AND l.archived_at IS NULL`.execute(tx);
  return rows[0]!.n <= most ? wholeDraw : Math.max(1, Math.floor((wholeDraw * most) / rows[0]!.n));
}
export const drawnShare = (draw: number): number => draw / wholeDraw;

const decided = sql.raw(decidedStages.map((stage) => `'${stage}'`).join(', '));

/** How far back before the first use comparable leads may have entered the stage. */
const comparedMonths = 12;

/**
 * Rows `stage, segment, entered_at` beside the lead `l`: of comparable leads each once, at one of the stages it went
 * through, drawn by its id, so that it counts as one. @returns null where nothing is to be compared with
 */
export function comparedLeads(
  workspaceId: WorkspaceId,
  assetId: string,
  used: readonly DecidedUse[],
  draw: number,
): RawBuilder<unknown> | null {
  const strata = strataOf(used);
  if (strata.length === 0) return null;
  const first = used.map(({ usedAt }) => usedAt).sort()[0]!;
  const drawn = draw === wholeDraw ? sql`true` : sql`('x' || right(l.id::text, 4))::bit(16)::int < ${draw}`;
  return sql`SELECT l.id, l.owner_id, l.stage = 'won' AS won, ${decidedAt} AS decided_at, s.stage, nullif(s.segment, '') AS segment, s.entered_at
    FROM leads l CROSS JOIN LATERAL (
      SELECT s.stage, s.segment, ${enteredAt} AS entered_at FROM (VALUES ${sql.join(strata.map(asValues))}) s(stage, segment, waited)
      WHERE s.segment = coalesce(l.segment, '') AND ${enteredAt} > ${first}::timestamptz - make_interval(months => ${comparedMonths})
        AND ${decidedAt} > ${enteredAt} + make_interval(secs => s.waited / 1000)
      ORDER BY md5(l.id::text || s.stage) LIMIT 1) s
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.archived_at IS NULL AND l.stage IN (${decided}) AND ${drawn}
      AND coalesce(l.segment, '') = ANY(${[...new Set(strata.map(({ segment }) => segment ?? ''))]}::text[])
      AND NOT EXISTS (SELECT 1 FROM content_uses u WHERE u.workspace_id = l.workspace_id AND u.lead_id = l.id AND u.asset_id = ${assetId}::uuid)`;
}

const enteredAt = sql.raw(
  `CASE s.stage WHEN 'inquiry' THEN l.opened_at WHEN 'mql' THEN l.mql_at WHEN 'sal' THEN l.sal_at WHEN 'sql' THEN l.sql_at ELSE l.deal_at END`,
);
const asValues = ({ stage, segment, waited }: OutcomeStratum) => sql`(${stage}::text, ${segment ?? ''}::text, ${waited}::float8)`;

export async function cellsOfCompared(tx: Tx, compared: RawBuilder<unknown> | null): Promise<OutcomeCell[]> {
  if (compared === null) return [];
  const { rows } =
    await sql<OutcomeCell>`SELECT stage, segment, owner_id AS owner, false AS used, count(*)::int AS leads, (count(*) FILTER (WHERE won))::int AS won
    FROM (${compared}) c GROUP BY 1, 2, 3`.execute(tx);
  return rows;
}
