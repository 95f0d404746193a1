/** Stores computed journeys and their credits: only what differs is written, so that what didn't change isn't read again. */

import { sql } from 'kysely';
import { ruleModels } from '#engine/attribution/models.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { JourneyGround } from '../queries/attribution-setting.ts';
import type { Grouping } from '../queries/channel-grouping.ts';
import type { ComputedJourney } from '../queries/compute-journeys.ts';
import {
  creditColumns,
  type CreditRow,
  creditsOf,
  journeyKey,
  type JourneyRow,
  readJourneyRows,
  rowOfJourney,
  unlikeColumn,
} from '../queries/journey-rows.ts';
import type { JourneyWords } from '../queries/journey-words.ts';
import { readChannels } from '../queries/touch-channels.ts';

/**
 * @param units all of whose journeys were computed: stored ones that are not among them are no more
 * @returns how many rows of journeys changed
 */
export async function writeJourneys(
  tx: Tx,
  workspaceId: WorkspaceId,
  ground: JourneyGround,
  computed: { units: readonly string[]; journeys: readonly ComputedJourney[] },
  reading: { words: JourneyWords; grouping: Grouping },
): Promise<number> {
  const { setting } = ground;
  const channels = await readChannels(
    tx,
    workspaceId,
    reading.grouping,
    computed.journeys.flatMap(({ touches }) => touches),
  );
  const stored = await readJourneyRows(tx, workspaceId, setting, computed.units);
  const changed: JourneyRow[] = [];
  const credits: CreditRow[] = [];
  for (const journey of computed.journeys) {
    const row = rowOfJourney(journey, channels, reading.words);
    const before = stored.get(journeyKey(row));
    stored.delete(journeyKey(row));
    if (before && unlikeColumn(before, row) === null) continue;
    changed.push(row);
    credits.push(...creditsOf(journey, ground, channels));
  }
  const gone = [...stored.values()];
  await writeWords(tx, workspaceId, setting, reading.words);
  await dropCredits(tx, workspaceId, setting, [...changed, ...gone]);
  await putStones(tx, workspaceId, setting, gone);
  await upsertJourneys(tx, workspaceId, setting, changed);
  await insertCredits(tx, workspaceId, setting, credits);
  return changed.length + gone.length;
}

async function writeWords(tx: Tx, workspaceId: WorkspaceId, setting: number, words: JourneyWords): Promise<void> {
  const fresh = words.takeNew();
  if (fresh.length === 0) return;
  await sql`INSERT INTO journey_words (workspace_id, setting, dimension, code, word)
    SELECT ${workspaceId}::uuid, ${setting}, * FROM unnest(${fresh.map(({ dimension }) => dimension)}::text[], ${fresh.map(({ code }) => code)}::int[],
      ${fresh.map(({ word }) => word)}::text[])`.execute(tx);
}

async function dropCredits(tx: Tx, workspaceId: WorkspaceId, setting: number, rows: readonly JourneyRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`DELETE FROM attribution_credits c USING unnest(${rows.map(({ unitId }) => unitId)}::uuid[], ${rows.map(({ place }) => place)}::int[]) n(unit_id, place)
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.setting = ${setting} AND c.unit_id = n.unit_id AND c.place = n.place`.execute(tx);
}

async function putStones(tx: Tx, workspaceId: WorkspaceId, setting: number, rows: readonly JourneyRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`UPDATE journeys j SET gone = true, touch_count = 0, touches = '', first_at = NULL, converted_at = NULL, conversion_id = NULL, amount = NULL,
      changed_xid = pg_current_xact_id()
    FROM unnest(${rows.map(({ unitId }) => unitId)}::uuid[], ${rows.map(({ place }) => place)}::int[]) n(unit_id, place)
    WHERE j.workspace_id = ${workspaceId}::uuid AND j.setting = ${setting} AND j.unit_id = n.unit_id AND j.place = n.place`.execute(tx);
}

async function upsertJourneys(tx: Tx, workspaceId: WorkspaceId, setting: number, rows: readonly JourneyRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`INSERT INTO journeys (workspace_id, setting, unit_id, place, first_at, converted_at, conversion_id, amount, account_id, contact_id, lead_id, deal_id,
      segment, touch_count, touches)
    SELECT ${workspaceId}::uuid, ${setting}, * FROM unnest(${rows.map(({ unitId }) => unitId)}::uuid[], ${rows.map(({ place }) => place)}::int[],
      ${rows.map(({ firstAt }) => instantText(firstAt))}::timestamptz[], ${rows.map(({ convertedAt }) => instantText(convertedAt))}::timestamptz[],
      ${rows.map(({ conversionId }) => conversionId)}::uuid[], ${rows.map(({ amount }) => amount?.toString() ?? null)}::bigint[],
      ${rows.map(({ accountId }) => accountId)}::uuid[], ${rows.map(({ contactId }) => contactId)}::uuid[], ${rows.map(({ leadId }) => leadId)}::uuid[],
      ${rows.map(({ dealId }) => dealId)}::uuid[], ${rows.map(({ segment }) => segment)}::text[], ${rows.map(({ touchCount }) => touchCount)}::int[],
      ${rows.map(({ touches }) => touches)}::bytea[])
    ON CONFLICT (workspace_id, setting, unit_id, place) DO UPDATE SET first_at = EXCLUDED.first_at, converted_at = EXCLUDED.converted_at,
      conversion_id = EXCLUDED.conversion_id, amount = EXCLUDED.amount, account_id = EXCLUDED.account_id, contact_id = EXCLUDED.contact_id,
      lead_id = EXCLUDED.lead_id, deal_id = EXCLUDED.deal_id, segment = EXCLUDED.segment, touch_count = EXCLUDED.touch_count,
      touches = EXCLUDED.touches, gone = false, changed_xid = pg_current_xact_id()`.execute(tx);
}

async function insertCredits(tx: Tx, workspaceId: WorkspaceId, setting: number, rows: readonly CreditRow[]): Promise<void> {
  if (rows.length === 0) return;
  const models = sql.join(ruleModels.map((model) => sql.ref(creditColumns[model])));
  const credits = sql.join(ruleModels.map((_, at) => sql`${rows.map((row) => row.credits[at]!.toString())}::bigint[]`));
  await sql`INSERT INTO attribution_credits (workspace_id, setting, unit_id, place, touch_no, touch_id, touch_at, converted_at, conversion_id, side, kind, channel,
      content, segment, campaign_id, member_id, ${models})
    SELECT ${workspaceId}::uuid, ${setting}, * FROM unnest(${rows.map(({ unitId }) => unitId)}::uuid[], ${rows.map(({ place }) => place)}::int[],
      ${rows.map(({ touchNo }) => touchNo)}::int[], ${rows.map(({ touchId }) => touchId)}::uuid[], ${rows.map(({ touchAt }) => instantText(touchAt))}::timestamptz[],
      ${rows.map(({ convertedAt }) => instantText(convertedAt))}::timestamptz[], ${rows.map(({ conversionId }) => conversionId)}::uuid[],
      ${rows.map(({ side }) => side)}::text[], ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ channel }) => channel)}::text[],
      ${rows.map(({ content }) => content)}::text[], ${rows.map(({ segment }) => segment)}::text[], ${rows.map(({ campaignId }) => campaignId)}::uuid[],
      ${rows.map(({ memberId }) => memberId)}::uuid[], ${credits})`.execute(tx);
}

/** ISO 8601 to the microsecond. */
function instantText(microseconds: number | null): string | null {
  if (microseconds === null) return null;
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = String(microseconds - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`;
}
