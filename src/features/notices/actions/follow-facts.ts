/** Facts become notifications: noted in the transaction that recorded them (`untold_facts`), told here, once each. */

import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { tellings } from '../queries/tellings/table.ts';
import type { ToldFact } from '../queries/tellings/telling.ts';
import { notify } from './notify.ts';
import { sendAlong } from './send-along.ts';
import { sendNotifications } from './send-notifications.ts';

/** Facts a transaction. */
const batchSize = 100;
/** A fact that can't be told so often is set aside; its row stays. */
const mostTries = 5;
/** What happened earlier than this before it was recorded is the past, and nobody's news. */
const newsHours = 24;

export interface Following {
  /** Epoch milliseconds of now. */
  readonly at: number;
  /** Whether anything leaves the house; the sample company only fills the app. */
  readonly leaves?: boolean;
}

/**
 * Tells what is noted, in the order recorded, until nothing is left. One at a time for a workspace: where another is at
 * it this one leaves, as the other looks again after every batch.
 * @throws AggregateError for facts that could not be told; the others were
 */
export async function followFacts(database: Database, workspaceId: WorkspaceId, following: Following): Promise<void> {
  const failures: unknown[] = [];
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.inWorkspace(workspaceId, work);
  for (;;) {
    const told = await within((tx) => tellBatch(tx, workspaceId, batchSize, following)).catch(async () => {
      // One of them fails, and takes the others' work back with it: one by one, the others are told.
      return await within((tx) => tellBatch(tx, workspaceId, 1, following)).catch(async (error: unknown) => {
        failures.push(error);
        return await within((tx) => passOver(tx, workspaceId));
      });
    });
    if (told === 0) break;
  }
  if (following.leaves !== false) await within((tx) => sendNotifications(tx, workspaceId, following.at));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} facts could not be told of.`);
}

/** Whether something waits to be told. */
export async function hasUntold(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`SELECT EXISTS (SELECT FROM untold_facts
    WHERE workspace_id = ${workspaceId}::uuid AND tries < ${mostTries}) AS waits`.execute(tx);
  return rows[0]!.waits;
}

type Noted = ToldFact & { readonly recordedAt: string; readonly isNews: boolean };

/** @returns how many were taken off the list; 0 where another is at it, too */
async function tellBatch(tx: Tx, workspaceId: WorkspaceId, size: number, { at, leaves = true }: Following): Promise<number> {
  if (!(await isAlone(tx, workspaceId))) return 0;
  const facts = await nextFacts(tx, workspaceId, size);
  for (const fact of facts) {
    if (!fact.isNews) continue;
    const told = (await tellings[fact.kind]?.(tx, workspaceId, fact)) ?? [];
    // Nobody is told of their own deed.
    const others = told.filter(({ memberId }) => memberId !== fact.memberId);
    await notify(
      tx,
      workspaceId,
      others.map((each) => ({ ...each, onceKey: each.onceKey ?? fact.id, causedBy: fact.memberId })),
      { at, leaves },
    );
    if (leaves) await sendAlong[fact.kind]?.(tx, workspaceId, fact);
  }
  await sql`DELETE FROM untold_facts WHERE workspace_id = ${workspaceId}::uuid AND fact_id = ANY(${facts.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  );
  return facts.length;
}

/** Who holds it follows; see handoff’s `holdingAlone`. */
export const followPlace = (workspaceId: WorkspaceId): string => `accord.notices ${workspaceId}`;

async function isAlone(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{
    mine: boolean;
  }>`SELECT pg_try_advisory_xact_lock(hashtextextended(${followPlace(workspaceId)}, 0)) AS mine`.execute(tx);
  return rows[0]!.mine;
}

async function nextFacts(tx: Tx, workspaceId: WorkspaceId, size: number): Promise<Noted[]> {
  const { rows } =
    await sql<Noted>`SELECT f.id, f.kind, f.subject_kind AS "subjectKind", f.subject_id AS "subjectId", f.member_id AS "memberId",
      coalesce(m.name, 'Somebody') AS by, coalesce(f.sets, '{}') AS sets, coalesce(f.body, '{}') AS body, f.recorded_at AS "recordedAt",
      f.occurred_at > f.recorded_at - make_interval(hours => ${newsHours}) AS "isNews"
    FROM untold_facts u JOIN facts f ON f.workspace_id = u.workspace_id AND f.recorded_at = u.recorded_at AND f.id = u.fact_id
      LEFT JOIN members m ON m.workspace_id = f.workspace_id AND m.id = f.member_id
    WHERE u.workspace_id = ${workspaceId}::uuid AND u.tries < ${mostTries} ORDER BY u.recorded_at, u.fact_id LIMIT ${size}`.execute(tx);
  return rows;
}

/** Counts a try of the first, which then stands behind the others only once it is set aside. @returns 1, as one was dealt with */
async function passOver(tx: Tx, workspaceId: WorkspaceId): Promise<number> {
  if (!(await isAlone(tx, workspaceId))) return 0;
  await sql`UPDATE untold_facts u SET tries = tries + 1 FROM (SELECT recorded_at, fact_id FROM untold_facts
      WHERE workspace_id = ${workspaceId}::uuid AND tries < ${mostTries} ORDER BY recorded_at, fact_id LIMIT 1) first
    WHERE u.workspace_id = ${workspaceId}::uuid AND u.recorded_at = first.recorded_at AND u.fact_id = first.fact_id`.execute(tx);
  return 1;
}
