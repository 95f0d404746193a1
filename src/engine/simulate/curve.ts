/** The formulas that decide what a lead becomes. Pure; `docs/simulator.md` quotes them. */

import { leftAfterHalfLives, logistic } from './numbers.ts';
import { segments, world } from './parameters.ts';

/**
 * P(one attempt reaches the lead), the first attempt being `hours` of wall time after the MQL:
 * reachAtOnce · (floor + (1 − floor) · 2^(−hours ÷ half-life)), times `reachWithoutPhone` without a phone.
 */
export function reachOfAttempt(hours: number, hasPhone: boolean): number {
  const decayed = world.reachFloorShare + (1 - world.reachFloorShare) * leftAfterHalfLives(hours / world.halfLifeHours);
  return world.reachAtOnce * decayed * (hasPhone ? 1 : world.reachWithoutPhone);
}

/** P(at least one of `attempts` reaches) = 1 − (1 − reach)^attempts. */
export function reachOfAttempts(reach: number, attempts: number): number {
  let missed = 1;
  for (let i = 0; i < attempts; i++) missed *= 1 - reach;
  return 1 - missed;
}

/** What of a lead moves its chances, apart from how it is followed up. */
export interface Prospect {
  /** Standard normal. */
  intent: number;
  misfit: boolean;
  /** Index into `segments`. */
  segment: number;
  /** Campaign quality and what the channels of the journey add, in logits. */
  push: number;
  /** A rep took part in the lead's campaign. */
  participated: boolean;
}

const winBase = segments.map((segment) => world.winBase[segment]);

/** P(SQL | conversation) = logistic(sqlBase + sqlIntent·intent + sqlMisfit·misfit + push + participationLift·participated). */
export const sqlChance = (lead: Prospect, push: number, participated: boolean): number =>
  logistic(
    world.sqlBase +
      world.sqlIntent * lead.intent +
      (lead.misfit ? world.sqlMisfit : 0) +
      push +
      (participated ? world.participationLift : 0),
  );

/** P(won | deal) = logistic(winBase(segment) + winIntent·intent + winMisfit·misfit + participationLift·participated). */
export const winChance = (lead: Prospect, winMisfit: number, participated: boolean): number =>
  logistic(
    (winBase[lead.segment] as number) +
      world.winIntent * lead.intent +
      (lead.misfit ? winMisfit : 0) +
      (participated ? world.participationLift : 0),
  );

/** P(won | conversation): SQL, then a deal, then won. */
export const winAfterTalk = (
  lead: Prospect,
  winMisfit: number,
  push: number = lead.push,
  participated: boolean = lead.participated,
): number => sqlChance(lead, push, participated) * world.dealShareOfSql * winChance(lead, winMisfit, participated);
