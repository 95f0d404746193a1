import type { z } from 'zod';
import { attemptsPromised, capacityFormula, capacityOf, leadsPromised } from '#engine/agreement/capacity.ts';
import type { AgreementContent } from '#engine/agreement/clause.ts';
import { lowerMedian } from '#engine/agreement/templates.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { capacityAnswer, capacityAsk } from '../contract.ts';
import { attemptMinutes } from '../contract/back-tests.ts';
import { loadCalendars, workingTimes } from './calendars.ts';
import { inForceAt, signedAgreements } from './in-force.ts';
import { monthsOfLeads, repsWithLeads, touchesOnRecord } from './own-numbers.ts';
import { listAgreementRows } from './versions.ts';

/** What is assumed where neither the clauses nor the company's record say; each is told with the answer. */
export const assumed = {
  /** Between a call and a mail, with preparing and noting it (`attemptMinutes`): where no attempts are on record. */
  minutesPerAttempt: 8,
  /** The rest of the working time is conversations, meetings, deals and everything else. */
  utilisation: 0.5,
  attemptsPerLead: 6,
} as const;

type Ask = z.output<typeof capacityAsk>;
type Answer = z.output<typeof capacityAnswer>;

/** Whether the reps can keep these clauses (else those in force, else the latest drafted) at the volume promised. */
export async function answerCapacity(tx: Tx, workspaceId: WorkspaceId, ask: Ask): Promise<Answer> {
  const notes: string[] = [];
  const content = ask.content ?? (await presentContent(tx, workspaceId));
  const expectedLeads = await expectedOf(tx, workspaceId, content, notes);
  const attemptsPerLead = attemptsOf(content, notes);
  const { reps, sellingHours } = await hoursOf(tx, workspaceId, ask, notes);
  const minutesPerAttempt = ask.minutesPerAttempt ?? (await minutesOf(tx, workspaceId, notes));
  const utilisation = ask.utilisation ?? assumed.utilisation;
  if (ask.utilisation === undefined)
    notes.push(`${utilisation * 100} % of the working time can go into attempts; the rest are conversations, meetings and deals.`);
  const found = capacityOf({ expectedLeads, attemptsPerLead, minutesPerAttempt, reps, sellingHours, utilisation });
  return {
    leadsPerMonth: found.leadsPossible,
    expectedPerMonth: expectedLeads,
    neededHours: hundredths(found.neededHours),
    availableHours: hundredths(found.availableHours),
    loadPercent: found.load === null ? null : hundredths(found.load * 100),
    utilisationPercent: utilisation * 100,
    reps,
    sellingHoursPerMonth: sellingHours,
    attemptsPerLead,
    minutesPerAttempt,
    minutesPerLead: hundredths(found.minutesPerLead),
    holds: found.holds,
    formula: capacityFormula,
    assumptions: notes,
  };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;

async function minutesOf(tx: Tx, workspaceId: WorkspaceId, notes: string[]): Promise<number> {
  const { minutesPerAttempt } = await touchesOnRecord(tx, workspaceId);
  notes.push(minutesNote(minutesPerAttempt));
  return minutesPerAttempt ?? assumed.minutesPerAttempt;
}

export const minutesNote = (ofOwn: number | null): string =>
  ofOwn === null
    ? `An attempt takes ${assumed.minutesPerAttempt} minutes with preparing and noting it.`
    : `An attempt takes ${ofOwn} minutes: a call ${attemptMinutes.call} and a mail ${attemptMinutes.email}, with preparing and noting them, in the mix of the latest on record.`;

async function presentContent(tx: Tx, workspaceId: WorkspaceId): Promise<AgreementContent | undefined> {
  const inForce = inForceAt(await signedAgreements(tx, workspaceId), Date.now());
  return inForce?.content ?? (await listAgreementRows(tx, workspaceId)).find(({ status }) => status !== 'withdrawn')?.content;
}

async function expectedOf(tx: Tx, workspaceId: WorkspaceId, content: AgreementContent | undefined, notes: string[]): Promise<number> {
  const promised = content && leadsPromised(content);
  if (typeof promised === 'number') {
    notes.push('As many leads come as the clause about volume promises.');
    return promised;
  }
  const { counts, from, to } = await monthsOfLeads(tx, workspaceId);
  const usual = lowerMedian(counts);
  notes.push(
    usual === null
      ? 'No clause promises a volume and no lead was passed in a full month yet: no leads are expected.'
      : `No clause promises a volume: expected is the median of the full months from ${from} to ${to}.`,
  );
  return usual ?? 0;
}

function attemptsOf(content: AgreementContent | undefined, notes: string[]): number {
  const promised = content ? attemptsPromised(content) : 0;
  notes.push(
    promised > 0
      ? `Every lead takes the ${promised === 1 ? 'one attempt' : `${promised} attempts`} promised; those that answer earlier take fewer, so this is the most.`
      : `No clause promises attempts: a lead takes ${assumed.attemptsPerLead}.`,
  );
  return promised > 0 ? promised : assumed.attemptsPerLead;
}

export interface RepHours {
  readonly reps: number;
  /** Hours a month of one rep, in the mean of those who work leads. */
  readonly sellingHours: number;
}

/** Who works leads, and how long they work a month by their calendars in the coming year, leave on record taken off. */
export async function hoursOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  ask: Pick<Ask, 'reps' | 'sellingHoursPerMonth'>,
  notes: string[],
): Promise<RepHours> {
  const { ids, assumed: all } = await repsWithLeads(tx, workspaceId);
  if (ask.reps === undefined)
    notes.push(
      all
        ? `No rep has a lead of the last ninety days: all ${ids.length} of sales are counted.`
        : `The ${ids.length} reps who had leads in the last ninety days on record work them.`,
    );
  if (ask.sellingHoursPerMonth !== undefined) return { reps: ask.reps ?? ids.length, sellingHours: ask.sellingHoursPerMonth };
  notes.push('Working hours a month are those of the reps’ calendars in the coming year, without holidays and leave on record.');
  return { reps: ask.reps ?? ids.length, sellingHours: await meanHours(tx, workspaceId, ids) };
}

async function meanHours(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<number> {
  const times = workingTimes(await loadCalendars(tx, workspaceId, ids));
  const now = Date.now();
  const inYear = now + 365 * 86_400_000;
  const hours = (ids.length > 0 ? ids : [null]).map((id) => times.of(id).elapsed(now, inYear) / 3_600_000 / 12);
  const mean = hours.reduce((sum, each) => sum + each, 0) / hours.length;
  return Math.round(mean * 10) / 10;
}
