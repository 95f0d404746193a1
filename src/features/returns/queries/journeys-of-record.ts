/** The journeys a record is part of, for its page. */

import { sql } from 'kysely';
import type { z } from 'zod';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { journeysAnswer, journeysAsk } from '../contract/credits.ts';
import { findLiveSettings } from './attribution-setting.ts';
import { concernedUnits } from './concerned-units.ts';
import { channelCodesIn } from './journey-bytes.ts';

const mostListed = 100;

interface Row {
  readonly unitId: string;
  readonly place: number;
  readonly firstAt: string | null;
  readonly convertedAt: string | null;
  readonly conversionId: string | null;
  readonly amount: bigint | null;
  readonly dealId: string | null;
  readonly touchCount: number;
  readonly touches: Buffer;
}

/** Of a deal or a lead its own conversions where it has any; else those of whom it belongs to. Latest first. */
export async function listJourneysOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  { kind, id }: z.output<typeof journeysAsk>,
): Promise<z.output<typeof journeysAnswer>> {
  const { current } = await findLiveSettings(tx, workspaceId);
  if (!current) return { items: [] };
  const units = await concernedUnits(tx, workspaceId, current.content.basis, [{ kind, id }]);
  const { rows } =
    await sql<Row>`SELECT unit_id AS "unitId", place, first_at AS "firstAt", converted_at AS "convertedAt", conversion_id AS "conversionId", amount,
      deal_id AS "dealId", touch_count AS "touchCount", touches FROM journeys
    WHERE workspace_id = ${workspaceId}::uuid AND setting = ${current.setting} AND unit_id = ANY(${units}::uuid[]) AND NOT gone
    ORDER BY conversion_id IS DISTINCT FROM ${id}::uuid, converted_at DESC NULLS FIRST, unit_id, place LIMIT ${mostListed}`.execute(tx);
  const own = rows.filter(({ conversionId }) => conversionId === id);
  const shown = own.length > 0 ? own : rows;
  const names = await namesOf(tx, workspaceId, {
    deal: shown.flatMap(({ dealId, conversionId }) => (dealId !== null && dealId === conversionId ? [dealId] : [])),
    lead: shown.flatMap(({ dealId, conversionId }) => (conversionId !== null && dealId !== conversionId ? [conversionId] : [])),
  });
  const words = await channelWords(tx, workspaceId, current.setting);
  return {
    items: shown.map(({ unitId, place, firstAt, convertedAt, conversionId, amount, dealId, touchCount, touches }) => {
      const kindOf = dealId === conversionId ? 'deal' : 'lead';
      return {
        unitId,
        place,
        firstAt,
        touches: touchCount,
        channels: channelCodesIn(touches).map((code) => words.get(code) ?? ''),
        conversion:
          conversionId === null
            ? null
            : {
                id: conversionId,
                kind: kindOf,
                name: names.get(`${kindOf} ${conversionId}`)?.name ?? '',
                at: convertedAt!,
                amount: amount?.toString() ?? null,
              },
      };
    }),
  };
}

async function channelWords(tx: Tx, workspaceId: WorkspaceId, setting: number): Promise<Map<number, string>> {
  const { rows } = await sql<{ code: number; word: string }>`SELECT code, word FROM journey_words
    WHERE workspace_id = ${workspaceId}::uuid AND setting = ${setting} AND dimension = 'channel'`.execute(tx);
  return new Map(rows.map(({ code, word }) => [code, word]));
}
