/** What the setting's model credits, for the figures: return on spend by channel and campaign. */

import type { RuleModel } from '#engine/attribution/models.ts';
import { tallyRules } from '#engine/attribution/tally.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { notesOn } from './attribution-state.ts';
import { journeysOf } from './journey-columns.ts';
import { countPresence, engineJourneys, groupsOfTouches, selectConverted } from './selected-journeys.ts';

export interface AttributedValueAsk {
  readonly by: 'channel' | 'campaign';
  /** First and last day of the conversions, in the workspace's zone, both included; unsaid: all. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  /** The setting's own model unless said. */
  readonly model?: RuleModel | undefined;
}

export interface AttributedValue {
  /** Channel group, or campaign id; null: touches without a campaign. */
  readonly group: string | null;
  /** Credited conversions, fractions included. */
  readonly conversions: number;
  /** Conversions with a touch of the group: as many as /attribution/credits lists. */
  readonly touched: number;
  /** Minor units of the workspace's currency. */
  readonly value: bigint;
}

export interface AttributedValues {
  readonly rows: readonly AttributedValue[];
  /** Conversions without a touch: in no row. Rows and this add up to the total exactly. */
  readonly unattributed: { readonly conversions: number; readonly value: bigint };
  readonly total: { readonly conversions: number; readonly value: bigint };
  /** Which model and setting counted; null: no journeys are built yet. */
  readonly model: RuleModel | null;
  readonly setting: number | null;
  readonly notes: readonly string[];
}

/** Of an empty answer too: rows and unattributed add up to the total. */
export async function getAttributedValue(
  database: Database,
  workspaceId: WorkspaceId,
  { by, start, end, model }: AttributedValueAsk,
): Promise<AttributedValues> {
  const fresh = await journeysOf(database).fresh(workspaceId);
  const rows = selectConverted(fresh, { start, end });
  const asked = model ?? fresh.setting?.content.model ?? null;
  const journeys = engineJourneys(fresh, rows);
  const groups = groupsOfTouches(fresh, rows, journeys, by);
  const tally = tallyRules(journeys, asked ? [asked] : [], groups.codes, groups.count, {
    halfLifeSeconds: (fresh.setting?.content.halfLifeDays ?? 7) * 86_400,
  });
  const credited = asked ? tally.models.get(asked)! : null;
  const presence = countPresence(journeys, groups);
  return {
    rows: Array.from({ length: groups.count }, (_, code) => code).flatMap((code) =>
      presence.touches[code]! === 0
        ? []
        : [
            {
              group: groups.groupOf(code),
              conversions: credited?.conversions?.[code] ?? 0,
              touched: presence.journeys[code]!,
              value: BigInt(credited?.values?.[code] ?? 0),
            },
          ],
    ),
    unattributed: money(tally.unattributed),
    total: money(tally.total),
    model: fresh.setting ? asked : null,
    setting: fresh.setting?.number ?? null,
    notes: notesOn(fresh, rows),
  };
}

const money = ({ conversions, value }: { conversions: number; value: number }) => ({ conversions, value: BigInt(value) });
