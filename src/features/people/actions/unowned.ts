import type { z } from 'zod';
import { sql } from 'kysely';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { newWorkspace } from '../contract.ts';
import { enter } from '../queries/gate.ts';
import { freeSlug } from './workspaces.ts';

/** A workspace made from the command line, before anybody has a login. Whoever sets up the installation first becomes its owner. */
export async function createUnownedWorkspace(database: Database, given: z.output<typeof newWorkspace>): Promise<WorkspaceId> {
  return database.atGate('system', async (tx) => {
    const id = newId();
    await sql`INSERT INTO workspaces (id, name, slug, time_zone, currency, country) VALUES (${id}, ${given.name}, ${await freeSlug(tx, given.name)}, ${given.timeZone}, ${given.currency}, ${given.country ?? null})`.execute(
      tx,
    );
    const workspaceId = await enter(tx, id);
    await recordFact(tx, workspaceId, {
      kind: 'workspace.created',
      subjectKind: 'workspace',
      subjectId: id,
      body: { name: given.name, from: 'command line' },
    });
    return workspaceId;
  });
}

/** At the gate, during the first set-up: the only workspace there is, when the command line made it. */
export async function findUnownedWorkspace(tx: Tx): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM workspaces LIMIT 2`.execute(tx);
  return rows.length === 1 ? rows[0]!.id : undefined;
}
