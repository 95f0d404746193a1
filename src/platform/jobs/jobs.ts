import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** Work done later by a worker. The payload always names its workspace. */
export interface JobCall {
  name: string;
  payload: Record<string, unknown>;
  /** One job at a time with this key; a second one replaces it. */
  key?: string;
  /** Jobs of one queue run one after another. */
  queue?: string;
  runAt?: string;
  maxAttempts?: number;
}

/** Puts a job into the queue in the caller's transaction: it exists exactly when the transaction commits. */
export async function enqueue(tx: Tx, workspaceId: WorkspaceId, job: JobCall): Promise<void> {
  await sql`SELECT accord.enqueue(${job.name}, ${JSON.stringify({ ...job.payload, workspaceId })}::json, ${job.key ?? null}, ${job.runAt ?? null}::timestamptz, ${job.maxAttempts ?? 5}, ${job.queue ?? null})`.execute(
    tx,
  );
}
