/** Proposals as they are stored, and as they are shown. */

import { type RawBuilder, sql } from 'kysely';
import { answerStanding, daysLate } from '#engine/campaigns/answer-due.ts';
import type { ProposalKind, ProposalState } from '#engine/campaigns/proposal-states.ts';
import type { WorkingTime } from '#engine/calendar/working-time.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Side, Who } from '#platform/http/route.ts';
import type { ProposalItem } from '../contract/proposals.ts';
import { whyNot } from '../policy/proposals.ts';
import { bookedIn, dayIn, type Ground, groundOf, workingDaysOf } from './ground.ts';
import { dealsBehind, leadsWithoutDeal, valueOf } from './proposal-value.ts';

export interface StoredProposal {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly title: string;
  readonly text: string;
  readonly state: ProposalState;
  readonly proposedBy: string;
  readonly side: Side;
  readonly proposedAt: string;
  readonly round: number;
  readonly dueAt: string | null;
  readonly dueOn: string | null;
  readonly firstAnswerAt: string | null;
  readonly plannedOn: string | null;
  readonly campaignId: string | null;
  readonly assetId: string | null;
  readonly assetTitle: string | null;
  readonly changedAt: string;
  readonly votes: number;
  readonly voted: boolean;
  readonly cases: number;
  /** Of the latest answer. */
  readonly comment: string | null;
  readonly answeredAt: string | null;
  readonly answeredBy: string | null;
}

/** In no order. @param condition on the proposals `p` */
export async function readProposals(
  tx: Tx,
  who: Pick<Who, 'workspaceId' | 'memberId'>,
  condition: RawBuilder<unknown>,
): Promise<StoredProposal[]> {
  const { rows } = await sql<StoredProposal>`SELECT p.id, p.kind, p.title, p.text, p.state, p.proposed_by AS "proposedBy", m.side,
      p.proposed_at AS "proposedAt", p.round, p.due_at AS "dueAt", p.due_on AS "dueOn", p.first_answer_at AS "firstAnswerAt",
      p.planned_on AS "plannedOn", p.campaign_id AS "campaignId", p.asset_id AS "assetId", a.title AS "assetTitle", p.changed_at AS "changedAt",
      v.votes, v.voted, (SELECT count(*)::int FROM proposal_cases c WHERE c.workspace_id = p.workspace_id AND c.proposal_id = p.id AND c.removed_at IS NULL) AS cases,
      s.comment, s.at AS "answeredAt", s.member_id AS "answeredBy"
    FROM proposals p
    JOIN members m ON m.workspace_id = p.workspace_id AND m.id = p.proposed_by
    LEFT JOIN assets a ON a.workspace_id = p.workspace_id AND a.id = p.asset_id
    CROSS JOIN LATERAL (SELECT count(*)::int AS votes, coalesce(bool_or(v.member_id = ${who.memberId}::uuid), false) AS voted
      FROM proposal_votes v WHERE v.workspace_id = p.workspace_id AND v.proposal_id = p.id) v
    LEFT JOIN LATERAL (SELECT s.comment, s.at, s.member_id FROM proposal_steps s WHERE s.workspace_id = p.workspace_id AND s.proposal_id = p.id
      AND s.round = p.round AND s.what IN ('planned', 'done', 'declined', 'withdrawn') ORDER BY s.at DESC, s.id DESC LIMIT 1) s ON true
    WHERE p.workspace_id = ${who.workspaceId}::uuid AND ${condition}`.execute(tx);
  return rows;
}

/** With names, what is behind them, and how their answers stand. */
export async function shownProposals(tx: Tx, who: Who, rows: readonly StoredProposal[]): Promise<ProposalItem[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const ground = await groundOf(tx, who.workspaceId);
  const working = await workingDaysOf(tx, who.workspaceId);
  const booked = await bookedIn(tx, who.workspaceId, ground.currency);
  const deals = Map.groupBy(await dealsBehind(tx, who.workspaceId, ids, ground), ({ proposalId }) => proposalId);
  const leads = await leadsWithoutDeal(tx, who.workspaceId, ids);
  const names = await namesOf(tx, who.workspaceId, {
    member: present(rows.flatMap((row) => [row.proposedBy, row.answeredBy])),
    campaign: present(rows.map(({ campaignId }) => campaignId)),
  });
  const named: NameOf = (kind, id) => (id === null ? null : (names.get(`${kind} ${id}`) ?? null));
  return rows.map((row) => ({
    ...shownProposal(row, named),
    mayNotVote: whyNot('vote', who, row),
    ...timelinessOf(row, ground, working),
    value: valueOf(row.id, deals.get(row.id) ?? [], booked, { currency: ground.currency, leads: leads.get(row.id) ?? 0 }),
  }));
}

const present = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
export type NameOf = (kind: 'member' | 'campaign', id: string | null) => { id: string; name: string } | null;
export const somebody = (id: string) => ({ id, name: 'somebody who is gone' });

function shownProposal(row: StoredProposal, named: NameOf) {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    text: row.text,
    state: row.state,
    proposedBy: named('member', row.proposedBy) ?? somebody(row.proposedBy),
    side: row.side,
    proposedAt: row.proposedAt,
    votes: row.votes,
    voted: row.voted,
    cases: row.cases,
    plannedOn: row.plannedOn,
    campaign: named('campaign', row.campaignId),
    asset: row.assetId === null ? null : { id: row.assetId, name: row.assetTitle ?? '' },
    comment: row.comment,
    answeredAt: row.answeredAt,
    answeredBy: named('member', row.answeredBy),
    version: row.changedAt,
  };
}

function timelinessOf(row: StoredProposal, ground: Ground, working: WorkingTime) {
  const answeredAt = row.firstAnswerAt === null ? null : Date.parse(row.firstAnswerAt);
  const dueAt = row.dueAt === null ? null : Date.parse(row.dueAt);
  const answered = answerStanding({ dueAt, answeredAt, isOpen: row.state === 'open' }, ground.now);
  const isLate = answered === 'late' || answered === 'overdue';
  return {
    dueAt: row.dueAt,
    dueOn: row.dueOn,
    answered,
    lateDays: isLate && row.dueOn !== null ? daysLate(working, row.dueOn, dayIn(ground.timeZone, answeredAt ?? ground.now)) : 0,
    promiseBroken: row.state === 'planned' && row.plannedOn !== null && row.plannedOn < ground.today,
  };
}
