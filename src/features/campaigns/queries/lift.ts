import { dayNumberOf } from '#engine/calendar/reading.ts';
import { type CellsAsked, liftCells } from '#engine/campaigns/lift-cells.ts';
import { liftCaveats, liftFormula, liftOf, type LiftResult } from '#engine/campaigns/lift.ts';
import { leastPeople } from '#engine/campaigns/shown-groups.ts';
import { columnsCacheOf } from '#features/funnel/queries/columns.ts';
import { dayAt } from '#features/handoff/queries/attainment-scope.ts';
import { type LeadStage, leadStages } from '#features/records/contract.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { Lift, LiftAnswer, LiftOutcome } from '../contract/participation.ts';
import { liftOutcomes } from '../contract/participation.ts';
import type { NamedCampaign } from '../contract/pieces.ts';
import { getCampaign } from './campaign-at-hand.ts';
import { campaignsBetween, periodOf } from './participation.ts';
import { seenBy } from './seen.ts';
import { type Parts, readParts } from './parts.ts';
import type { Family } from './took-part.ts';

/** Days from MQL within which an outcome counts. Nine of ten that come at all come earlier in the usual cycle of months. */
const withinDays: Readonly<Record<LiftOutcome, number>> = { sql: 90, won: 180 };
const outcomeWords: Readonly<Record<LiftOutcome, string>> = { sql: 'SQL', won: 'won' };

/** What participation changed in one campaign. Not inside a transaction. @throws Problem not-found */
export async function answerLift(database: Database, who: Who, campaignId: string): Promise<LiftAnswer> {
  const ground = await readGround(database, who, async (tx) => {
    const { id, name, startsOn, endsOn, family } = await getCampaign(tx, who.workspaceId, campaignId);
    return [{ id, name, startsOn, endsOn, family }];
  });
  const { family: _, ...campaign } = ground.campaigns[0]!;
  return { campaign, start: null, end: null, ...answerOf(ground, `/campaigns/${campaign.id}/lift/records`) };
}

/** The same over all campaigns of a period together: each lead is compared within its own campaign. */
export async function answerLiftOverall(
  database: Database,
  who: Who,
  asked: { readonly start?: string | undefined; readonly end?: string | undefined },
): Promise<LiftAnswer> {
  const period = await database.inWorkspace(who.workspaceId, (tx) => periodOf(tx, who.workspaceId, asked));
  const ground = await readGround(database, who, (tx) => campaignsBetween(tx, who.workspaceId, period.start, period.end));
  return { campaign: null, ...period, ...answerOf(ground, null) };
}

// ── what it rests on ────────────────────────────────────────────────────────

export interface LiftGround {
  readonly campaigns: (NamedCampaign & Family)[];
  readonly tookPart: ReadonlyMap<string, ReadonlySet<string>>;
  readonly seen: ReadonlySet<string>;
  readonly columns: Awaited<ReturnType<ReturnType<typeof columnsCacheOf>['fresh']>>['columns'];
  /** Days since 1970-01-01, and as text. */
  readonly asOfDay: number;
  readonly asOf: string;
}

export async function readGround(database: Database, who: Who, find: (tx: Tx) => Promise<(NamedCampaign & Family)[]>): Promise<LiftGround> {
  const { columns, timeZone } = await columnsCacheOf(database).fresh(who.workspaceId);
  const today = dayAt(Date.now(), timeZone);
  const read = await database.inWorkspace(who.workspaceId, async (tx) => {
    return { campaigns: await find(tx), seen: (await seenBy(tx, who)).of };
  });
  const parts = await readParts(database, who.workspaceId, { timeZone, today: today.toString() }, read.campaigns);
  const asOfDay = dayNumberOf(today.toString());
  return { ...read, tookPart: whoTookPart(parts), columns, asOfDay, asOf: today.toString() };
}

const whoTookPart = (parts: Parts): Map<string, Set<string>> =>
  new Map(
    [...parts].map(([campaign, own]) => [campaign, new Set([...own].flatMap(([member, { evidenced }]) => (evidenced ? [member] : [])))]),
  );

export const cellsAsked = ({ campaigns, tookPart, asOfDay }: LiftGround, outcome: LiftOutcome): CellsAsked => ({
  campaigns: new Map(campaigns.flatMap(({ id, family }) => family.map((each) => [each, id] as const))),
  tookPart,
  from: stageAt('mql'),
  outcome: stageAt(outcome),
  withinDays: withinDays[outcome],
  asOfDay,
});

const stageAt = (stage: LeadStage): number => leadStages.findIndex((each) => each.stage === stage);

// ── what is said ────────────────────────────────────────────────────────────

function answerOf(ground: LiftGround, records: string | null): Omit<LiftAnswer, 'campaign' | 'start' | 'end'> {
  const counted = liftOutcomes.map((outcome) => ({ outcome, ...liftCells(ground.columns, cellsAsked(ground, outcome)) }));
  const cells = counted.flatMap((each) => each.cells);
  const [participants, others] = [repsWith(cells, true), repsWith(cells, false)];
  const hidden = [participants, others].some((people) => isTelling(people, ground.seen));
  const opens = records !== null && [...participants, ...others].every((rep) => ground.seen.has(rep)) ? records : null;
  const outcomes = counted.map(({ outcome, cells: own, tooYoung }) => liftShown(outcome, liftOf(own), tooYoung, hidden, opens));
  return {
    asOf: ground.asOf,
    participants: hidden ? null : participants.size,
    others: hidden ? null : others.size,
    outcomes,
    sentences: outcomes.map(sentenceOf),
    caveats: [...liftCaveats, 'A lead counts for the SDR who has it, else its rep, and from the day it became an MQL.'],
    formula: liftFormula,
  };
}

const repsWith = (cells: readonly { rep: string; tookPart: boolean }[], tookPart: boolean): Set<string> =>
  new Set(cells.filter((cell) => cell.tookPart === tookPart).map(({ rep }) => rep));

/** Whether numbers about them would be about one or two people whom the asker doesn't see. */
function isTelling(people: ReadonlySet<string>, seen: ReadonlySet<string>): boolean {
  const unseen = [...people].filter((rep) => !seen.has(rep)).length;
  return unseen > 0 && unseen < leastPeople;
}

function liftShown(outcome: LiftOutcome, result: LiftResult, tooYoung: number, hidden: boolean, records: string | null): Lift {
  const { worked, compared, strata, leftOut, difference, extra, tooFew } = result;
  const rate = (of: LiftResult['worked'], which: string) =>
    hidden
      ? null
      : {
          leads: of.leads,
          reached: of.reached,
          share: of.leads === 0 ? null : of.reached / of.leads,
          recordsUrl: records && `${records}?${new URLSearchParams({ outcome, which })}`,
        };
  return {
    outcome,
    withinDays: withinDays[outcome],
    worked: rate(worked, 'worked'),
    compared: rate(compared, 'compared'),
    strata,
    leftOut: hidden ? 0 : leftOut,
    tooYoung,
    difference: hidden ? null : difference,
    extra: hidden ? null : extra,
    tooFew: hidden ? `Too few to say: numbers about fewer than ${leastPeople} reps would be about persons.` : tooFew,
  };
}

function sentenceOf({ outcome, difference, extra, tooFew, worked }: Lift): string {
  const what = outcomeWords[outcome];
  if (!difference || !extra || !worked) return `${what}: too few to say. ${tooFew ?? ''}`.trim();
  const points = (share: number): string => (share * 100).toFixed(1);
  const said = difference.low > 0 ? 'more often' : difference.high < 0 ? 'less often' : 'not clearly more or less often';
  return (
    `${what} ${said} with a rep’s part: ${points(difference.value)} points (95 %: ${points(difference.low)} to ${points(difference.high)}), ` +
    `that is ${extra.value.toFixed(1)} of ${worked.leads} leads (${extra.low.toFixed(1)} to ${extra.high.toFixed(1)}).`
  );
}
