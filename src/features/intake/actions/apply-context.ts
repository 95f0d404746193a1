import pg from 'pg';
import type { ImportKind } from '#features/intake/contract.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { Stage } from './stage-rows.ts';

/** What happened to the rows of one kind. `rejected` rows come back in the error file; nothing is in two of these. */
export interface KindCounts {
  created: number;
  updated: number;
  unchanged: number;
  /** Rows that only change what exists, where nothing did. */
  skipped: number;
  /** Records recognised as one that another source had brought (same e-mail, same domain and close name). */
  merged: number;
  rejected: number;
}
export const noCounts = (): KindCounts => ({ created: 0, updated: 0, unchanged: 0, skipped: 0, merged: 0, rejected: 0 });

/** Everything the statements of one import need: one connection inside one transaction. */
export interface ApplyContext {
  readonly client: pg.ClientBase;
  /** For the little that others must see before this import commits. */
  readonly database: Database;
  readonly workspaceId: WorkspaceId;
  readonly source: string;
  readonly runId: string;
  readonly memberId: string | null;
  readonly stage: Stage;
  readonly counts: Partial<Record<ImportKind, KindCounts>>;
  /** Kinds of this source that earlier imports brought: only then existing rows need to be looked for. */
  readonly known: ReadonlySet<ImportKind>;
  /** What a person should know of the whole import, in sentences. */
  readonly notes: string[];
  say(phase: string): void;
}

/** Runs a statement with `:ws`, `:source`, `:run` and `:member` put in as literals (a table is made from some, which takes no parameters). */
export async function execute<Row extends pg.QueryResultRow = Record<string, unknown>>(
  context: ApplyContext,
  statement: string,
): Promise<pg.QueryResult<Row>> {
  const literals: Record<string, string> = {
    ':ws': `${pg.escapeLiteral(context.workspaceId)}::uuid`,
    ':source': pg.escapeLiteral(context.source),
    ':run': `${pg.escapeLiteral(context.runId)}::uuid`,
    ':member': context.memberId === null ? 'NULL::uuid' : `${pg.escapeLiteral(context.memberId)}::uuid`,
  };
  return context.client.query<Row>(statement.replace(/:(ws|source|run|member)\b/g, (name) => literals[name]!));
}

export async function count(context: ApplyContext, statement: string): Promise<number> {
  const { rows } = await execute<{ count: string | bigint }>(context, statement);
  return Number(rows[0]?.count ?? 0);
}
