import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { throughGate } from '#features/people/queries/gate.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { GatePurpose } from '../queries/gate.ts';

/** A key by which the outside reaches one record of this workspace. 128 random bits: it can't be found by trying. */
export async function openDoor(tx: Tx, workspaceId: WorkspaceId, purpose: GatePurpose, recordId: string): Promise<string> {
  const key = randomBytes(16).toString('base64url');
  await throughGate(tx, () =>
    sql`INSERT INTO gate_tokens (token_hash, purpose, workspace_id, record_id) VALUES (${hashToken(key)}, ${purpose}, ${workspaceId}, ${recordId})`.execute(
      tx,
    ),
  );
  return key;
}
