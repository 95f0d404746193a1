/** A back-test's numbers side by side, with how they were counted and what they can't tell. */

import { ruleSentence } from '#engine/rules/sentence.ts';
import { leadStages } from '#features/records/contract.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { BackTest, SideBySide } from '../contract.ts';
import { attemptMinutes, daysUntilJudged } from '../contract/back-tests.ts';
import { countBackTest, type GroupCounts } from './back-test.ts';
import type { WholeBackTest } from './back-test-ask.ts';
import { leftOut, type LeftOut } from './back-test-limits.ts';
import { ruleLabels } from './rule-reading.ts';

/** More groups than anybody reads: the others stand in the total only. */
const mostRows = 1_000;

export type BackTestResult = Omit<BackTest, 'id' | 'versionId' | 'runAt' | 'member'>;

export async function answerBackTest(tx: Tx, workspaceId: WorkspaceId, whole: WholeBackTest): Promise<BackTestResult> {
  const groups = await countBackTest(tx, workspaceId, whole.question);
  const minutesALead = meanMinutes(groups);
  const shown = ordered(groups, whole.ask.by).slice(0, mostRows);
  const labels = await labelsOf(tx, workspaceId, whole.ask.by, shown);
  const rows = groups.map((counts) => sideBySide(counts, minutesALead));
  const { start, end, by } = whole.ask;
  return {
    against: whole.against && { id: whole.against.id, number: whole.against.number },
    start,
    end,
    by,
    total: totalOf(groups, rows),
    rows: shown.map((counts) => ({
      ...sideBySide(counts, minutesALead),
      group: counts.group,
      label: labels.get(counts.group) ?? counts.group ?? '',
    })),
    notes: await notesOf(tx, workspaceId, whole, { minutesALead, notShown: groups.length - shown.length }),
  };
}

/** What attempts took for each lead that passes now; null where none does. */
function meanMinutes(groups: readonly GroupCounts[]): number | null {
  const passed = groups.reduce((sum, { passedNow }) => sum + passedNow, 0);
  return passed === 0 ? null : groups.reduce((sum, { minutesNow }) => sum + minutesNow, 0) / passed;
}

function sideBySide(counts: GroupCounts, minutesALead: number | null): SideBySide {
  const { leads, passedNow, passedThen, both, wonNow, wonThen, wonBoth, valueKept, valueLost, minutesDropped } = counts;
  const added = passedThen - both;
  return {
    leads,
    passedNow,
    passedThen,
    both,
    added,
    dropped: passedNow - both,
    customersKept: wonBoth,
    customersLost: wonNow - wonBoth,
    customersGained: wonThen - wonBoth,
    valueKept: String(valueKept),
    valueLost: String(valueLost),
    repMinutesSaved: minutesDropped - Math.round((minutesALead ?? 0) * added),
    ...closeRates(counts),
  };
}

const closeRates = ({ passedNow, passedThen, wonNow, wonThen }: GroupCounts): Pick<SideBySide, 'closeRateNow' | 'closeRateThen'> => ({
  closeRateNow: passedNow === 0 ? null : wonNow / passedNow,
  closeRateThen: passedThen === 0 ? null : wonThen / passedThen,
});

/** Everything adds up to it but the rates; rep time as the rows say it, each rounded to the minute. */
function totalOf(groups: readonly GroupCounts[], rows: readonly SideBySide[]): SideBySide {
  const sum = (of: (counts: GroupCounts) => number) => groups.reduce((total, counts) => total + of(counts), 0);
  const amount = (of: (counts: GroupCounts) => bigint) => groups.reduce((total, counts) => total + of(counts), 0n);
  const counts: GroupCounts = {
    group: null,
    leads: sum(({ leads }) => leads),
    passedNow: sum(({ passedNow }) => passedNow),
    passedThen: sum(({ passedThen }) => passedThen),
    both: sum(({ both }) => both),
    wonNow: sum(({ wonNow }) => wonNow),
    wonThen: sum(({ wonThen }) => wonThen),
    wonBoth: sum(({ wonBoth }) => wonBoth),
    valueKept: amount(({ valueKept }) => valueKept),
    valueLost: amount(({ valueLost }) => valueLost),
    minutesNow: sum(({ minutesNow }) => minutesNow),
    minutesDropped: sum(({ minutesDropped }) => minutesDropped),
  };
  return { ...sideBySide(counts, 0), repMinutesSaved: rows.reduce((total, { repMinutesSaved }) => total + repMinutesSaved, 0) };
}

// ── groups ──────────────────────────────────────────────────────────────────

/** Months in their order, other groups as they come: the largest first. */
const ordered = (groups: readonly GroupCounts[], by: string): readonly GroupCounts[] =>
  by === 'month' ? groups.toSorted((one, other) => String(one.group).localeCompare(String(other.group), 'en')) : groups;

async function labelsOf(tx: Tx, workspaceId: WorkspaceId, by: string, groups: readonly GroupCounts[]): Promise<Map<string | null, string>> {
  const ids = by === 'campaign' ? groups.flatMap(({ group }) => group ?? []) : [];
  const names = await namesOf(tx, workspaceId, { campaign: ids });
  return new Map([
    [null, by === 'campaign' ? '(no campaign)' : '(blank)'] as const,
    ...ids.map((id) => [id, names.get(`campaign ${id}`)?.name ?? id] as const),
  ]);
}

// ── notes ───────────────────────────────────────────────────────────────────

async function notesOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  whole: WholeBackTest,
  { minutesALead, notShown }: { minutesALead: number | null; notShown: number },
): Promise<string[]> {
  const missing = await leftOut(tx, workspaceId, whole);
  return [
    await comparison(tx, workspaceId, whole),
    whole.question.judging === 'asItStands'
      ? 'Each lead is judged as it stands now.'
      : `Each lead is judged as of the moment it became an MQL; one that never did, ${daysUntilJudged} days after it was opened, and no later than now.`,
    'Touches, stages and revenue count up to that moment. Fields are taken as they are today: what was filled in later looks as if it had been known.',
    ...foresightNotes(missing),
    'A customer lost is a won lead that would not have been passed. Sales might have found it without; a back-test can’t tell.',
    restTime(minutesALead),
    ...leftOutNotes(missing, whole),
    ...(notShown > 0 ? [`${notShown} smaller groups are not shown; the total includes them.`] : []),
  ];
}

async function comparison(tx: Tx, workspaceId: WorkspaceId, { against, question }: WholeBackTest): Promise<string> {
  if (against)
    return `“Now” is version ${against.number}: ${ruleSentence(against.rule, await ruleLabels(tx, workspaceId, [against.rule]))}.`;
  if (question.against === null || !('stage' in question.against))
    return 'No version is in force, and no source states what this term means: there is nothing to compare with.';
  const { stage } = question.against;
  return `No version is in force: “now” are the leads for which the source states ${leadStages.find((each) => each.stage === stage)?.label ?? stage}.`;
}

const foresightNotes = ({ filledAfterwards }: LeftOut): string[] =>
  filledAfterwards.map(
    ({ label, won, others }) =>
      `“${label}” is stated of ${percent(won)} of won leads and of ${percent(others)} of the others: it is probably filled in only when a lead is won, and then this back-test flatters the rule.`,
  );

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function restTime(minutesALead: number | null): string {
  const kinds = Object.entries(attemptMinutes).map(([kind, minutes]) => `${kind} ${minutes}`);
  const added =
    minutesALead === null
      ? 'no lead passes now, so what added leads would take isn’t known'
      : `an added lead counts ${minutesALead.toFixed(1)}, the mean of leads passed now`;
  return `Rep time is assumed, in minutes an attempt: ${kinds.join(', ')}. Dropped leads count the attempts by sales on record, automatic ones and incoming ones left out; ${added}.`;
}

function leftOutNotes({ withoutDay, otherCurrencies }: LeftOut, { timeZone, currency }: WholeBackTest): string[] {
  const notes = [`The leads are those opened in the period, in days of ${timeZone}, without archived ones.`];
  if (withoutDay > 0) notes.push(`${withoutDay} leads state no day of opening: they are in no period.`);
  if (otherCurrencies > 0)
    notes.push(`${otherCurrencies} won leads state their value in another currency than ${currency}: they count, their value doesn’t.`);
  return notes;
}
