/** What of the product a plan counts, as the engine takes it: facts, joint results, each with what it opens into. */

import type { Evidence } from '#engine/payout/evidence.ts';
import { ledgerNow } from '#features/returns/queries/ledger-now.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Opening } from '../contract/pieces.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import { measuresOf } from '../policy/plan-part.ts';
import type { FactScope, ReadFact, SupposedDeal } from './payout-facts/asked.ts';
import { readAttempts } from './payout-facts/attempts.ts';
import { readCampaigns } from './payout-facts/campaigns.ts';
import { readDealFacts } from './payout-facts/deals.ts';
import { readMeetings, readObjectives } from './payout-facts/deeds.ts';
import { readResults } from './payout-facts/joint-results.ts';
import { readLeadFacts } from './payout-facts/leads.ts';
import { readParts } from './payout-facts/participation.ts';
import { type PlanMoney, readPlanMoney } from './payout-facts/plan-money.ts';
import { readRevenueFacts } from './payout-facts/revenue.ts';

export interface FactsAsked {
  /** Results of objectives are recorded by plan; null for a plan that is not stored, which has none. */
  readonly planId: string | null;
  readonly content: PlanContent;
  /** Facts of these days, both included: from the first period that still can be corrected to the last day of this one. */
  readonly from: string;
  readonly until: string;
  /** ISO 8601 UTC: what was recorded by then counts. Null: all that is recorded by now (estimates, what-if), which is quicker. */
  readonly cutOff: string | null;
  /** A deal as if it closed so, in place of how it stands. */
  readonly supposed?: SupposedDeal | undefined;
}

export interface GatheredFacts {
  /** In the plan's currency; facts and results by their ids, which say what they are (`won:<deal>`, `clause:…`). */
  readonly evidence: Evidence;
  /** By id of a fact or a result. */
  readonly openings: ReadonlyMap<string, Opening>;
  /** What could not be counted and why, in words: deals in a currency without a rate, results without a value. */
  readonly notes: readonly string[];
}

/** A clock of ours is no limit: the database's may be a little ahead of it. */
const everything = '9999-12-31T23:59:59Z';

/**
 * Reads what the plan's measures and conditions name, and nothing else. Opens transactions of its own (figures and
 * attainment stand on columns in memory and on snapshots): call it outside of one.
 */
export async function gatherFacts(database: Database, workspaceId: WorkspaceId, asked: FactsAsked): Promise<GatheredFacts> {
  const cutOff = asked.cutOff ?? everything;
  const { facts, money } = await database.inWorkspace(workspaceId, (tx) => readFacts(tx, workspaceId, { ...asked, cutOff }), {
    snapshot: true,
    statementTimeout: 120_000,
  });
  const { content, from, until } = asked;
  const results = await readResults({
    database,
    workspaceId,
    content,
    from,
    until,
    asOf: asked.cutOff,
    recordedAt: asked.cutOff ?? new Date().toISOString(),
    money,
  });
  return {
    evidence: { facts: facts.map(({ fact }) => fact), results: results.map(({ result }) => result), employment: [] },
    openings: new Map([
      ...facts.map(({ fact, opening }) => [fact.id, opening] as const),
      ...results.map(({ result, opening }) => [result.id, opening] as const),
    ]),
    notes: notesOf(money),
  };
}

async function readFacts(
  tx: Tx,
  workspaceId: WorkspaceId,
  asked: FactsAsked & { cutOff: string },
): Promise<{ facts: ReadFact[]; money: PlanMoney }> {
  const { content, planId, from, until, cutOff, supposed } = asked;
  const { currency: workspaceCurrency, timeZone } = await ledgerNow(tx, workspaceId);
  const money = await readPlanMoney(tx, workspaceId, { currency: content.currency, workspaceCurrency, cutOff });
  const payees = new Set(content.payees.map(({ id }) => id));
  const scope: FactScope = { tx, workspaceId, timeZone, planId, payees, from, until, cutOff, money, supposed };
  const kinds = new Set(measuresOf(content).flatMap((measure) => measure.kinds));
  const facts: ReadFact[] = [];
  for (const kind of ['won', 'opportunity'] as const) if (kinds.has(kind)) facts.push(...(await readDealFacts(scope, kind)));
  const revenue = new Set((['collected', 'renewed'] as const).filter((kind) => kinds.has(kind)));
  if (revenue.size > 0) facts.push(...(await readRevenueFacts(scope, revenue)));
  for (const kind of ['mql', 'sal', 'sql'] as const) if (kinds.has(kind)) facts.push(...(await readLeadFacts(scope, kind)));
  if (kinds.has('meeting')) facts.push(...(await readMeetings(scope)));
  if (kinds.has('attempt')) facts.push(...(await readAttempts(scope)));
  if (kinds.has('participation')) facts.push(...(await readParts(scope)));
  if (kinds.has('campaign')) facts.push(...(await readCampaigns(scope)));
  if (content.components.some(({ kind }) => kind === 'mbo')) facts.push(...(await readObjectives(scope, content.period)));
  return { facts, money };
}

const notesOf = ({ without, currency }: PlanMoney): string[] =>
  [...without].map(
    ([own, many]) =>
      `${many} amount${many === 1 ? '' : 's'} in ${own} could not be counted: there is no rate into ${currency} for the day.`,
  );
