/** The journeys of one unit (an account, a contact, a lead, a deal): which of its touches lead to which of its conversions. */

import { countedBetween } from './select.ts';

export interface UnitConversion {
  /** Any whole unit of time, the same for all; so are the times below. */
  readonly at: number;
  /** When its own lead was opened; null where it has none: then the unit's earliest lead within the look-back stands for it. */
  readonly leadAt: number | null;
  /** When its deal was opened; null where there is none. */
  readonly dealAt: number | null;
}

export interface UnitJourney {
  /** Position among the conversions; −1: the open journey, which has not converted by now. */
  readonly conversion: number;
  /** The touches from this place up to, not including, `to`. */
  readonly from: number;
  readonly to: number;
  /** Position within the journey of the last touch at or before the lead (the deal) was opened; −1 where there is none, or it was opened after the conversion. */
  readonly lead: number;
  readonly deal: number;
}

/**
 * Each conversion takes the touches within the look-back before it, up to and including its moment: a touch may lead to
 * several. What came after the last conversion is the open journey, with the touches within the look-back before its last
 * one; there is none where nothing came after.
 * @param times of the touches, oldest first
 * @param conversions oldest first
 * @param leads when the unit's leads were opened, oldest first
 */
export function journeysOfUnit(
  times: readonly number[],
  conversions: readonly UnitConversion[],
  leads: readonly number[],
  lookBack: number,
): UnitJourney[] {
  const journeys = conversions.map((each, at): UnitJourney => {
    const { from, to } = countedBetween(times, 0, times.length, each.at, lookBack);
    const leadAt = each.leadAt ?? leads.find((opened) => opened >= each.at - lookBack && opened <= each.at) ?? null;
    const milestone = (moment: number | null): number => (moment === null || moment > each.at ? -1 : lastUpTo(times, from, to, moment));
    return { conversion: at, from, to, lead: milestone(leadAt), deal: milestone(each.dealAt) };
  });
  const open = openJourney(times, conversions.at(-1)?.at ?? null, lookBack);
  return open ? [...journeys, open] : journeys;
}

function openJourney(times: readonly number[], after: number | null, lookBack: number): UnitJourney | null {
  const last = times.at(-1);
  if (last === undefined || (after !== null && last <= after)) return null;
  const { from, to } = countedBetween(times, 0, times.length, last, lookBack);
  let first = from;
  while (after !== null && times[first]! <= after) first++;
  return { conversion: -1, from: first, to, lead: -1, deal: -1 };
}

function lastUpTo(times: readonly number[], from: number, to: number, moment: number): number {
  let at = to - 1;
  while (at >= from && times[at]! > moment) at--;
  return at - from;
}
