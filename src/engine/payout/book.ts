/** The credits of one period by measure and payee, each made once, when it is first asked for. */

import type { Fact, FactKind } from './evidence.ts';
import { creditsOf, type Credited, overlayCredits } from './credits.ts';
import type { Clawback, Measure } from './plan.ts';
import { isCredited, type Stay } from './presence.ts';
import { million } from './quantity.ts';
import { standing, type StandingFact } from './reversals.ts';

/** As a line names it: a fact's id, and minor units or millionths of a thing. */
export interface Entry {
  readonly id: string;
  readonly credit: bigint;
}

/** Of a fact, to those of it who are payees. */
export interface SharedFact {
  readonly standing: StandingFact;
  readonly credits: readonly Credited[];
}

export interface Asked {
  readonly measure: Measure;
  /** Null: cancelling takes nothing back. */
  readonly clawback: Clawback | null;
  /** Overlay credits of facts in place of the split's. */
  readonly overlay: boolean;
}

export interface Book {
  /** As they stand, whoever they are credited to. */
  ofKind(kind: FactKind): readonly StandingFact[];
  /** In order of day, moment and id. */
  facts(asked: Asked): readonly SharedFact[];
  entries(asked: Asked, payee: string): readonly Entry[];
}

const none: readonly Entry[] = [];

/** @param facts of the period, in order @param stays of all payees of the plan */
export function openBook(facts: readonly StandingFact[], stays: ReadonlyMap<string, Stay>, daysAfterLeaving: number): Book {
  const byKind = Map.groupBy(facts, ({ fact }) => fact.kind);
  const shared = new Map<string, readonly SharedFact[]>();
  const byPayee = new Map<string, ReadonlyMap<string, Entry[]>>();
  const keys = new Map<Measure, string>();

  const keyOf = ({ measure, clawback, overlay }: Asked): string => {
    let key = keys.get(measure);
    if (key === undefined) keys.set(measure, (key = JSON.stringify(measure)));
    return `${overlay ? 'overlay' : 'split'} ${clawback?.withinDays ?? 'never'} ${key}`;
  };
  const each = (asked: Asked, visit: Visit): void =>
    eachShared(factsOfKinds(facts, byKind, asked.measure.kinds), asked, { stays, daysAfterLeaving }, visit);
  return {
    ofKind: (kind) => byKind.get(kind) ?? [],
    facts(asked) {
      const key = keyOf(asked);
      let known = shared.get(key);
      if (known === undefined) shared.set(key, (known = sharedFacts((visit) => each(asked, visit))));
      return known;
    },
    entries(asked, payee) {
      const key = keyOf(asked);
      let known = byPayee.get(key);
      if (known === undefined) byPayee.set(key, (known = entriesByPayee((visit) => each(asked, visit))));
      return known.get(payee) ?? none;
    },
  };
}

type Visit = (standing: StandingFact, credits: readonly Credited[]) => void;

function sharedFacts(each: (visit: Visit) => void): SharedFact[] {
  const shared: SharedFact[] = [];
  each((standing, credits) => shared.push({ standing, credits }));
  return shared;
}

function entriesByPayee(each: (visit: Visit) => void): ReadonlyMap<string, Entry[]> {
  const byPayee = new Map<string, Entry[]>();
  each(({ fact: { id } }, credits) => {
    for (const { payee, credit } of credits) {
      const entries = byPayee.get(payee);
      if (entries) entries.push({ id, credit });
      else byPayee.set(payee, [{ id, credit }]);
    }
  });
  return byPayee;
}

function factsOfKinds(
  facts: readonly StandingFact[],
  byKind: ReadonlyMap<FactKind, readonly StandingFact[]>,
  kinds: readonly FactKind[],
): readonly StandingFact[] {
  const [only] = kinds;
  return kinds.length === 1 ? (byKind.get(only!) ?? []) : facts.filter(({ fact }) => kinds.includes(fact.kind));
}

/** Every fact that counts, with what of it is credited to payees who were there. */
function eachShared(
  facts: readonly StandingFact[],
  { measure, clawback, overlay }: Asked,
  { stays, daysAfterLeaving }: { readonly stays: ReadonlyMap<string, Stay>; readonly daysAfterLeaving: number },
  visit: Visit,
): void {
  const matches = matcherOf(measure);
  for (const standing of facts) {
    if (!matches(standing.fact)) continue;
    const total = totalOf(standing, measure.by, clawback);
    if (total === 0n) continue;
    const counts = ({ payee, credit }: Credited): boolean => {
      const stay = credit === 0n ? undefined : stays.get(payee);
      return stay !== undefined && isCredited(stay, standing.day, daysAfterLeaving);
    };
    const credits = overlay ? overlayCredits(standing.fact, total) : creditsOf(standing.fact, total, measure.split);
    const paid = credits.every(counts) ? credits : credits.filter(counts);
    if (paid.length > 0) visit(standing, paid);
  }
}

function totalOf(fact: StandingFact, by: Measure['by'], clawback: Clawback | null): bigint {
  const { amount, count } = fact.undone.length === 0 ? fact.fact : standing(fact, clawback?.withinDays ?? null);
  return by === 'amount' ? (amount ?? 0n) : BigInt(count) * million;
}

function matcherOf({ tags, except }: Measure): (fact: Fact) => boolean {
  const asked = Object.entries(tags).map(([tag, values]) => [tag, new Set(values)] as const);
  const refused = Object.entries(except).map(([tag, values]) => [tag, new Set(values)] as const);
  const has = (fact: Fact, [tag, values]: readonly [string, ReadonlySet<string>]): boolean => {
    const value = fact.tags[tag];
    return value !== undefined && values.has(value);
  };
  return (fact) => asked.every((each) => has(fact, each)) && !refused.some((each) => has(fact, each));
}
