import { setTimeout } from 'node:timers/promises';
import { holdingAlone } from '#features/handoff/actions/hold-alone.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { followFacts, followPlace } from './follow-facts.ts';

const lookAgainMs = 50;

/**
 * Does something whose facts are told in the app and nowhere else: nothing of it leaves the house. Until it is done
 * nobody is told of anything in this workspace.
 */
export async function inAppOnly(database: Database, workspaceId: WorkspaceId, work: () => Promise<void>): Promise<void> {
  while (!(await holdingAlone(database, followPlace(workspaceId), work))) await setTimeout(lookAgainMs);
  await followFacts(database, workspaceId, { at: Date.now(), leaves: false });
}
