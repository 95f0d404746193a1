/**
 * Where attainment reads from. As of now: the record and its projections. As of a past moment, or with all
 * leads under the present version: temporary tables of the same shape that `attainment-recomputed.ts` fills,
 * so that one set of questions serves all.
 */

import { sql, type RawBuilder } from 'kysely';
import type { WorkspaceId } from '#platform/db/database.ts';

export type Sql = RawBuilder<unknown>;

export interface Sources {
  /** Tables, or what stands in for them; each has `workspace_id`. */
  readonly clocks: Sql;
  readonly leads: Sql;
  readonly contacts: Sql;
  /** Touches on record (`t`), without those voided. */
  readonly isTouchKnown: Sql;
  /** The last rejection of each lead: `lead_id`, `id`, `answer`, `ruling`, `comment`, `rejected_at`. */
  readonly lastRejections: Sql;
}

export function presentSources(workspaceId: WorkspaceId): Sources {
  return {
    clocks: sql`clocks`,
    leads: sql`leads`,
    contacts: sql`contacts`,
    isTouchKnown: sql`t.voided_by IS NULL`,
    lastRejections: sql`(SELECT DISTINCT ON (lead_id) lead_id, id, answer, ruling, comment, rejected_at FROM rejections
      WHERE workspace_id = ${workspaceId}::uuid ORDER BY lead_id, rejected_at DESC, id DESC)`,
  };
}
