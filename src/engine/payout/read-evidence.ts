/** Facts, results and employment from JSON, with amounts as decimal texts; and whether they make sense beside each other. */

import { wrongCredits } from './credits.ts';
import { type Credit, type Employment, type Evidence, type Fact, factKinds, type JointResult, type Reversal } from './evidence.ts';
import { readPeriod } from './periods.ts';
import {
  byName,
  choice,
  day,
  decimal,
  instant,
  list,
  minor,
  nullable,
  object,
  or,
  percent,
  type Problem,
  type Reader,
  readWhole,
  text,
  whole,
} from './reading.ts';
import { sides } from './sides.ts';

/** @returns the evidence, or every problem of its shape */
export const readEvidence = (given: unknown): { readonly value: Evidence } | { readonly problems: readonly Problem[] } =>
  readWhole(evidence, given);

const id = text(200);
const mostFacts = 1_000_000;

const money: Reader<bigint> = (given, at, problems) => BigInt(minor('any')(given, at, problems) ?? 0);

const rawFact = object<Omit<Fact, 'occurredAt' | 'recordedAt'> & { occurredAt: string | null; recordedAt: string | null }>({
  id,
  kind: choice(factKinds),
  on: day,
  occurredAt: nullable(instant),
  recordedAt: nullable(instant),
  amount: nullable(money),
  count: or(whole(0, 1_000_000), 1),
  credits: or(list(object<Credit>({ payee: text(100), role: or(text(60), 'owner'), sharePercent: or(percent(1000), '100') }), 100), []),
  tags: or(byName(text(200), 50), {}),
  percent: nullable(percent(100)),
  by: nullable(text(200)),
  reverses: nullable(object<Reversal>({ fact: id, cause: choice(['mistake', 'cancelled']) })),
});

/** Without a moment a fact happened as its day began, and was recorded then. */
const fact: Reader<Fact> = (given, at, problems) => {
  const { occurredAt, recordedAt, ...rest } = rawFact(given, at, problems) ?? {};
  const happened = occurredAt ?? `${rest.on}T00:00:00Z`;
  return { ...rest, occurredAt: happened, recordedAt: recordedAt ?? happened };
};

const period: Reader<string> = (given, at, problems) => {
  try {
    return readPeriod(given as string).key;
  } catch {
    problems.push({ at, what: given === undefined ? 'is missing' : 'is no period', fine: 'such as 2026-03, 2026-Q1, 2026-H1 or 2026' });
    return '';
  }
};

const value = decimal(12, 1e17, 'any');

const result = object<JointResult>({
  id,
  name: text(200),
  kind: or(choice(['figure', 'clause']), 'figure'),
  side: nullable(choice(sides)),
  payee: nullable(text(100)),
  period,
  recordedAt: or(instant, '1970-01-01T00:00:00Z'),
  value,
  unit: or(choice(['percent', 'number', 'amount']), 'percent'),
  of: or(byName(text(2000), 20), {}),
  parts: or(list(object<JointResult['parts'][number]>({ label: text(200), value }), 100), []),
});

const employment = object<Employment>({
  payee: text(100),
  startedOn: nullable(day),
  endedOn: nullable(day),
  away: or(list(object<Employment['away'][number]>({ from: day, until: day }), 100), []),
});

const evidence = object<Evidence>({
  facts: or(list(fact, mostFacts), []),
  results: or(list(result, 100_000), []),
  employment: or(list(employment, 10_000), []),
});

/** What can't be right: two facts with one id, a reversal of what isn't there, credits of a role that are not 100 % together. */
export function checkEvidence({ facts, results, employment: stays }: Evidence): Problem[] {
  const ids = new Set(facts.map((each) => each.id));
  return [
    ...repeated(
      'facts',
      facts.map((each) => each.id),
    ),
    ...repeated(
      'results',
      results.map((each) => each.id),
    ),
    ...repeated(
      'employment',
      stays.map(({ payee }) => payee),
    ),
    ...facts.flatMap((each, place) => checkFact(each, `facts.${place}`, ids)),
    ...results.flatMap(({ kind, side }, place) =>
      (kind === 'clause') === (side !== null)
        ? []
        : [{ at: `results.${place}.side`, what: 'doesn’t go with its kind', fine: 'the side that owes a clause, and none for a figure' }],
    ),
  ];
}

function repeated(at: string, ids: readonly string[]): Problem[] {
  const sorted = ids.toSorted();
  const twice = new Set(sorted.filter((each, place) => each === sorted[place - 1]));
  return [...twice].map((each) => ({ at, what: `“${each}” stands twice`, fine: 'each once' }));
}

function checkFact(given: Fact, at: string, ids: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  if (given.reverses !== null && !ids.has(given.reverses.fact))
    problems.push({
      at: `${at}.reverses.fact`,
      what: `“${given.reverses.fact}” is not among the facts`,
      fine: 'the id of a fact given beside it',
    });
  if (given.reverses !== null && given.amount !== null && given.amount <= 0n)
    problems.push({
      at: `${at}.amount`,
      what: `${given.amount} takes nothing back`,
      fine: 'an amount above 0, or none for all of the fact',
    });
  const wrong = given.reverses === null ? wrongCredits(given) : null;
  if (wrong !== null) problems.push({ at: `${at}.credits`, what: wrong, fine: 'shares of a role that add up to exactly 100' });
  if (
    given.kind === 'objective' &&
    given.reverses === null &&
    (given.percent === null || given.by === null || given.tags['objective'] === undefined)
  )
    problems.push({ at, what: 'is no whole result of an objective', fine: 'percent, by, and the tag `objective`' });
  return problems;
}
