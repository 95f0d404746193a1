import { sql } from 'kysely';
import { capacityOf } from '#engine/agreement/capacity.ts';
import { type OnRecord, suggestedDefinitions } from '#engine/agreement/default-definitions.ts';
import { type OwnNumbers, reachedWords, suggestedClauses, suggestedContent } from '#engine/agreement/templates.ts';
import { groupsThatBuy } from '#engine/agreement/who-buys.ts';
import { clauseSentence } from '#engine/agreement/wording.ts';
import type { Calendar } from '#engine/calendar/calendar.ts';
import { ruleSentence } from '#engine/rules/sentence.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { AgreementTemplates } from '../contract.ts';
import { loadCalendars } from './calendars.ts';
import { assumed, hoursOf, minutesNote } from './capacity.ts';
import { clauseNames } from './names.ts';
import {
  type Cohort,
  decidedCohort,
  hasRevenue,
  monthsOfLeads,
  originsOnRecord,
  touchesOnRecord,
  type TouchesOnRecord,
} from './own-numbers.ts';
import { ruleLabels } from './rule-reading.ts';

/** An agreement to begin with: good practice, filled with the company's own numbers where its past tells them. */
export async function suggestedAgreement(tx: Tx, workspaceId: WorkspaceId): Promise<AgreementTemplates> {
  const notes: string[] = [];
  const cohort = await decidedCohort(tx, workspaceId);
  const touches = await touchesOnRecord(tx, workspaceId);
  const own = await ownNumbers(tx, workspaceId, cohort, touches, notes);
  const names = await clauseNames(tx, workspaceId);
  const definitions = suggestedDefinitions(await onRecord(tx, workspaceId, cohort, touches));
  const labels = await ruleLabels(
    tx,
    workspaceId,
    definitions.map(({ rule }) => rule),
  );
  return {
    content: suggestedContent(own) as AgreementTemplates['content'],
    clauses: suggestedClauses(own).map(({ clause, from, why }) => ({
      clause: clause as AgreementTemplates['clauses'][number]['clause'],
      sentence: clauseSentence(clause, names),
      from,
      why,
    })),
    definitions: definitions.map((definition) => ({
      ...definition,
      examples: [...definition.examples],
      sentence: ruleSentence(definition.rule, labels),
    })),
    notes,
  };
}

async function ownNumbers(
  tx: Tx,
  workspaceId: WorkspaceId,
  cohort: Cohort,
  touches: TouchesOnRecord,
  notes: string[],
): Promise<OwnNumbers> {
  const months = await monthsOfLeads(tx, workspaceId);
  if (months.from) notes.push(`The usual volume is told from the full months ${months.from} to ${months.to}.`);
  if (cohort.from)
    notes.push(
      `What a lead is worth is told from those passed between ${cohort.from} and ${cohort.to}: nine in ten of what is won is won within ${cohort.settleDays} days, so they are decided.`,
    );
  const { rows } = await sql<{ currency: string }>`SELECT currency FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(tx);
  const { defaultCalendar } = await loadCalendars(tx, workspaceId, []);
  return {
    currency: rows[0]!.currency,
    workingDayMinutes: usualDay(defaultCalendar),
    months: months.counts,
    leadsPossible: await leadsPossible(tx, workspaceId, touches, notes),
    past: cohort.bySegment,
    reachedOutcomes: reachedOutcomes(touches.outcomes),
  };
}

/** What the reps can work as the suggested clauses ask; null where there are no reps. */
async function leadsPossible(tx: Tx, workspaceId: WorkspaceId, touches: TouchesOnRecord, notes: string[]): Promise<number | null> {
  const { reps, sellingHours } = await hoursOf(tx, workspaceId, {}, notes);
  if (reps === 0) return null;
  const minutesPerAttempt = touches.minutesPerAttempt ?? assumed.minutesPerAttempt;
  notes.push(minutesNote(touches.minutesPerAttempt));
  notes.push(`A lead takes ${assumed.attemptsPerLead} attempts, for which ${assumed.utilisation * 100} % of the working time is there.`);
  return capacityOf({ ...assumed, expectedLeads: 0, minutesPerAttempt, reps, sellingHours }).leadsPossible;
}

/** Working minutes of the workspace's most usual working day; eight hours where nobody ever works. */
function usualDay({ weekly }: Calendar): number {
  const minutes = Object.values(weekly)
    .map((intervals) => intervals.reduce((sum, [from, to]) => sum + minuteOf(to) - minuteOf(from), 0))
    .filter((each) => each > 0)
    .sort((one, other) => one - other);
  return minutes[Math.floor(minutes.length / 2)] ?? 480;
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** As they are written on record, and the words the field uses, so that the next source fits as well. */
function reachedOutcomes(outcomes: readonly string[]): string[] {
  const own = outcomes.filter((outcome) => reachedWords.some((word) => outcome.toLowerCase().startsWith(word)));
  return [...new Set([...own, ...reachedWords])].slice(0, 50);
}

async function onRecord(tx: Tx, workspaceId: WorkspaceId, cohort: Cohort, touches: TouchesOnRecord): Promise<OnRecord> {
  const origins = await originsOnRecord(tx, workspaceId);
  const industries = groupsThatBuy(cohort.byIndustry);
  const segments = cohort.bySegment.flatMap(({ segment, leads, won }) => (segment === null ? [] : [{ name: segment, leads, won }]));
  return {
    customerTouches: touches.customer,
    meetingsOrCalls: touches.meetingsOrCalls,
    revenue: await hasRevenue(tx, workspaceId),
    idealIndustries: industries,
    // A small segment buys more often for less: it is asked only where industries tell nothing.
    idealSegments: industries.length > 0 ? [] : groupsThatBuy(segments),
    salesOrigins: origins.filter((origin) => /outbound|cold.?call|\bsales\b|prospecting|kaltakquise/i.test(origin)),
  };
}
