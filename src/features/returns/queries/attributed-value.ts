/** What the setting's model credits, for the figures: return on spend by channel and campaign. */

import type { RuleModel } from '#engine/attribution/models.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';

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

export type GetAttributedValue = (database: Database, workspaceId: WorkspaceId, asked: AttributedValueAsk) => Promise<AttributedValues>;
