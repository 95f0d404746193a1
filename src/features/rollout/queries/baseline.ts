import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { Baseline, CharterFigure } from '../contract/charter.ts';
import { whyNotWrite } from '../policy.ts';

/** What a figure was before, as it was kept. */
export async function keptBaseline(tx: Tx, workspaceId: WorkspaceId, figure: CharterFigure): Promise<Baseline | null> {
  const { rows } =
    await sql<Baseline>`SELECT b.starts_on AS start, b.ends_on AS "end", b.value, b.low, b.high, b.currency, b.taken_at AS "takenAt",
      json_build_object('id', m.id, 'name', m.name) AS "takenBy"
    FROM rollout_baselines b JOIN members m ON m.workspace_id = b.workspace_id AND m.id = b.taken_by
    WHERE b.workspace_id = ${workspaceId}::uuid AND b.figure = ${figure}`.execute(tx);
  return rows[0] ?? null;
}

export async function whyNotTake(tx: Tx, who: Who, figure: CharterFigure | null): Promise<string | null> {
  if (figure === null) return 'Name the one number first: a baseline is of something.';
  if (await keptBaseline(tx, who.workspaceId, figure))
    return 'It is kept already: a baseline that could be taken again would follow the wish.';
  return whyNotWrite(who);
}
