/** A small company whose journeys are followed: for tests of attribution. */

import { sql } from 'kysely';
import type { RuleModel } from '#engine/attribution/models.ts';
import { drainJourneys } from '#features/returns/actions/follow-journeys.ts';
import { setAttribution } from '#features/returns/actions/attribution-settings.ts';
import { askEstimate } from '#features/returns/actions/estimate.ts';
import {
  type AttributionAnswer,
  attributionAsk,
  attributionContent,
  type AttributionContent,
} from '#features/returns/contract/attribution.ts';
import { type CreditsAnswer, creditsAsk } from '#features/returns/contract/credits.ts';
import { answerAttribution } from '#features/returns/queries/attribution.ts';
import { listCredits } from '#features/returns/queries/credits.ts';
import { journeysStamp } from '#features/returns/queries/estimates.ts';
import { verifyAttribution } from '#features/returns/queries/verify-attribution.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import { recordTouch, voidTouch } from '#features/records/actions/record-touch.ts';
import type { RecordKind } from '#features/records/contract.ts';
import type { Sets } from '#features/records/contract/fold.ts';
import type { Who } from '#platform/http/route.ts';
import { type Company, openCompanies } from '#tests/reliability/company.ts';

export interface AttributedCompany extends Company {
  readonly who: Who;
  /** Makes or changes a record. @returns its id */
  record(kind: RecordKind, sets: Sets, id?: string): Promise<string>;
  /** A visit of a customer through a channel, unless said otherwise. @param at ISO 8601 @returns its id */
  touch(at: string, channel: string | null, of: Sets): Promise<string>;
  voidTouch(id: string): Promise<void>;
  /** What a worker does when something was noted. */
  follow(): Promise<void>;
  /** Journeys are read in another way from now on. */
  set(content: Partial<AttributionContent>): Promise<void>;
  /** Each journey: unit's name, what it converted to, its touches' channels; open ones end with `…`. */
  journeys(): Promise<string[]>;
  answer(asked?: Record<string, unknown>): Promise<AttributionAnswer>;
  /** Credited value by group. */
  credit(model: RuleModel, asked?: Record<string, unknown>): Promise<Record<string, string>>;
  credits(asked?: Record<string, unknown>): Promise<CreditsAnswer>;
  /** What `accord verify` finds about attribution. */
  strays(): Promise<string[]>;
}

/** Companies on one database of their own. */
export async function openAttributed(
  options: { poolSize?: number } = {},
): Promise<{ make(settings?: { currency?: string; timeZone?: string }): Promise<AttributedCompany>; close(): Promise<void> }> {
  const companies = await openCompanies(options);
  return { make: async (settings) => attributed(await companies.make(settings)), close: () => companies.close() };
}

export function attributed(company: Company): AttributedCompany {
  const { database, workspaceId, memberId, inside } = company;
  const who: Who = { workspaceId, memberId, name: 'Mara', side: 'marketing', role: 'owner' };
  const answer: AttributedCompany['answer'] = (asked = {}) =>
    answerAttribution(database, workspaceId, attributionAsk.parse(asked), async (tx, setting) => {
      const stamp = await journeysStamp(tx, workspaceId, setting);
      const estimate = await askEstimate(tx, workspaceId, { setting, question: { start: null, end: null }, stamp });
      return { ...estimate, isStale: estimate.stamp !== stamp };
    });
  return {
    ...company,
    who,
    record: async (kind, sets, id) => (await inside((tx) => recordFields(tx, workspaceId, { kind, id, sets, memberId, byVerb: true }))).id,
    touch: async (at, channel, of) => {
      const touch = { occurredAt: at, side: 'customer', kind: 'visit', ...(channel === null ? {} : { channel }), ...of };
      return (await inside((tx) => recordTouch(tx, workspaceId, touch, memberId))).id;
    },
    voidTouch: (id) => inside((tx) => voidTouch(tx, workspaceId, { id, memberId, reason: 'a mistake' })),
    follow: async () => void (await drainJourneys(database, workspaceId)),
    async set(content) {
      await inside((tx) => setAttribution(tx, who, { content: attributionContent.parse(content) }));
      await drainJourneys(database, workspaceId);
    },
    journeys: () =>
      inside(async (tx) => {
        const { rows } = await sql<{ line: string }>`
        SELECT concat_ws(' ', coalesce(a.name, k.full_name, l.name, d.name), '→', coalesce(cd.name, cl.name, '…') || ':', (
            SELECT string_agg(w.word, ' > ' ORDER BY n) FROM generate_series(0, j.touch_count - 1) n
            JOIN journey_words w ON w.workspace_id = j.workspace_id AND w.setting = j.setting AND w.dimension = 'channel' AND w.code =
              CASE WHEN j.conversion_id IS NULL THEN get_byte(j.touches, 8 + 2 * n) + 256 * get_byte(j.touches, 9 + 2 * n)
                ELSE get_byte(j.touches, 24 + 16 * j.touch_count + 2 * n) + 256 * get_byte(j.touches, 25 + 16 * j.touch_count + 2 * n) END)) AS line
        FROM journeys j
        LEFT JOIN accounts a ON a.workspace_id = j.workspace_id AND a.id = j.unit_id
        LEFT JOIN contacts k ON k.workspace_id = j.workspace_id AND k.id = j.unit_id
        LEFT JOIN leads l ON l.workspace_id = j.workspace_id AND l.id = j.unit_id
        LEFT JOIN deals d ON d.workspace_id = j.workspace_id AND d.id = j.unit_id
        LEFT JOIN deals cd ON cd.workspace_id = j.workspace_id AND cd.id = j.conversion_id
        LEFT JOIN leads cl ON cl.workspace_id = j.workspace_id AND cl.id = j.conversion_id
        WHERE j.workspace_id = ${workspaceId} AND NOT j.gone AND j.setting = (SELECT max(number) FROM attribution_settings s WHERE s.workspace_id = ${workspaceId} AND built_at IS NOT NULL)
        ORDER BY coalesce(a.name, k.full_name, l.name, d.name), j.place`.execute(tx);
        return rows.map(({ line }) => line);
      }),
    answer,
    async credit(model, asked = {}) {
      const { rows } = await answer(asked);
      return Object.fromEntries(rows.map((row) => [row.label, row.models[model]!.value!]));
    },
    credits: (asked = {}) => listCredits(database, workspaceId, creditsAsk.parse(asked)),
    async strays() {
      const { differences } = await verifyAttribution(database, workspaceId, () => {});
      return differences.map(({ kind, field, what, state, facts }) => `${kind} ${what}${field ? `: ${field} ${state}, ${facts}` : ''}`);
    },
  };
}
