/** The agenda as it is kept: what the data said, and what people made of it. */

import { sql } from 'kysely';
import { arrange, type Candidate, type ItemKind } from '#engine/cadence/agenda.ts';
import type { ItemState } from '#engine/cadence/states.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Offered } from './agenda/offered.ts';

/** As a jsonb keeps it. */
export type KeptContent = Omit<Offered, 'kind' | 'key' | 'stake'> & { readonly stake: string | null };

export interface ItemRow {
  readonly id: string;
  readonly key: string;
  readonly kind: ItemKind;
  readonly content: KeptContent;
  readonly ownerId: string | null;
  readonly place: number | null;
  readonly minutes: number | null;
  readonly dropped: boolean;
  readonly status: ItemState;
  readonly gone: boolean;
  readonly secondsSpent: number;
  readonly addedBy: string | null;
}

export async function readItems(tx: Tx, workspaceId: WorkspaceId, meetingId: string): Promise<ItemRow[]> {
  const { rows } =
    await sql<ItemRow>`SELECT i.id, i.item_key AS key, i.kind, i.content, i.owner_id AS "ownerId", i.place, i.minutes, i.dropped, i.status,
      i.gone OR (i.kind = 'action' AND NOT EXISTS (SELECT 1 FROM actions a WHERE a.workspace_id = i.workspace_id AND a.id = (i.content->'records'->0->>'id')::uuid AND a.status = 'open')) AS gone,
      i.seconds_spent AS "secondsSpent", i.added_by AS "addedBy"
    FROM agenda_items i WHERE i.workspace_id = ${workspaceId}::uuid AND i.meeting_id = ${meetingId}::uuid ORDER BY i.added_at, i.id`.execute(
      tx,
    );
  return rows;
}

export interface OrderedItem {
  readonly row: ItemRow;
  readonly minutes: number;
  readonly ifTime: boolean;
}

interface Placing extends Candidate {
  readonly row: ItemRow;
}

/** In the order they are talked about; dropped ones last. */
export function inOrder(rows: readonly ItemRow[], meetingMinutes: number): OrderedItem[] {
  const candidates: Placing[] = rows.map((row) => ({
    ...{ row, kind: row.kind, key: row.key, weight: row.content.weight, daysLate: row.content.daysLate, minutes: row.content.minutes },
    stake: row.content.stake === null ? null : BigInt(row.content.stake),
  }));
  const planned = arrange(candidates, rows, meetingMinutes);
  return [
    ...planned.map(({ candidate, minutes, ifTime }) => ({ row: candidate.row, minutes, ifTime })),
    ...rows.filter(({ dropped }) => dropped).map((row) => ({ row, minutes: row.minutes ?? row.content.minutes, ifTime: false })),
  ];
}
