import { sql } from 'kysely';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { proofs } from '../contract/hooks.ts';
import { findByKey } from './gate.ts';

/** A hook as its senders meet it. */
export interface OpenHook {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly proof: (typeof proofs)[number];
  /** Sealed. */
  readonly secret: Buffer;
  readonly active: boolean;
}

/** Null: no such key, or archived. */
export async function findOpenHook(database: Database, key: string): Promise<OpenHook | null> {
  const found = await findByKey(database, 'hook', key);
  if (!found) return null;
  const { workspaceId, id } = found;
  return database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<Omit<OpenHook, 'workspaceId'>>`SELECT id, proof, secret, active FROM tracking_hooks
      WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND archived_at IS NULL`.execute(tx);
    return rows[0] ? { workspaceId, ...rows[0] } : null;
  });
}
