/**
 * Journeys as columns: what attribution needs of each, as numbers side by side. One row is one journey, or all
 * journeys along one path counted together; touches lie grouped by journey, oldest first.
 */

export interface Journeys {
  readonly count: number;
  /** Row j's touches are `starts[j]` up to, not including, `starts[j + 1]`; `count + 1` entries. A row may have none. */
  readonly starts: Uint32Array;
  /** Code of each touch's channel (or of whatever is credited), 0 … channelCount − 1. */
  readonly channels: Uint16Array;
  readonly channelCount: number;
  /** Conversions of each row: 0 or 1 for a single journey, more for a path. */
  readonly conversions: Float64Array;
  /** Their value in whole minor units (or another whole unit), below 2^53. */
  readonly values: Float64Array;
  /** Journeys of the row that ended without a conversion. */
  readonly nulls: Float64Array;
  /** When each touch and each conversion was: whole seconds since 1970. Null where only the order is known (paths). */
  readonly times: { readonly touches: Uint32Array; readonly conversions: Uint32Array } | null;
  /**
   * Position within its journey of the touch that made the lead, and of the one that led to the deal: the last touch at or
   * before that moment; −1 where there is none. Null: no milestones known.
   */
  readonly milestones: { readonly lead: Int32Array; readonly deal: Int32Array } | null;
}
