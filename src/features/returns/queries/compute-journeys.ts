/** The journeys of some units, computed from records and touches alone: what is stored is a copy of this. */

import { journeysOfUnit, type UnitJourney } from '#engine/attribution/unit-journeys.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { JourneyBasis } from '../contract/attribution.ts';
import type { JourneyGround } from './attribution-setting.ts';
import { type Basis, bases, type Seldom } from './journey-basis.ts';
import { addNamed, type JourneyRecords, noRecords, segmentOfAccount } from './journey-records.ts';
import { type JourneyTouch, readTouches } from './journey-touches.ts';
import { conversionsOfUnits, type UnitCourse, type UnitsConversion } from './unit-conversions.ts';

export interface ComputedJourney {
  readonly unitId: string;
  /** From 0, in order of time; the open one comes last. */
  readonly place: number;
  /** Null: the open journey. */
  readonly conversion: UnitsConversion | null;
  readonly touches: readonly JourneyTouch[];
  /** Positions of the touches that made the lead and led to the deal; −1 where there is none. */
  readonly lead: number;
  readonly deal: number;
  /** Of the unit, where it is an account; conversions have their own. */
  readonly segment: string | null;
}

const microsecondsADay = 86_400_000_000;
const everyOne: Seldom = (ids) => ids;

/**
 * The journeys of these units, by unit and place. Ids that are no unit (a contact that is at an account) have none.
 * @param units ids of any kind, each once
 */
export async function computeJourneys(
  tx: Tx,
  workspaceId: WorkspaceId,
  ground: JourneyGround,
  units: readonly string[],
  seldom: Seldom = everyOne,
): Promise<ComputedJourney[]> {
  const basis = bases[ground.content.basis];
  const asked = new Set(units);
  const records = noRecords();
  await basis.addAround(tx, workspaceId, records, units);
  await addNamed(tx, workspaceId, records);
  const touches = await touchesOfUnits(tx, workspaceId, ground, basis, records, asked, seldom);
  const conversions = await conversionsOfUnits(tx, workspaceId, ground, basis, records, asked);
  return units.flatMap((unit) => cutUnit(unit, ground, records, touches.get(unit) ?? [], conversions.get(unit)));
}

/** Oldest first. */
export async function touchesOfUnits(
  tx: Tx,
  workspaceId: WorkspaceId,
  { content }: JourneyGround,
  basis: Basis,
  records: JourneyRecords,
  units: ReadonlySet<string>,
  seldom: Seldom,
): Promise<Map<string, JourneyTouch[]>> {
  const found = new Map<string, JourneyTouch>();
  for (const lookup of basis.lookups(records, units, seldom))
    for (const touch of await readTouches(tx, workspaceId, content, lookup, lookup.names === content.basis)) found.set(touch.id, touch);
  const missing = notYetRead(found.values(), records, content.basis);
  if (missing.length > 0) {
    await basis.addAround(tx, workspaceId, records, missing);
    await addNamed(tx, workspaceId, records);
  }
  const byUnit = new Map<string, JourneyTouch[]>();
  for (const touch of found.values())
    for (const unit of basis.unitsOfTouch(touch, records)) {
      if (!units.has(unit)) continue;
      const list = byUnit.get(unit);
      if (list) list.push(touch);
      else byUnit.set(unit, [touch]);
    }
  for (const list of byUnit.values()) list.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return byUnit;
}

/** Leads, contacts and deals that touches name beside those by which they were found, where these tell the unit. */
function notYetRead(touches: Iterable<JourneyTouch>, records: JourneyRecords, basis: JourneyBasis): string[] {
  const missing = new Set<string>();
  for (const touch of touches) {
    if (touch[basis]) continue;
    const { contact, lead, deal } = touch;
    if (lead && !records.leads.has(lead)) missing.add(lead);
    if (contact && !records.contacts.has(contact)) missing.add(contact);
    if (deal && !records.deals.has(deal)) missing.add(deal);
  }
  return [...missing];
}

/** A unit's touches, oldest first, cut into its journeys. */
export function cutUnit(
  unitId: string,
  { content }: JourneyGround,
  records: JourneyRecords,
  touches: readonly JourneyTouch[],
  course: UnitCourse = { conversions: [], leads: [] },
): ComputedJourney[] {
  if (touches.length === 0 && course.conversions.length === 0) return [];
  const times = touches.map(({ at }) => at);
  const cut = journeysOfUnit(times, course.conversions, course.leads, content.lookBackDays * microsecondsADay);
  const segment = segmentOfAccount(records, unitId);
  return cut.map(({ conversion, from, to, lead, deal }: UnitJourney, place) => {
    const own = conversion < 0 ? null : course.conversions[conversion]!;
    return { unitId, place, conversion: own, touches: touches.slice(from, to), lead, deal, segment: own?.segment ?? segment };
  });
}
