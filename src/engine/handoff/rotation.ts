/**
 * Fair rotation by virtual time (weighted fair queueing; Demers, Keshav and Shenker 1989). A rep's turn is how far
 * the rep has come: each lead moves it on by 1 ÷ weight, and the next lead goes to whoever would be least far on
 * with it. Among reps who are always there, shares follow the weights to within a lead (Jefferson's divisor method).
 *
 * Nobody is owed more than `catchUpLeads`: whoever was not there (leave, out of rotation, at capacity, outside
 * working hours, new) counts as at most that many leads behind the rotation, so that they catch up without being
 * flooded, and nobody else waits longer than that takes.
 */

import { type Hindrance, nextInTurnWords, opensFirstWords, skippedWords } from './reasons.ts';

/** A rep as routing sees them at one moment. */
export interface Rep {
  readonly id: string;
  readonly name: string;
  /** Share in rotations; 0: none. */
  readonly weight: number;
  /** The most leads open at a time; null: no limit. */
  readonly capacity: number | null;
  /** Leads that wait for the rep or are being worked. Counted on as leads are given. Null: not counted, taken as below the limit. */
  open: number | null;
  /** Why no lead goes there at all, whatever the hour; null: it may. */
  readonly away: Hindrance | null;
  /** The moment working time is open next, in epoch milliseconds; the moment asked about while it is open; null: never. */
  readonly opensAt: number | null;
}

/** How far a rep has come in one rotation. */
export interface Turn {
  /** Virtual time: the sum of 1 ÷ weight over the leads given, raised where the rep was not there. */
  turn: number;
  given: number;
  lastGivenAt: number | null;
}

export interface Rotation {
  /** What the team is called. */
  readonly name: string;
  readonly reps: readonly Rep[];
  /** By rep; also of those who left. A rep without one is new. */
  readonly turns: Map<string, Turn>;
}

export interface Terms {
  /** The moment, in epoch milliseconds. */
  readonly at: number;
  readonly workingHoursOnly: boolean;
  readonly catchUpLeads: number;
  /** In which moments are told. */
  readonly timeZone: string;
}

export interface Choice {
  readonly rep: Rep | null;
  /** Where the rep's turn stands after the lead. */
  readonly turn: number;
  readonly why: readonly string[];
}

/** Those who start within an hour of the first count as starting together: leads of the night are spread over them. */
const together = 3_600_000;

/** Whose turn it is. Changes nothing; `give` does. */
export function chooseNext(rotation: Rotation, terms: Terms): Choice {
  const skipped: { rep: Rep; because: Hindrance }[] = [];
  const able: Rep[] = [];
  for (const rep of rotation.reps) {
    const because = hindranceOf(rep);
    if (because) skipped.push({ rep, because });
    else able.push(rep);
  }
  const there = terms.workingHoursOnly ? byWorkingTime(able, terms.at, skipped) : { reps: able, opensAt: null };
  const next = leastFar(there.reps, rotation, terms.catchUpLeads);
  const why = [...skippedWords(skipped, terms)];
  if (!next) return { rep: null, turn: 0, why: [...why, nobodyWords(rotation)] };
  if (there.opensAt !== null) why.push(opensFirstWords(there.reps, there.opensAt, terms));
  why.push(nextInTurnWords(next.rep, rotation.turns.get(next.rep.id)?.given ?? 0, next.level, there.reps.length));
  return { rep: next.rep, turn: next.turn, why };
}

/** Those whose turn comes first, at most so many, whatever they have open: whose open leads are worth counting. */
export function firstInTurn(rotation: Rotation, terms: Terms, many: number): Rep[] {
  const able = rotation.reps.filter((rep) => hindranceOf({ ...rep, open: null }) === null);
  const there = terms.workingHoursOnly ? byWorkingTime(able, terms.at, []).reps : able;
  if (there.length <= many) return there;
  const after = turnsAfter(there, rotation, terms.catchUpLeads);
  const order = there.map((rep, index) => ({ rep, turn: after[index]! })).sort((one, other) => one.turn - other.turn);
  return order.slice(0, many).map(({ rep }) => rep);
}

/** Counts a lead as given: to the rotation, when it came through one, and to what the rep has open. */
export function give(rep: Rep, at: number, through: { rotation: Rotation; turn: number } | null): void {
  if (rep.open !== null) rep.open += 1;
  if (!through) return;
  const given = through.rotation.turns.get(rep.id)?.given ?? 0;
  through.rotation.turns.set(rep.id, { turn: through.turn, given: given + 1, lastGivenAt: at });
}

/** Why a lead can't go to this rep through a rotation, but for the hour; null: it can. */
export function hindranceOf(rep: Rep): Hindrance | null {
  if (rep.away) return rep.away;
  if (rep.weight <= 0) return { kind: 'noShare' };
  const { open, capacity } = rep;
  return open !== null && capacity !== null && open >= capacity ? { kind: 'full', open, capacity } : null;
}

/** Those who work now; when nobody does, those whose working time opens first. The others are noted as skipped. */
function byWorkingTime(
  able: readonly Rep[],
  at: number,
  skipped: { rep: Rep; because: Hindrance }[],
): { reps: Rep[]; opensAt: number | null } {
  const first = able.reduce((least, rep) => Math.min(least, rep.opensAt ?? Infinity), Infinity);
  const latest = first <= at ? at : first + together;
  const reps: Rep[] = [];
  for (const rep of able) {
    if (rep.opensAt !== null && rep.opensAt <= latest) reps.push(rep);
    else skipped.push({ rep, because: { kind: 'offHours', opensAt: rep.opensAt } });
  }
  return { reps, opensAt: first > at && reps.length > 0 ? first : null };
}

interface Next {
  readonly rep: Rep;
  readonly turn: number;
  /** Those who are as far on and had theirs more lately. */
  readonly level: readonly Rep[];
}

/** Sums of reciprocals that should be equal differ by their rounding. */
const rounding = 1e-9;

function leastFar(reps: readonly Rep[], rotation: Rotation, catchUpLeads: number): Next | null {
  const { turns } = rotation;
  const after = turnsAfter(reps, rotation, catchUpLeads);
  const least = Math.min(...after);
  const [rep, ...level] = reps
    .filter((_, index) => after[index]! <= least + rounding)
    .toSorted((one, other) => lastOf(turns, one) - lastOf(turns, other) || (one.id < other.id ? -1 : 1));
  if (!rep) return null;
  const later = level.filter((each) => lastOf(turns, each) > lastOf(turns, rep));
  return { rep, turn: after[reps.indexOf(rep)]!, level: later };
}

/** Where each would stand with one lead more. */
function turnsAfter(reps: readonly Rep[], { turns }: Rotation, catchUpLeads: number): number[] {
  let furthest = 0;
  for (const { turn } of turns.values()) if (turn > furthest) furthest = turn;
  return reps.map((rep) => {
    const owedFrom = furthest - (1 + catchUpLeads) / rep.weight;
    return Math.max(turns.get(rep.id)?.turn ?? 0, owedFrom) + 1 / rep.weight;
  });
}

const lastOf = (turns: ReadonlyMap<string, Turn>, rep: Rep): number => turns.get(rep.id)?.lastGivenAt ?? -8.64e15;

const nobodyWords = ({ name, reps }: Rotation): string =>
  reps.length === 0 ? `${name} has no reps.` : `Nobody in ${name} can take it now: it waits in the team’s queue.`;
