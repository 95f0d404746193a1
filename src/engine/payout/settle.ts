/**
 * From what everybody is owed, as known now, to the lines of the current period's statements: its own lines, and for
 * every earlier period what should have been posted less what was, as one correction a payee and component. So what was
 * posted is never rewritten, all postings together are always what is owed as known now, and settling the same twice
 * adds nothing.
 */

import type { Evidence, Fact } from './evidence.ts';
import { inOrder } from './payees.ts';
import type { Because, CorrectionReason, Entitlement, Line, PostedLine, Statement } from './statement.ts';

/**
 * @param entitled in order of time; the last is the current period
 * @param posted lines of earlier runs that are locked, with their corrections
 * @param evidence that `entitled` was computed from: tells why something changed
 * @returns a statement for each payee with a line, in the order of their ids
 */
export function settle(entitled: readonly Entitlement[], posted: readonly PostedLine[], evidence: Evidence): Statement[] {
  const current = entitled.at(-1);
  if (!current) return [];
  const before = Map.groupBy(posted, forPeriod);
  const tell = tellerOf(evidence, posted);
  const lines = entitled.flatMap((each) => {
    const known = before.get(each.period);
    return each === current && !known ? each.lines : corrections(each, known ?? [], current.period, tell);
  });
  // What was posted for a period that is no longer computed would be forgotten silently.
  const forgotten = [...before.keys()].find((period) => !entitled.some((each) => each.period === period));
  if (forgotten !== undefined) throw new RangeError(`lines were posted for ${forgotten}, which is not among the periods computed`);
  return [...Map.groupBy(lines, ({ payee }) => payee)]
    .sort(([one], [other]) => inOrder(one, other))
    .map(([payee, own]) => ({ payee, period: current.period, currency: current.currency, lines: own, total: sumOf(own) }));
}

const sumOf = (lines: readonly { readonly amount: bigint }[]): bigint => lines.reduce((sum, { amount }) => sum + amount, 0n);

/** The period a line was owed for. */
const forPeriod = ({ rule, period }: PostedLine): string => (rule.kind === 'correction' ? rule.period : period);

const keyOf = ({ payee, component }: PostedLine): string => `${payee}\n${component}`;

function corrections(owed: Entitlement, posted: readonly PostedLine[], period: string, tell: Teller): Line[] {
  const [now, then] = [Map.groupBy(owed.lines, keyOf), Map.groupBy(posted, keyOf)];
  return [...new Set([...now.keys(), ...then.keys()])].sort(inOrder).flatMap((key) => {
    const [is, was] = [now.get(key) ?? [], then.get(key) ?? []];
    const amount = sumOf(is) - sumOf(was);
    return amount === 0n ? [] : [correctionOf(owed.period, period, amount, is, was, tell)];
  });
}

function correctionOf(
  owedFor: string,
  period: string,
  amount: bigint,
  is: readonly Line[],
  was: readonly PostedLine[],
  tell: Teller,
): Line {
  const { payee, component } = is[0] ?? was[0]!;
  const facts = changedCredits(is, was);
  const before = new Set(was.flatMap(({ results }) => results));
  const results = [...new Set(is.flatMap((line) => line.results))].filter((result) => !before.has(result)).sort(inOrder);
  const because: Because[] = [...facts.map(tell.ofFact), ...results.map(tell.ofResult)];
  if (because.length === 0) because.push({ fact: null, result: null, reason: 'carried', recordedAt: null });
  return {
    payee,
    period,
    component,
    name: is[0]?.name ?? tell.nameOf(component),
    amount,
    rule: { kind: 'correction', period: owedFor, was: sumOf(was), is: sumOf(is), because },
    facts: facts.map(({ id, credit }) => ({ id, credit })),
    results,
  };
}

interface Changed {
  readonly id: string;
  /** Credit now less credit posted. */
  readonly credit: bigint;
  readonly wasPosted: boolean;
}

/** Credits of facts add up over lines and corrections, so that each posting tells what is new. */
function changedCredits(is: readonly Line[], was: readonly PostedLine[]): Changed[] {
  const credits = new Map<string, Changed>();
  const add = (lines: readonly PostedLine[], sign: bigint, wasPosted: boolean): void => {
    for (const { facts } of lines)
      for (const { id, credit } of facts) {
        const known = credits.get(id);
        credits.set(id, { id, credit: (known?.credit ?? 0n) + sign * credit, wasPosted: wasPosted || (known?.wasPosted ?? false) });
      }
  };
  add(was, -1n, true);
  add(is, 1n, false);
  return [...credits.values()]
    .filter(({ credit, wasPosted }) => credit !== 0n || !wasPosted)
    .sort((one, other) => inOrder(one.id, other.id));
}

interface Teller {
  ofFact(changed: Changed): Because;
  ofResult(id: string): Because;
  nameOf(component: string): string;
}

function tellerOf({ facts, results }: Evidence, posted: readonly PostedLine[]): Teller {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const reversals = Map.groupBy(
    facts.filter(({ reverses }) => reverses !== null),
    ({ reverses }) => reverses!.fact,
  );
  const recorded = new Map(results.map(({ id, recordedAt }) => [id, recordedAt]));
  const names = new Map(posted.map(({ component, name }) => [component, name]));
  return {
    ofFact(changed) {
      const fact = byId.get(changed.id);
      const undone = reversals
        .get(changed.id)
        ?.toSorted((one, other) => inOrder(one.recordedAt, other.recordedAt))
        .at(-1);
      const reason = reasonOf(changed, undone);
      const by = reason === 'late' ? fact : undone;
      return { fact: by?.id ?? changed.id, result: null, reason, recordedAt: by?.recordedAt ?? null };
    },
    ofResult: (id) => ({ fact: null, result: id, reason: 'result', recordedAt: recorded.get(id) ?? null }),
    nameOf: (component) => names.get(component) ?? component,
  };
}

function reasonOf({ wasPosted }: Changed, undone: Fact | undefined): CorrectionReason {
  if (!wasPosted) return 'late';
  if (!undone) return 'changed';
  return undone.reverses!.cause === 'mistake' ? 'mistake' : 'clawback';
}
