import type pg from 'pg';
import type { WorkspaceId } from '#platform/db/database.ts';

/** What the statements of one undo need: one connection inside one transaction. */
export interface Undo {
  readonly client: pg.ClientBase;
  readonly workspaceId: WorkspaceId;
  readonly runId: string;
}

/** Runs a statement with `:ws` and `:run` put in as literals. */
export const q = (undo: Undo, statement: string) =>
  undo.client.query(statement.replace(/:ws\b/g, `'${undo.workspaceId}'::uuid`).replace(/:run\b/g, `'${undo.runId}'::uuid`));
