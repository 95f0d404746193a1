/**
 * What everybody is owed, period by period, as known from the evidence given. Each period goes by the plan version in
 * force on its first day. Pure and exact: the same evidence in any order gives the same answer to the byte, and a fact
 * that was undone leaves no more trace than one that never was. What is known later is not a reason to rewrite what was
 * posted: it is computed as if it had been known in time, and `settle` posts the difference.
 */

import { dayNumberOf } from '../calendar/reading.ts';
import { openBook } from './book.ts';
import { type Carried, nothingCarried } from './carried.ts';
import { componentLines, type SpifLines } from './components/lines.ts';
import { objectiveKey } from './components/mbo.ts';
import { spifLines } from './components/spif.ts';
import { wrongCredits } from './credits.ts';
import { type Employment, type Evidence, type Fact, instantKey } from './evidence.ts';
import { inOrder, picks } from './payees.ts';
import { type Period, periodOf, readPeriod } from './periods.ts';
import type { Plan } from './plan.ts';
import { sharePool } from './pool.ts';
import { type Stay, stayOf } from './presence.ts';
import { indexResults, type Results } from './results.ts';
import { standing, type StandingFact, standingFacts } from './reversals.ts';
import type { Draft, Person, Scope } from './scope.ts';
import type { Balance, Entitlement, Line, PoolOutcome } from './statement.ts';
import { termLines } from './terms/lines.ts';

/** A plan version and the day it is in force from. */
export interface InForce {
  readonly version: string;
  readonly plan: Plan;
  /** First day of a period, `YYYY-MM-DD`; in force until the next version's. */
  readonly from: string;
}

export interface Asked {
  /** In order of `from`; the first period is the first one's first. Each as `checkPlan` finds nothing wrong with it. */
  readonly versions: readonly InForce[];
  /** Key of the last period, such as `2026-03`. */
  readonly through: string;
  readonly evidence: Evidence;
}

export interface Entitled {
  /** In order of time, from the first version's first period to the last asked. */
  readonly periods: readonly Entitlement[];
  /** Facts that pay nobody: credits that are not 100 % together, or an id that stands twice. */
  readonly refused: readonly { readonly fact: string; readonly reason: string }[];
}

/** @throws RangeError when a version doesn't begin with a period, or `through` is none of the periods */
export function entitle({ versions, through, evidence }: Asked): Entitled {
  const refused = refusedFacts(evidence.facts);
  const wrong = new Set(refused.map(({ fact }) => fact));
  const facts = standingFacts(wrong.size === 0 ? evidence.facts : evidence.facts.filter(({ id }) => !wrong.has(id)));
  const results = indexResults(evidence.results);
  const employment = new Map(evidence.employment.map((each) => [each.payee, each]));
  const carried = nothingCarried();
  const periods: Entitlement[] = [];
  let begin = 0;
  for (const { period, inForce } of periodsThrough(versions, through)) {
    while (begin < facts.length && facts[begin]!.day < period.first) begin++;
    let end = begin;
    while (end < facts.length && facts[end]!.day <= period.last) end++;
    periods.push(entitlementOf({ period, inForce, facts: facts.slice(begin, end), results, employment, carried }));
    begin = end;
  }
  return { periods, refused };
}

function refusedFacts(facts: readonly Fact[]): { fact: string; reason: string }[] {
  const refused = new Map<string, string>();
  const seen = new Set<string>();
  for (const fact of facts) {
    const reason = fact.reverses === null ? wrongCredits(fact) : null;
    if (reason !== null) refused.set(fact.id, reason);
    // Which of the two were meant, nobody can say; paying both would be twice the money.
    if (seen.has(fact.id)) refused.set(fact.id, 'two facts have this id');
    seen.add(fact.id);
  }
  return [...refused].map(([fact, reason]) => ({ fact, reason })).sort((one, other) => inOrder(one.fact, other.fact));
}

/** The periods from the first version on, each with the version in force on its first day. */
export function periodsThrough(versions: readonly InForce[], through: string): { period: Period; inForce: InForce }[] {
  const [first] = versions;
  if (!first) throw new RangeError('no version of a plan is in force; give at least one');
  const last = readPeriod(through);
  const periods: { period: Period; inForce: InForce }[] = [];
  for (let day = dayNumberOf(first.from); day <= last.last; day = periods.at(-1)!.period.last + 1) {
    const inForce = versions.findLast(({ from }) => dayNumberOf(from) <= day)!;
    const period = periodOf(day, inForce.plan.period);
    if (period.first !== day) throw new RangeError(`version ${inForce.version} begins within the period ${period.key}; it begins with one`);
    periods.push({ period, inForce });
  }
  if (periods.at(-1)?.period.key !== through)
    throw new RangeError(
      `“${through}” is no period of the plan from ${first.from} on, whose periods are such as ${periods.at(-1)?.period.key ?? periodOf(dayNumberOf(first.from), first.plan.period).key}`,
    );
  return periods;
}

// ── one period ──────────────────────────────────────────────────────────────

interface Given {
  readonly period: Period;
  readonly inForce: InForce;
  /** Of the period, in order. */
  readonly facts: readonly StandingFact[];
  readonly results: Results;
  readonly employment: ReadonlyMap<string, Employment>;
  readonly carried: Carried;
}

function entitlementOf(given: Given): Entitlement {
  const { inForce, period } = given;
  const { plan } = inForce;
  const scope = scopeOf(given);
  const spifs: SpifLines = new Map(
    plan.components.flatMap((component) => (component.kind === 'spif' ? [[component.id, spifLines(scope, component)] as const] : [])),
  );
  const pool = plan.pool && sharePool(scope, plan.pool);
  const lines = [...scope.people.values()].flatMap((person) => linesOf(scope, person, spifs, pool));
  return {
    period: period.key,
    version: inForce.version,
    currency: plan.currency,
    lines,
    pool: pool?.outcome ?? null,
    balances: balancesOf(given.carried),
    notes: scope.notes.toSorted((one, other) => inOrder(one.payee ?? '', other.payee ?? '')),
  };
}

function scopeOf({ inForce: { plan }, period, facts, results, employment, carried }: Given): Scope {
  const payees = plan.payees.toSorted((one, other) => inOrder(one.id, other.id));
  const people = new Map<string, Person>(payees.map((payee) => [payee.id, { payee, stay: stayOf(payee, employment.get(payee.id)) }]));
  const stays = new Map<string, Stay>([...people].map(([id, { stay }]) => [id, stay]));
  const book = openBook(facts, stays, plan.creditDaysAfterLeaving);
  return {
    plan,
    period,
    book,
    results,
    objectives: objectivesOf(book.ofKind('objective'), period),
    people,
    carried,
    overlays: new Map(),
    notes: [],
  };
}

/** Results of objectives: of several for one thing that recorded last. */
function objectivesOf(facts: readonly StandingFact[], period: Period): ReadonlyMap<string, Fact> {
  const latest = new Map<string, Fact>();
  for (const each of facts) {
    const { fact } = each;
    if (fact.percent === null || standing(each, null).count === 0) continue;
    for (const { payee } of fact.credits) {
      const key = objectiveKey(payee, fact.tags['objective'] ?? '', period.key);
      const other = latest.get(key);
      if (!other || isLater(fact, other)) latest.set(key, fact);
    }
  }
  return latest;
}

function isLater(one: Fact, other: Fact): boolean {
  return (inOrder(instantKey(one.recordedAt), instantKey(other.recordedAt)) || inOrder(one.id, other.id)) > 0;
}

function linesOf(
  scope: Scope,
  person: Person,
  spifs: SpifLines,
  pool: { readonly lines: ReadonlyMap<string, Draft>; readonly outcome: PoolOutcome } | null,
): Line[] {
  const { payee } = person;
  const own: Draft[] = [];
  const lines: Line[] = [];
  const add = (component: string, name: string, { amount, rule, facts, results }: Draft): void =>
    void lines.push({ payee: payee.id, period: scope.period.key, component, name, amount, rule, facts, results });
  for (const component of scope.plan.components) {
    if (!picks(component.for, payee)) continue;
    for (const line of componentLines(scope, person, component, spifs)) {
      own.push(line);
      add(component.id, component.name, line);
    }
  }
  for (const line of termLines(scope, person, own)) add(line.component, line.name, line);
  const share = pool?.lines.get(payee.id);
  if (share) add(scope.plan.pool!.id, scope.plan.pool!.name, share);
  return lines;
}

function balancesOf({ drawn, withheld }: Carried): Balance[] {
  const payees = [...new Set([...drawn.keys(), ...withheld.keys()])].sort(inOrder);
  return payees
    .map((payee) => ({
      payee,
      drawn: drawn.get(payee)?.balance ?? 0n,
      withheld: (withheld.get(payee) ?? []).reduce((sum, { amount }) => sum + amount, 0n),
    }))
    .filter((balance) => balance.drawn !== 0n || balance.withheld !== 0n);
}
