/**
 * What was written anonymously and waits: sealed with a key that is not in the database, without a member, without a
 * moment (docs/decisions/candour.md).
 */

import { sql } from 'kysely';
import type { FeedbackSubject, Tone } from '#engine/feedback/states.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { ReceiptVerb } from '../contract/receipts.ts';
import type { PerceptionMetric } from '../contract/perception.ts';
import type { RecordKind, Standing, Towards } from '../contract/pieces.ts';

/** Feedback as it will be written when it is shown. */
export interface AnonymousFeedback {
  readonly tone: Tone;
  readonly subjectKind: FeedbackSubject;
  readonly subjectId: string;
  readonly recordKind: RecordKind;
  readonly recordId: string;
  readonly subjectNote: string;
  readonly toSide: Towards;
  readonly toMember: string | null;
  readonly toTeam: string | null;
  readonly situation: string;
  readonly behaviour: string;
  readonly impact: string;
  readonly nextTime: string;
  readonly tags: readonly string[];
  readonly clauses: readonly string[];
}

/** `receipt`: SHA-256 of what the giver holds, in hex. `on`: the day it came, in the workspace’s zone. */
export type Pending =
  | { readonly kind: 'give'; readonly on: string; readonly receipt: string; readonly feedback: AnonymousFeedback }
  | {
      readonly kind: 'entry';
      readonly on: string;
      readonly receipt: string;
      /** The id its entry will have: the same entry sent again has the same. */
      readonly id: string;
      /** Among those of its giver that wait. */
      readonly place: number;
      readonly verb: ReceiptVerb;
      readonly text: string;
    }
  | {
      readonly kind: 'answer';
      readonly pulseId: string;
      readonly side: string;
      readonly teams: readonly string[];
      readonly standing: Standing;
      readonly scores: Readonly<Record<string, number>>;
      readonly text: string;
    }
  | { readonly kind: 'guess'; readonly period: string; readonly metric: PerceptionMetric; readonly side: string; readonly value: number };

export interface Waiting {
  readonly id: string;
  readonly pending: Pending;
}

export const sealedAbout = (workspaceId: WorkspaceId): string => `candour ${workspaceId}`;

/** Those that can be opened: what was sealed with another key stays where it is. In no order that tells anything. */
export async function readPending(tx: Tx, workspaceId: WorkspaceId, sealing: Sealing): Promise<{ waiting: Waiting[]; unreadable: number }> {
  const { rows } = await sql<{
    id: string;
    sealed: Buffer;
  }>`SELECT id, sealed FROM candour_pool WHERE workspace_id = ${workspaceId}::uuid ORDER BY id`.execute(tx);
  const waiting = rows.flatMap(({ id, sealed }) => {
    const pending = opened(sealing, workspaceId, sealed);
    return pending ? [{ id, pending }] : [];
  });
  return { waiting, unreadable: rows.length - waiting.length };
}

function opened(sealing: Sealing, workspaceId: WorkspaceId, sealed: Buffer): Pending | null {
  try {
    return JSON.parse(sealing.open(sealed, sealedAbout(workspaceId))) as Pending;
  } catch {
    return null;
  }
}
