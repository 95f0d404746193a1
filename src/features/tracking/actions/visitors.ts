/**
 * By what a visitor is known again. Without consent: a hash of network address and browser under a salt that every
 * server shares for one day (UTC) and that is then deleted, so that nobody can make the hash again. After consent: a
 * hash of the random number that the page keeps in its own cookie.
 */

import { createHash, createHmac, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, WorkspaceId } from '#platform/db/database.ts';

const hashBytes = 16;

export type Salts = (workspaceId: WorkspaceId, day: string) => Promise<Buffer>;

/** Salts of the day; one of another day is forgotten here too. */
export function keepSalts(database: Database): Salts {
  let keptOf = '';
  let kept = new Map<WorkspaceId, Promise<Buffer>>();
  return (workspaceId, day) => {
    if (keptOf !== day) [keptOf, kept] = [day, new Map()];
    const known = kept.get(workspaceId);
    if (known) return known;
    const salt = takeSalt(database, workspaceId, day);
    kept.set(workspaceId, salt);
    salt.catch(() => kept.delete(workspaceId));
    return salt;
  };
}

async function takeSalt(database: Database, workspaceId: WorkspaceId, day: string): Promise<Buffer> {
  return database.inWorkspace(workspaceId, async (tx) => {
    await sql`INSERT INTO tracking_salts (workspace_id, day, salt) VALUES (${workspaceId}::uuid, ${day}::date, ${randomBytes(32)}) ON CONFLICT DO NOTHING`.execute(
      tx,
    );
    const { rows } = await sql<{
      salt: Buffer;
    }>`SELECT salt FROM tracking_salts WHERE workspace_id = ${workspaceId}::uuid AND day = ${day}::date`.execute(tx);
    return rows[0]!.salt;
  });
}

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** One visitor of one site within one day. Two people behind one address with the same browser are one. */
export const dayVisitorOf = (salt: Buffer, visit: { siteId: string; address: string; agent: string }): Buffer =>
  createHmac('sha256', salt).update(`${visit.siteId}\0${visit.address}\0${visit.agent}`).digest().subarray(0, hashBytes);

/** @param number the cookie's, 128 random bits: too many to be guessed back */
export const cookieVisitorOf = (siteId: string, number: string): Buffer =>
  createHash('sha256').update(`accord visitor\0${siteId}\0${number}`).digest().subarray(0, hashBytes);
