/** What data-driven models answered, kept with the state of the journeys they were asked of. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { DrivenModelName } from '../contract/attribution.ts';

/** Of one channel by one model; intervals are null until they are drawn, and where there is none. */
export interface EstimatedChannel {
  readonly conversions: number;
  /** Minor units as text; null where value can't be shared out. */
  readonly value: string | null;
  readonly share: number | null;
  readonly removalEffect: number | null;
  readonly conversionsInterval: { readonly low: number; readonly high: number } | null;
  readonly valueInterval: { readonly low: string; readonly high: string } | null;
}

export interface EstimatedModel {
  /** By channel group. */
  readonly channels: Readonly<Record<string, EstimatedChannel>>;
  readonly conversions: number;
  readonly value: string;
  /** Journeys that ended without a conversion. */
  readonly nulls: number;
  /** Why there is no answer; null where there is one. */
  readonly reason: string | null;
  readonly valueReason: string | null;
  /** Samples drawn for the intervals; 0 until they are. */
  readonly replicates: number;
}

export interface EstimateAnswer {
  /** When its journeys were read, ISO 8601. */
  readonly asOf: string;
  readonly models: Readonly<Partial<Record<DrivenModelName, EstimatedModel>>>;
}

export interface EstimateProgress {
  readonly state?: 'waiting' | 'running' | 'ready' | 'failed';
  readonly done?: number;
  readonly of?: number;
  /** Of the failure. */
  readonly why?: string;
}

/** The period of the conversions; the setting's whole time where nothing is said. */
export interface EstimateQuestion {
  readonly start: string | null;
  readonly end: string | null;
}

export interface Estimate {
  readonly id: string;
  readonly question: EstimateQuestion;
  /** The state of the journeys it was answered on. */
  readonly stamp: string;
  readonly answer: EstimateAnswer | null;
  readonly progress: EstimateProgress;
  readonly askedAt: string;
  readonly answeredAt: string | null;
}

export const questionKey = ({ start, end }: EstimateQuestion): string => `${start ?? ''}..${end ?? ''}`;

export async function findEstimate(
  tx: Tx,
  workspaceId: WorkspaceId,
  setting: number,
  question: EstimateQuestion,
): Promise<Estimate | null> {
  const { rows } =
    await sql<Estimate>`SELECT id, question, stamp, answer, progress, asked_at AS "askedAt", answered_at AS "answeredAt" FROM attribution_estimates
    WHERE workspace_id = ${workspaceId}::uuid AND setting = ${setting} AND question_key = ${questionKey(question)}`.execute(tx);
  return rows[0] ?? null;
}

/** A text that changes with every change of a setting's journeys. */
export async function journeysStamp(tx: Tx, workspaceId: WorkspaceId, setting: number): Promise<string> {
  const { rows } = await sql<{ stamp: string | null }>`SELECT changed_xid::text AS stamp FROM journeys
    WHERE workspace_id = ${workspaceId}::uuid AND setting = ${setting} ORDER BY changed_xid DESC LIMIT 1`.execute(tx);
  return rows[0]?.stamp ?? '';
}
