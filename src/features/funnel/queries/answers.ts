/** The funnel's answers. Order matters: what stands beside the leads is read first, then the columns, and nothing is awaited while they are counted. */

import type { FunnelColumns } from '#engine/funnel/columns.ts';
import { type Conversion, convert, type Counts, type GroupCounts } from '#engine/funnel/conversion.ts';
import type { FunnelQuestion } from '#engine/funnel/question.ts';
import { countStages } from '#engine/funnel/stages.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import { dayNumber, dayText } from '#engine/values/calendarDay.ts';
import { leadStages } from '#features/records/contract.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import {
  type FunnelAnswer,
  type FunnelBy,
  formulaOf,
  type FunnelQuery,
  type FunnelRow,
  recordsPath,
  rulesVersion,
  type ShownCounts,
  type StageCount,
  stageIndex,
  type StagesAnswer,
  type StagesQuery,
} from '../contract.ts';
import { columnsCacheOf, type FreshColumns } from './columns.ts';
import { blankLabel, type Groups, groupsBy, hasIds, namesOfGroups, readSurroundings } from './groups.ts';

const mostRows = 1_000;

/** Conversion by group. Exact: every lead is counted once, in one group. */
export async function answerFunnel(database: Database, workspaceId: WorkspaceId, asked: FunnelQuery): Promise<FunnelAnswer> {
  const surroundings = await database.inWorkspace(workspaceId, (tx) => readSurroundings(tx, workspaceId, asked.by));
  const fresh = await columnsCacheOf(database).fresh(workspaceId);
  const scope = scopeOf(asked, fresh.timeZone);
  const question = questionOf(scope);
  const groups = groupsBy(asked.by, fresh.columns, question, surroundings);
  const conversion = convert(fresh.columns, question, groups.grouping);
  const stages = stagesOf(fresh.columns, scope, question);
  const shown = ordered(asked.by, conversion, groups);
  const dress = (counts: Counts, group?: string | null) => dressed(counts, fresh, { ...scope, by: asked.by }, group);
  const rows = shown.slice(0, mostRows).map(({ counts, value }) => ({ value, counts: dress(counts, value) }));
  const names = hasIds(asked.by)
    ? await database.inWorkspace(workspaceId, (tx) =>
        namesOfGroups(
          tx,
          workspaceId,
          asked.by,
          rows.flatMap(({ value }) => value ?? []),
        ),
      )
    : new Map<string, string>();
  return {
    by: asked.by,
    ...answeredScope(scope, fresh.timeZone),
    notes: notesOf(asked, conversion.total),
    rows: rows.map(({ value, counts }) => named(asked.by, value, names, counts)),
    total: dress(conversion.total),
    notShown: notShown(shown.slice(mostRows).map(({ counts }) => counts)),
    stages,
  };
}

/** How many leads entered each stage, in the order of the stages. */
export async function answerStages(database: Database, workspaceId: WorkspaceId, asked: StagesQuery): Promise<StagesAnswer> {
  const fresh = await columnsCacheOf(database).fresh(workspaceId);
  const scope = scopeOf(asked, fresh.timeZone);
  return { ...answeredScope(scope, fresh.timeZone), stages: stagesOf(fresh.columns, scope, questionOf(scope)) };
}

/** A question with nothing left open. */
export type FunnelScope = Pick<FunnelQuery, 'from' | 'to' | 'mode'> & {
  start: string | null;
  end: string | null;
  windowDays: number | null;
  asOf: string;
};

export function scopeOf(asked: StagesQuery, timeZone: string): FunnelScope {
  return {
    from: asked.from,
    to: asked.to,
    mode: asked.mode,
    start: asked.start ?? null,
    end: asked.end ?? null,
    windowDays: asked.windowDays ?? null,
    asOf: asked.asOf ?? dayText(dayReader(timeZone)(Date.now() * 1000)),
  };
}

export function questionOf(scope: FunnelScope): FunnelQuestion {
  return {
    mode: scope.mode,
    from: stageIndex(scope.from),
    to: stageIndex(scope.to),
    startDay: scope.start === null ? -0x7fffffff : numberOfDay(scope.start),
    endDay: scope.end === null ? 0x7fffffff : numberOfDay(scope.end),
    windowDays: scope.windowDays,
    asOfDay: numberOfDay(scope.asOf),
  };
}

function numberOfDay(text: string): number {
  const [year, month, day] = text.split('-').map(Number);
  return dayNumber(year!, month!, day!);
}

function answeredScope(scope: FunnelScope, timeZone: string) {
  return { ...scope, timeZone, rulesVersion, formula: formulaOf(scope) };
}

/** Stage counts do not depend on the grouping: kept until the leads change, so that another grouping costs only its own count. */
const keptStages = new WeakMap<FunnelColumns, { changes: number; counts: Map<string, number[]> }>();

function stagesOf(columns: FunnelColumns, scope: FunnelScope, question: FunnelQuestion): StageCount[] {
  let kept = keptStages.get(columns);
  if (kept?.changes !== columns.changes || kept.counts.size >= 100)
    keptStages.set(columns, (kept = { changes: columns.changes, counts: new Map() }));
  const key = JSON.stringify([question.mode, question.from, question.startDay, question.endDay, question.windowDays, question.asOfDay]);
  let entries = kept.counts.get(key);
  if (!entries) kept.counts.set(key, (entries = countStages(columns, question)));
  const first = entries[0]!;
  return leadStages.slice(question.from).map(({ stage, label }, at) => {
    const entered = entries[at]!;
    return { stage, label, entered, rate: first === 0 ? null : entered / first };
  });
}

function ordered(by: FunnelBy, conversion: Conversion, groups: Groups): { counts: GroupCounts; value: string | null }[] {
  const rows = conversion.groups.map((counts) => ({ counts, value: groups.valueOf(counts.group) }));
  if (by === 'month') return rows.sort((one, other) => (one.counts.group || Infinity) - (other.counts.group || Infinity)); // in their order, those without a month last
  return rows.sort(
    (one, other) =>
      other.counts.entered - one.counts.entered ||
      other.counts.reached - one.counts.reached ||
      ((one.value ?? '') < (other.value ?? '') ? -1 : 1),
  );
}

function dressed(counts: Counts, fresh: FreshColumns, scope: FunnelScope & { by: FunnelBy }, group?: string | null): ShownCounts {
  const values = moneyOf(counts, fresh);
  return {
    entered: counts.entered,
    reached: counts.reached,
    rate: counts.rate,
    medianDays: counts.medianDays,
    p90Days: counts.p90Days,
    value: values[0]!.amount,
    currency: mainCurrency(fresh),
    values,
    censored: counts.censored,
    negativeCycles: counts.negativeCycles,
    reachedWithoutEntering: counts.reachedWithoutEntering,
    recordsUrl: recordsPath(scope, 'entered', group),
    reachedUrl: recordsPath(scope, 'reached', group),
  };
}

/** The workspace's currency; where no lead is in it (a company that sells in another only), the one they are in. */
function mainCurrency({ columns, currency }: FreshColumns): string {
  const texts = columns.dictionaries.currency.texts;
  return texts.includes(currency) ? currency : (texts.filter((text) => text !== null).sort()[0] ?? currency);
}

/** The main currency first, even when nothing is in it; the others by their name, without one last. */
function moneyOf(counts: Counts, fresh: FreshColumns): { currency: string | null; amount: string }[] {
  const texts = fresh.columns.dictionaries.currency.texts;
  const currency = mainCurrency(fresh);
  const amounts = counts.values.map((value) => ({ currency: texts[value.currency]!, amount: String(value.amount) }));
  const own = amounts.find((amount) => amount.currency === currency) ?? { currency, amount: '0' };
  const others = amounts
    .filter((amount) => amount.currency !== currency)
    .sort((one, other) => ((one.currency ?? '~') < (other.currency ?? '~') ? -1 : 1));
  return [own, ...others];
}

function named(by: FunnelBy, value: string | null, names: ReadonlyMap<string, string>, counts: ShownCounts): FunnelRow {
  if (by === 'none') return { group: null, label: blankLabel(by), ...counts };
  const name = value === null ? null : hasIds(by) ? (names.get(value) ?? value) : value;
  return { [by]: name, ...(hasIds(by) ? { [`${by}Id`]: value } : {}), group: value, label: name ?? blankLabel(by), ...counts } as FunnelRow;
}

function notShown(counts: readonly Counts[]): FunnelAnswer['notShown'] {
  if (counts.length === 0) return null;
  return {
    groups: counts.length,
    entered: counts.reduce((sum, one) => sum + one.entered, 0),
    reached: counts.reduce((sum, one) => sum + one.reached, 0),
  };
}

/** What a reader must know beside the formula. */
function notesOf(asked: FunnelQuery, total: Counts): string[] {
  const notes = ['Days are calendar days in the workspace’s zone; median and 90th percentile by nearest rank.'];
  if (asked.by === 'team') notes.push('A lead counts in the team of its owner today; an owner in several teams in the first by name.');
  if (total.censored > 0)
    notes.push(`${total.censored} leads entered less than ${asked.windowDays} days before as-of: their rate can still rise.`);
  if (total.negativeCycles > 0)
    notes.push(`${total.negativeCycles} leads reached the later stage on an earlier day; they count, with their negative days.`);
  if (total.reachedWithoutEntering > 0)
    notes.push(
      asked.mode === 'cohort'
        ? `${total.reachedWithoutEntering} leads reached ${asked.to} but have no time for ${asked.from}: they are in no cohort and stand beside these numbers.`
        : `${total.reachedWithoutEntering} of those that reached ${asked.to} have no time for ${asked.from}.`,
    );
  return notes;
}
