import { sql } from 'kysely';
import type { z } from 'zod';
import { outcomeCaveat, outcomeFormula, outcomeOf, tooFewWords, type OutcomeCell } from '#engine/campaigns/content-outcome.ts';
import { wilsonInterval } from '#engine/values/wilson.ts';
import { leadName, namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { AssetOutcome, outcomeRecords, outcomeRecordsAsk } from '../contract/content-uses.ts';
import { bookedIn, groundOf } from './ground.ts';
import { cellsOfCompared, cellsOfUsed, comparedLeads, drawnShare, drawOf, usedLeads } from './used-leads.ts';
import { eachOnce, wonAfterUse, type WonDeal } from './won-after-use.ts';

/** What came of one asset: who used it, whom it reached, what was won after, and against leads without it. @throws Problem not-found */
export async function readOutcome(tx: Tx, who: Who, assetId: string): Promise<AssetOutcome> {
  await refuseStrange(tx, who.workspaceId, assetId);
  const ground = await groundOf(tx, who.workspaceId);
  const won = await wonAfterUse(tx, who.workspaceId, assetId, ground);
  const { total, byMember } = await talliesOf(tx, who.workspaceId, assetId);
  const address = (path: string) => `/api/v1/library/${assetId}/${path}`;
  return {
    ...total,
    usesUrl: address('uses'),
    byMember: await shownMembers(tx, who.workspaceId, byMember, { won, address }),
    ...(await wonAmounts(tx, who.workspaceId, eachOnce(won), ground.currency)),
    dealsUrl: address('deals'),
    ...(await comparisonOf(tx, who.workspaceId, assetId, address)),
    formula: outcomeFormula,
    caveat: outcomeCaveat,
  };
}

async function refuseStrange(tx: Tx, workspaceId: WorkspaceId, assetId: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM assets WHERE workspace_id = ${workspaceId}::uuid AND id = ${assetId}::uuid`.execute(tx);
  if (rows.length === 0) throw notFound('content');
}

// ── use ─────────────────────────────────────────────────────────────────────

type Tally = Pick<AssetOutcome, 'uses' | 'links' | 'shown' | 'opens' | 'reached'>;
interface MemberTally extends Tally {
  readonly memberId: string;
  readonly opened: number;
}

/** Reached: a lead, or a deal without one, whose link a person opened, or who was shown it. */
async function talliesOf(tx: Tx, workspaceId: WorkspaceId, assetId: string): Promise<{ total: Tally; byMember: MemberTally[] }> {
  const { rows } = await sql<MemberTally & { memberId: string | null }>`WITH used AS (
      SELECT u.member_id, u.way, coalesce(u.lead_id, u.deal_id) AS subject, coalesce(o.opens, 0) AS opens
      FROM content_uses u LEFT JOIN LATERAL (SELECT sum(o.opens)::int AS opens FROM content_opens o
        WHERE o.workspace_id = u.workspace_id AND o.use_id = u.id AND o.kind = 'person') o ON true
      WHERE u.workspace_id = ${workspaceId}::uuid AND u.asset_id = ${assetId}::uuid)
    SELECT member_id AS "memberId", count(*)::int AS uses, (count(*) FILTER (WHERE way = 'link'))::int AS links, (count(*) FILTER (WHERE way <> 'link'))::int AS shown,
      coalesce(sum(opens), 0)::int AS opens, (count(*) FILTER (WHERE opens > 0))::int AS opened, (count(DISTINCT subject) FILTER (WHERE opens > 0 OR way <> 'link'))::int AS reached
    FROM used GROUP BY ROLLUP (member_id) ORDER BY uses DESC, member_id`.execute(tx);
  const byMember = rows.filter(({ memberId }) => memberId !== null);
  const { uses, links, shown, opens, reached } = rows.find(({ memberId }) => memberId === null) ?? {
    uses: 0,
    links: 0,
    shown: 0,
    opens: 0,
    reached: 0,
  };
  return { total: { uses, links, shown, opens, reached }, byMember };
}

async function shownMembers(
  tx: Tx,
  workspaceId: WorkspaceId,
  tallies: readonly MemberTally[],
  { won, address }: { won: readonly WonDeal[]; address: (path: string) => string },
): Promise<AssetOutcome['byMember']> {
  const names = await namesOf(tx, workspaceId, { member: tallies.map(({ memberId }) => memberId) });
  return tallies.map(({ memberId, uses, links, shown, opened, reached }) => ({
    member: names.get(`member ${memberId}`) ?? { id: memberId, name: 'somebody who is gone' },
    ...{ uses, links, shown, opened, reached },
    won: won.filter((deal) => deal.memberId === memberId).length,
    usesUrl: address(`uses?memberId=${memberId}`),
    dealsUrl: address(`deals?memberId=${memberId}`),
  }));
}

async function wonAmounts(tx: Tx, workspaceId: WorkspaceId, deals: readonly WonDeal[], currency: string) {
  const booked = await bookedIn(tx, workspaceId, currency);
  const amounts = deals.map((deal) => booked({ ...deal, day: deal.closedOn }));
  return {
    wonDeals: deals.length,
    wonAmount: String(amounts.reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n)),
    currency,
    withoutAmount: amounts.filter((amount) => amount === null).length,
  };
}

// ── with it and without ─────────────────────────────────────────────────────

async function comparisonOf(tx: Tx, workspaceId: WorkspaceId, assetId: string, address: (path: string) => string) {
  const { decided, undecided, unknownStage } = await usedLeads(tx, workspaceId, assetId);
  const used = cellsOfUsed(decided);
  const draw = await drawOf(tx, workspaceId);
  const compared = await cellsOfCompared(tx, comparedLeads(workspaceId, assetId, decided, draw));
  const result = outcomeOf([...used, ...compared]);
  return {
    used: { ...toldOf(used), recordsUrl: address('outcome/records?of=used') },
    compared: { ...toldOf(compared), recordsUrl: address('outcome/records?of=compared') },
    difference: result.difference && { ...result.difference, strata: result.strata },
    why: tooFewWords(result),
    comparedShare: drawnShare(draw),
    undecided,
    withoutMatch: unknownStage + sumOf(used) - result.worked.leads,
  };
}

const sumOf = (cells: readonly OutcomeCell[]): number => cells.reduce((total, { leads }) => total + leads, 0);

function toldOf(cells: readonly OutcomeCell[]) {
  const [leads, won] = [sumOf(cells), cells.reduce((total, each) => total + each.won, 0)];
  const range = wilsonInterval({ hits: won, of: leads });
  return { leads, won, share: leads === 0 ? null : won / leads, low: range?.low ?? null, high: range?.high ?? null };
}

// ── the leads behind it ─────────────────────────────────────────────────────

type Records = z.output<typeof outcomeRecords>;
interface Place {
  readonly leadId: string;
  readonly stage: string;
  readonly at: string | null;
}

/** By id, the greatest first. @throws Problem not-found */
export async function listOutcomeRecords(tx: Tx, who: Who, assetId: string, asked: z.output<typeof outcomeRecordsAsk>): Promise<Records> {
  await refuseStrange(tx, who.workspaceId, assetId);
  const { decided } = await usedLeads(tx, who.workspaceId, assetId);
  const all =
    asked.of === 'used'
      ? decided.map(({ leadId, stage, usedAt }) => ({ leadId, stage, at: usedAt }))
      : await comparedPlaces(tx, comparedLeads(who.workspaceId, assetId, decided, await drawOf(tx, who.workspaceId)));
  const sorted = all.toSorted((one, other) => (one.leadId < other.leadId ? 1 : -1));
  const after = sorted.filter(({ leadId }) => asked.cursor === undefined || leadId < cursorId(asked.cursor));
  const page = after.slice(0, asked.limit);
  return { items: await shownRecords(tx, who, page), next: after.length > page.length ? page.at(-1)!.leadId : null, total: all.length };
}

async function comparedPlaces(tx: Tx, compared: ReturnType<typeof comparedLeads>): Promise<Place[]> {
  if (compared === null) return [];
  return (await sql<Place>`SELECT id AS "leadId", stage, entered_at AS at FROM (${compared}) c`.execute(tx)).rows;
}

async function shownRecords(tx: Tx, who: Who, places: readonly Place[]): Promise<Records['items']> {
  const { rows } = await sql<
    Omit<Records['items'][number], 'stage' | 'at'>
  >`SELECT l.id AS "leadId", coalesce(${leadName('l')}, 'A lead without a name') AS name, l.company, l.segment,
      l.stage = 'won' AS won, greatest(l.won_at, l.lost_at, l.disqualified_at, l.recycled_at, l.rejected_at) AS "decidedAt",
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS owner
    FROM leads l LEFT JOIN members m ON m.workspace_id = l.workspace_id AND m.id = l.owner_id
    WHERE l.workspace_id = ${who.workspaceId}::uuid AND l.id = ANY(${places.map(({ leadId }) => leadId)}::uuid[])`.execute(tx);
  const byId = new Map(rows.map((row) => [row.leadId, row]));
  return places.flatMap(({ leadId, stage, at }) => {
    const lead = byId.get(leadId);
    return lead ? [{ ...lead, stage, at }] : [];
  });
}

function cursorId(cursor: string): string {
  if (isId(cursor)) return cursor;
  throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
    fields: [{ at: 'cursor', reason: 'unknown' }],
  });
}
