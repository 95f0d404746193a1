/** Win rate to ROI by group: each figure with its range, its formula and the addresses of the records behind its parts. */

import { dayText } from '#engine/values/calendarDay.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { type FigureBy, type FigurePart, returnsVersion } from '../contract/figure-table.ts';
import { figureRecordsPath, type FiguresAnswer, type FiguresQuery, type FiguresRow } from '../contract/figures.ts';
import type { Part } from '../contract/figure-pieces.ts';
import type { PayVisible } from '../contract/pay.ts';
import { creditsPath } from './credits-path.ts';
import { type Counted, countFigures, type FigureQuestion, type FigureReadings, questionOf, readFigures } from './figure-count.ts';
import { costDays } from './figure-costs.ts';
import { labelsOf } from './figure-groups.ts';
import { type Note, notesOfFigures, textsOf } from './figure-notes.ts';
import { type Ground, monthsOf, readGround, textOfDays } from './figure-scope.ts';
import { type FigureGround, figuresOf, type SliceCounts } from './figure-values.ts';
import { valueOf } from './slices.ts';

export const answerFigures = async (
  database: Database,
  workspaceId: WorkspaceId,
  pay: PayVisible,
  asked: FiguresQuery,
): Promise<FiguresAnswer> => (await figuresIn(await readGround(database, workspaceId, pay), asked)).answer;

/** The answer, and its notes with where each is mended. @param withLeads false: without close rate and revenue per lead */
export async function figuresIn(ground: Ground, asked: FiguresQuery, withLeads = true): Promise<{ answer: FiguresAnswer; notes: Note[] }> {
  const { database, workspaceId } = ground;
  const question = questionOf(ground, asked.by, asked);
  const readings = await readFigures(ground, question, withLeads);
  const counted = countFigures(ground, question, readings);
  const { shown, rest } = ordered(counted, asked.rows);
  const total = ofOne(ground, question, counted.total, undefined, asked.target);
  const rows = shown.map((slice) =>
    asked.by === 'none' ? { group: null, ...total } : rowOf(ground, question, counted, slice, asked.target),
  );
  const label = await database.inWorkspace(workspaceId, (tx) =>
    labelsOf(
      tx,
      workspaceId,
      asked.by,
      rows.map(({ group }) => group),
    ),
  );
  const notes = notesOfFigures(ground, question, counted, [counted.total], readings);
  const answer: FiguresAnswer = {
    by: asked.by,
    ...answeredScope(ground, question, readings, asked.target),
    notes: textsOf(notes),
    rows: rows.map((row) => ({ ...row, label: label(row.group) })),
    total,
    notShown: notShown(counted, rest),
  };
  return { answer, notes };
}

/** What an answer of figures says of what it was asked. */
export function answeredScope(ground: Ground, question: FigureQuestion, { attributed }: FigureReadings, target: string | undefined) {
  const { days, lagDays } = question;
  return {
    ...textOfDays(days),
    asOf: dayText(ground.asOf),
    timeZone: ground.timeZone,
    currency: ground.currency,
    version: returnsVersion,
    basis: question.basis,
    allocated: question.allocated,
    lagDays,
    costStart: dayText(costDays({ days, lagDays }).start),
    costEnd: dayText(costDays({ days, lagDays }).end),
    windowDays: question.windowDays,
    target: target ?? null,
    costBasis: ground.costBasis,
    grossMarginPercent: ground.settings.grossMarginPercent,
    attributionModel: attributed?.model ?? null,
  };
}

/** A slice's figures and parts. @param group undefined: of all groups */
export function ofOne(
  ground: Ground,
  question: FigureQuestion,
  counts: SliceCounts,
  group: string | null | undefined,
  target?: string,
  days = question.days,
): Pick<FiguresRow, 'figures' | 'parts'> {
  const isTotal = group === undefined;
  const figureGround: FigureGround = {
    grossMarginPercent: ground.settings.grossMarginPercent,
    horizonMonths: ground.settings.horizonMonths,
    basis: question.basis,
    currency: ground.currency,
    months: monthsOf(days),
    target: isTotal && target !== undefined ? BigInt(target) : null,
    whyNoTarget: target === undefined ? 'no target was told' : 'the target is for all together, not by group',
    whyNotAttributed: isTotal
      ? 'value is attributed by campaign and by channel'
      : 'no journeys are built yet, or value is not attributed by this grouping',
  };
  return { figures: figuresOf(counts, figureGround), parts: partsOf(question, counts, group) };
}

function rowOf(
  ground: Ground,
  question: FigureQuestion,
  { slices, counts }: Counted,
  slice: number,
  target?: string,
): Omit<FiguresRow, 'label'> {
  const group = valueOf(slices, slice);
  const days = slices.arePeriods ? slices.periods[slice]! : question.days;
  return { group, ...ofOne(ground, question, counts[slice]!, group, target, days) };
}

function partsOf(question: FigureQuestion, counts: SliceCounts, group: string | null | undefined): FiguresRow['parts'] {
  const { deals, customers, cohort, costs, attributed } = counts;
  const of = (part: FigurePart, count: number, amount: bigint | null): Part => ({
    count,
    amount: amount === null ? null : String(amount),
    recordsUrl: recordsUrl(question, part, group, count),
  });
  const ofCost = (part: 'costMarketing' | 'costSales' | 'costPaid' | 'costMedia') =>
    costs && of(part, costs[part].entries, costs[part].amount);
  return {
    won: of('won', deals.won, deals.wonValue),
    lost: of('lost', deals.lost, deals.lostValue),
    cycle: of('cycle', deals.cycleDays.length, deals.cycleValue),
    open: of('open', deals.open, deals.pipeline),
    forecast: of('forecast', deals.forecast.length, deals.forecastValue),
    cohort: cohort && of('cohort', cohort.leads, null),
    cohortWon: cohort && of('cohortWon', cohort.won, null),
    cohortYoung: cohort && of('cohortYoung', cohort.tooYoung, null),
    newCustomers: of('newCustomers', customers.newCustomers, null),
    paidCustomers: of('paidCustomers', customers.paidCustomers, null),
    activeCustomers: of('activeCustomers', customers.activeCustomers, customers.brought),
    costMarketing: ofCost('costMarketing'),
    costSales: ofCost('costSales'),
    costPaid: ofCost('costPaid'),
    costMedia: ofCost('costMedia'),
    customersAtStart: of('customersAtStart', customers.customersAtStart, customers.atStart),
    customersLeft: of('customersLeft', customers.customersLeft, customers.left),
    customersAtEnd: of('customersAtEnd', customers.customersAtEnd, customers.atEnd),
    attributed: attributed && of('attributed', attributed.touched, attributed.value),
  };
}

function recordsUrl(question: FigureQuestion, part: FigurePart, group: string | null | undefined, count: number): string | null {
  if (count === 0) return null;
  const { by, days, lagDays, windowDays, basis } = question;
  const { start, end } = textOfDays(days);
  if (part === 'attributed') return creditsUrl(by, start, end, group);
  return figureRecordsPath({ part, by, group, start, end, lagDays, windowDays, basis });
}

function creditsUrl(by: FigureBy, start: string, end: string, group: string | null | undefined): string | null {
  return group !== undefined && (by === 'channel' || by === 'campaign') ? creditsPath({ by, start, end }, { group }) : null;
}

/** Slices in their order: periods as time goes, groups by won value, cost and leads, what has no group last of equals. */
function ordered({ slices, counts }: Counted, most: number): { shown: number[]; rest: number[] } {
  const all = [...counts.keys()];
  if (slices.arePeriods) return { shown: all, rest: [] };
  const present = all.filter((slice) => slices.by === 'none' || holdsAnything(counts[slice]!));
  const keys = new Map(present.map((slice) => [slice, sortKeys(counts[slice]!)]));
  present.sort((one, other) => {
    const [a, b] = [keys.get(one)!, keys.get(other)!];
    const at = a.findIndex((value, key) => value !== b[key]);
    return at < 0 ? other - one : a[at]! < b[at]! ? 1 : -1;
  });
  return { shown: present.slice(0, most), rest: present.slice(most) };
}

const sortKeys = ({ deals, costs, cohort }: SliceCounts): [bigint, bigint, bigint] => [
  deals.wonValue,
  costs ? costs.costMarketing.amount + costs.costSales.amount : 0n,
  BigInt(deals.won + deals.lost + deals.open + (cohort ? cohort.leads + cohort.tooYoung : 0)),
];

function holdsAnything({ deals, customers, cohort, costs, attributed }: SliceCounts): boolean {
  return (
    deals.won + deals.lost + deals.open + customers.newCustomers + customers.customersAtStart + customers.customersAtEnd > 0 ||
    (cohort !== null && cohort.leads + cohort.tooYoung > 0) ||
    (costs !== null && costs.costMarketing.entries + costs.costSales.entries > 0) ||
    (costs !== null && costs.costMarketing.amount + costs.costSales.amount !== 0n) ||
    (attributed !== null && attributed.value !== 0n)
  );
}

function notShown({ counts }: Counted, rest: readonly number[]): FiguresAnswer['notShown'] {
  if (rest.length === 0) return null;
  const sum = (of: (counts: SliceCounts) => bigint): string => String(rest.reduce((total, slice) => total + of(counts[slice]!), 0n));
  return {
    groups: rest.length,
    won: rest.reduce((total, slice) => total + counts[slice]!.deals.won, 0),
    wonValue: sum(({ deals }) => deals.wonValue),
    cost: sum(({ costs }) => (costs ? costs.costMarketing.amount + costs.costSales.amount : 0n)),
  };
}
