/** The credits of one period by measure and payee, each made once, when it is first asked for. */

import type { Fact, FactKind } from './evidence.ts';
import { creditsOf, type Credited, overlayCredits } from './credits.ts';
import type { Clawback, Measure } from './plan.ts';
import { isCredited, type Stay } from './presence.ts';
import { million } from './quantity.ts';
import { standing, type StandingFact } from './reversals.ts';

export interface Entry {
  readonly fact: Fact;
  /** Minor units, or millionths of a thing. */
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
  const factsOf = (asked: Asked, key: string): readonly SharedFact[] => {
    let known = shared.get(key);
    if (known === undefined)
      shared.set(key, (known = shareFacts(factsOfKinds(facts, byKind, asked.measure.kinds), asked, stays, daysAfterLeaving)));
    return known;
  };
  return {
    ofKind: (kind) => byKind.get(kind) ?? [],
    facts: (asked) => factsOf(asked, keyOf(asked)),
    entries(asked, payee) {
      const key = keyOf(asked);
      let known = byPayee.get(key);
      if (known === undefined) byPayee.set(key, (known = entriesByPayee(factsOf(asked, key))));
      return known.get(payee) ?? none;
    },
  };
}

function factsOfKinds(
  facts: readonly StandingFact[],
  byKind: ReadonlyMap<FactKind, readonly StandingFact[]>,
  kinds: readonly FactKind[],
): readonly StandingFact[] {
  const [only] = kinds;
  return kinds.length === 1 ? (byKind.get(only!) ?? []) : facts.filter(({ fact }) => kinds.includes(fact.kind));
}

function shareFacts(
  facts: readonly StandingFact[],
  { measure, clawback, overlay }: Asked,
  stays: ReadonlyMap<string, Stay>,
  daysAfterLeaving: number,
): SharedFact[] {
  const matches = matcherOf(measure);
  const found: SharedFact[] = [];
  for (const each of facts) {
    if (!matches(each.fact)) continue;
    const total = totalOf(each, measure.by, clawback);
    if (total === 0n) continue;
    const credits = overlay ? overlayCredits(each.fact, total) : creditsOf(each.fact, total, measure.split);
    const paid = credits.filter(
      ({ payee, credit }) => credit !== 0n && stays.has(payee) && isCredited(stays.get(payee)!, each.day, daysAfterLeaving),
    );
    if (paid.length > 0) found.push({ standing: each, credits: paid });
  }
  return found;
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

function entriesByPayee(facts: readonly SharedFact[]): ReadonlyMap<string, Entry[]> {
  const byPayee = new Map<string, Entry[]>();
  for (const {
    standing: { fact },
    credits,
  } of facts)
    for (const { payee, credit } of credits) {
      const entries = byPayee.get(payee);
      if (entries) entries.push({ fact, credit });
      else byPayee.set(payee, [{ fact, credit }]);
    }
  return byPayee;
}
