/** Whether each side keeps what was agreed: due, compliant, late, missed, excused and open of every clause, with its trend and its groups. */

import type { Clause } from '#engine/agreement/clause.ts';
import { clauseSentence } from '#engine/agreement/wording.ts';
import type { AttainmentAnswer, AttainmentAsk, ClauseAttainment } from '#features/agreement/contract.ts';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import { clauseNames } from '#features/agreement/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { attainmentRecordsPath } from '../contract/addresses.ts';
import { tallyClocks } from './attainment-clocks.ts';
import { type AttainmentBy, labelOf, labelsOf, numberOfDay, stretchesOf } from './attainment-groups.ts';
import { tallyLeads } from './attainment-leads.ts';
import { type JudgedDay, judgedDays, lastFullDay, paceRuns, type PaceRun, shownPace } from './attainment-paces.ts';
import { withSources } from './attainment-recomputed.ts';
import {
  type AttainmentScope,
  attainmentScope,
  clausesByKey,
  clausesOwed,
  isNarrowed,
  isoOf,
  isPace,
  type OwedClause,
} from './attainment-scope.ts';
import type { Sources } from './attainment-sources.ts';
import { addUp, type Outcome, type Tally } from './attainment-tallies.ts';
import { formulaOf, notesOf, rulesVersion } from './attainment-words.ts';

/** Months a trend shows at least. */
const leastTrendMonths = 6;

/** One state of everything: the numbers of one answer fit each other. */
export const answerAttainment = (database: Database, workspaceId: WorkspaceId, asked: AttainmentAsk): Promise<AttainmentAnswer> =>
  database.inWorkspace(
    workspaceId,
    async (tx) => {
      const scope = await attainmentScope(tx, workspaceId, asked);
      const trendStart = firstTrendDay(scope);
      const widened = { from: Math.min(scope.from, startOfDay(trendStart, scope.timeZone)), until: scope.until };
      const sources = await withSources(tx, scope, widened);
      const counted = await count(tx, scope, sources, asked.by, trendStart);
      return dress(tx, scope, asked.by, counted);
    },
    { snapshot: true, statementTimeout: 60_000 },
  );

function firstTrendDay({ start, end }: AttainmentScope): string {
  const first = Temporal.PlainDate.from(end)
    .with({ day: 1 })
    .subtract({ months: leastTrendMonths - 1 });
  const ofPeriod = Temporal.PlainDate.from(start).with({ day: 1 });
  return (Temporal.PlainDate.compare(first, ofPeriod) < 0 ? first : ofPeriod).toString();
}

interface CountedAll {
  /** Clauses owed in the period, or of which something fell due in it; the youngest wording of each. */
  readonly clauses: readonly OwedClause[];
  /** Clocks and leads of the period and of whole months before it. */
  readonly tallies: readonly Tally[];
  readonly runs: readonly PaceRun[];
}

async function count(tx: Tx, scope: AttainmentScope, sources: Sources, by: AttainmentBy, trendStart: string): Promise<CountedAll> {
  const months = stretchesOf('month', trendStart, scope.end, scope.timeZone);
  const stretches = by === 'week' ? stretchesOf('week', scope.start, scope.end, scope.timeZone) : months;
  const from = months[0]!.from;
  const ever = clausesOwed(scope, -Infinity, scope.until);
  const owed = clausesOwed(scope, from, scope.until);
  const asked = { by, stretches, months, from, until: scope.until };
  const keys = [...new Set(ever.map(({ clause }) => clause.key))];
  const tallies = [
    ...(await tallyClocks(tx, scope, sources, { ...asked, clauses: keys })),
    ...(await tallyLeads(tx, scope, sources, { ...asked, owed })),
  ];
  const runs = isNarrowed(scope) ? [] : await paceRuns(tx, scope, sources, owed, { start: trendStart, end: scope.end });
  return { clauses: shownClauses(scope, ever, tallies), tallies, runs };
}

function shownClauses(scope: AttainmentScope, ever: readonly OwedClause[], tallies: readonly Tally[]): OwedClause[] {
  const owedNow = clausesOwed(scope, scope.from, scope.until).map(({ clause }) => clause.key);
  const present = new Set([...owedNow, ...tallies.filter(({ inPeriod }) => inPeriod).map(({ clause }) => clause)]);
  return [...clausesByKey(ever).values()].filter(({ clause }) => present.has(clause.key) && !(isPace(clause.metric) && isNarrowed(scope)));
}

async function dress(tx: Tx, scope: AttainmentScope, by: AttainmentBy, counted: CountedAll): Promise<AttainmentAnswer> {
  const names = await clauseNames(tx, scope.workspaceId);
  const label = await labelsOf(
    tx,
    scope.workspaceId,
    by,
    counted.tallies.flatMap(({ group, inPeriod }) => (inPeriod ? [group] : [])),
  );
  const clauses = counted.clauses.map(({ clause }) =>
    isPace(clause.metric)
      ? dressPace(clause, clauseSentence(clause, names), scope, by, counted.runs)
      : dressClause(clause, clauseSentence(clause, names), scope, by, counted, label),
  );
  return {
    start: scope.start,
    end: scope.end,
    asOf: isoOf(scope.asOf),
    as: scope.as,
    by,
    timeZone: scope.timeZone,
    rulesVersion,
    sides: sidesOf(clauses, scope.filters.side),
    clauses,
    notes: notesOf(
      scope,
      counted.clauses.map(({ clause }) => clause.metric),
    ),
  };
}

function sidesOf(clauses: readonly ClauseAttainment[], only: 'marketing' | 'sales' | undefined): AttainmentAnswer['sides'] {
  return (['marketing', 'sales'] as const)
    .filter((side) => only === undefined || side === only)
    .map((side) => {
      const own = clauses.filter((clause) => clause.side === side);
      return {
        side,
        kept: own.filter(({ kept }) => kept === true).length,
        broken: own.filter(({ kept }) => kept === false).length,
        ...addUp(own.filter(({ pace }) => pace === null)),
      };
    });
}

/** Groupings whose groups differ within a clause. */
const hasRows = (by: AttainmentBy): boolean => by !== 'none' && by !== 'side' && by !== 'clause';

function dressClause(
  clause: Clause,
  sentence: string,
  scope: AttainmentScope,
  by: AttainmentBy,
  { tallies }: CountedAll,
  label: (group: string | null) => string,
): ClauseAttainment {
  const all = tallies.filter((tally) => tally.clause === clause.key);
  const own = all.filter(({ inPeriod }) => inPeriod);
  const groups = hasRows(by) ? Map.groupBy(own, ({ group }) => group) : new Map<string | null, Tally[]>();
  const asked = recordsAsked(scope, clause.key, by);
  return {
    ...aboutClause(clause, sentence),
    ...judged(clause, addUp(own)),
    recordsUrl: attainmentRecordsPath(recordsAsked(scope, clause.key, 'none')),
    rows: inOrder(
      by,
      [...groups].map(([group, tallies]) => ({
        group,
        label: label(group),
        ...addUp(tallies),
        recordsUrl: attainmentRecordsPath(asked, group),
      })),
    ),
    trend: trendOf(all),
    pace: null,
  };
}

function dressPace(clause: Clause, sentence: string, scope: AttainmentScope, by: AttainmentBy, runs: readonly PaceRun[]): ClauseAttainment {
  const own = runs.filter(({ owed }) => owed.clause.key === clause.key);
  const days = judgedDays(scope, own, scope).map(asTally);
  const all = judgedDays(scope, own, { start: firstTrendDay(scope), end: scope.end }).map(asTally);
  const asked = recordsAsked(scope, clause.key, by);
  const stretched = by === 'month' || by === 'week' ? [...Map.groupBy(days, ({ day }) => labelOf(by, day))] : [];
  const [first, end] = [numberOfDay(scope.start), numberOfDay(scope.end)];
  return {
    ...aboutClause(clause, sentence),
    ...judged(clause, addUp(days)),
    recordsUrl: attainmentRecordsPath({ ...recordsAsked(scope, clause.key, 'none'), which: 'all' }),
    rows: stretched.map(([group, each]) => ({
      group,
      label: group,
      ...addUp(each),
      recordsUrl: attainmentRecordsPath({ ...asked, which: 'all' }, group),
    })),
    trend: trendOf(all.map((tally) => ({ month: labelOf('month', tally.day), ...tally }))),
    pace: shownPace(
      own.filter(({ part }) => part.period.until >= first && part.period.from <= end),
      lastFullDay(scope),
    ),
  };
}

const asTally = ({ at: { day }, outcome }: JudgedDay) => ({ day, compliant: 0, late: 0, missed: 0, excused: 0, open: 0, [outcome]: 1 });

const aboutClause = (clause: Clause, sentence: string) => ({
  key: clause.key,
  side: clause.side,
  title: clause.title,
  sentence,
  metric: clause.metric.kind,
  targetPercent: clause.targetPercent,
  formula: formulaOf(clause.metric),
});

/** Kept when compliant ÷ due is at or above the target, compared without rounding. */
const judged = ({ targetPercent }: Clause, counts: ReturnType<typeof addUp>) => ({
  ...counts,
  kept: counts.due === 0 ? null : counts.compliant * 100 >= targetPercent * counts.due,
});

function trendOf(tallies: readonly (Record<Outcome, number> & { month: string })[]): ClauseAttainment['trend'] {
  const months = Map.groupBy(tallies, ({ month }) => month);
  return [...months.keys()].sort().map((month) => ({ month, ...addUp(months.get(month)!) }));
}

/** Time in its order; else the most first, what is not stated last. */
function inOrder<Row extends { group: string | null; due: number; label: string }>(by: AttainmentBy, rows: Row[]): Row[] {
  const byName = (one: Row, other: Row) => (one.label < other.label ? -1 : 1);
  if (by === 'month' || by === 'week') return rows.sort(byName);
  return rows.sort((one, other) => Number(one.group === null) - Number(other.group === null) || other.due - one.due || byName(one, other));
}

const recordsAsked = (scope: AttainmentScope, clause: string, by: AttainmentBy) => ({
  start: scope.start,
  end: scope.end,
  asOf: scope.isPast ? isoOf(scope.asOf) : undefined,
  as: scope.as,
  clause,
  teamId: scope.filters.teamId,
  memberId: scope.filters.memberId,
  segment: scope.filters.segment,
  by: hasRows(by) ? by : undefined,
});
