import { type RawBuilder, sql } from 'kysely';
import { sharedWords, tellingWords } from '#engine/campaigns/alike.ts';
import { proposalVerbs } from '#engine/campaigns/proposal-states.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { ProposalDetail, ProposalsAsk, ProposalsPage, ProposalsWaiting } from '../contract/proposals.ts';
import { mayAnswerProposals, mayPropose, whyNot } from '../policy/proposals.ts';
import { bookedIn, groundOf } from './ground.ts';
import { listCases } from './proposal-cases.ts';
import { listSteps, listVoters } from './proposal-history.ts';
import { readProposals, shownProposals } from './proposal-rows.ts';
import { answerDaysOf } from './proposal-settings.ts';
import { openAmounts } from './proposal-value.ts';

type Sql = RawBuilder<unknown>;

/** Sorted as asked; of equal ones the newest first. */
export async function listProposals(tx: Tx, who: Who, asked: ProposalsAsk): Promise<ProposalsPage> {
  const ground = await groundOf(tx, who.workspaceId);
  const keys = await keysOf(tx, who, asked);
  const after = asked.cursor === undefined ? keys : keysAfter(keys, asked.cursor);
  const page = after.slice(0, asked.limit);
  const ids = page.map(({ id }) => id);
  const items = await shownProposals(tx, who, await readProposals(tx, who, sql`p.id = ANY(${ids}::uuid[])`));
  const last = page.at(-1);
  return {
    items: items.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id)),
    next: after.length > page.length && last ? `${last.key}~${last.id}` : null,
    total: keys.length,
    counts: await countProposals(tx, who.workspaceId),
    currency: ground.currency,
    answerDays: await answerDaysOf(tx, who.workspaceId),
    mayNotPropose: mayPropose.may(who) ? null : 'Those who look on don’t propose.',
  };
}

/** @throws Problem not-found */
export async function getProposal(tx: Tx, who: Who, id: string): Promise<ProposalDetail> {
  const [stored] = await readProposals(tx, who, sql`p.id = ${id}::uuid`);
  if (!stored) throw notFound('proposal');
  const [item] = await shownProposals(tx, who, [stored]);
  return {
    ...item!,
    voters: await listVoters(tx, who.workspaceId, id),
    caseList: await listCases(tx, who, stored),
    history: await listSteps(tx, who.workspaceId, id),
    can: Object.fromEntries(proposalVerbs.map((verb) => [verb, whyNot(verb, who, stored)])) as ProposalDetail['can'],
  };
}

const shownOnToday = 5;

/** Marketing: what is open, due first. Leadership: what is overdue. Who proposed: what was answered in the last seven days. */
export async function proposalsWaiting(tx: Tx, who: Who): Promise<ProposalsWaiting> {
  const answers = mayAnswerProposals.may(who);
  const counts = await countProposals(tx, who.workspaceId);
  const narrowed = who.side === 'leadership' ? sql`p.state = 'open' AND p.due_at < now()` : sql`p.state = 'open'`;
  const due = sql`p.id IN (SELECT p.id FROM proposals p WHERE p.workspace_id = ${who.workspaceId}::uuid AND ${narrowed} ORDER BY p.due_at, p.id LIMIT ${shownOnToday})`;
  const toAnswer = answers ? await shownProposals(tx, who, await readProposals(tx, who, due)) : [];
  const recently = sql`p.proposed_by = ${who.memberId}::uuid AND p.id IN (SELECT s.proposal_id FROM proposal_steps s WHERE s.workspace_id = ${who.workspaceId}::uuid
    AND s.proposal_id = p.id AND s.what IN ('planned', 'done', 'declined') AND s.at > now() - interval '7 days' AND s.member_id <> ${who.memberId}::uuid)`;
  const answered = await shownProposals(tx, who, await readProposals(tx, who, recently));
  return {
    toAnswer: toAnswer.toSorted((one, other) => (one.dueAt ?? '9').localeCompare(other.dueAt ?? '9')),
    open: answers ? counts.open : 0,
    overdue: answers ? await countOverdue(tx, who.workspaceId) : 0,
    brokenPromises: answers ? await countBroken(tx, who.workspaceId) : 0,
    answered: answered.toSorted((one, other) => (other.answeredAt ?? '').localeCompare(one.answeredAt ?? '')).slice(0, shownOnToday),
  };
}

// ── which, in which order ───────────────────────────────────────────────────

interface Key {
  readonly id: string;
  /** Greater first; of equal ones the greater id, which is the later. */
  readonly key: bigint;
}

async function keysOf(tx: Tx, who: Who, asked: ProposalsAsk): Promise<Key[]> {
  const { rows } = await sql<{ id: string; title: string; votes: bigint; proposed: bigint; due: bigint }>`SELECT p.id, p.title,
      (SELECT count(*) FROM proposal_votes v WHERE v.workspace_id = p.workspace_id AND v.proposal_id = p.id) AS votes,
      (extract(epoch FROM p.proposed_at) * 1000)::bigint AS proposed,
      coalesce((extract(epoch FROM p.due_at) * 1000)::bigint, ${String(Number.MAX_SAFE_INTEGER)}::bigint) AS due
    FROM proposals p WHERE p.workspace_id = ${who.workspaceId}::uuid AND ${conditionOf(who, asked)}`.execute(tx);
  const keyed = await keyedBy(tx, who.workspaceId, asked, rows);
  return keyed.toSorted((one, other) => (one.key === other.key ? (one.id < other.id ? 1 : -1) : one.key < other.key ? 1 : -1));
}

type KeyRow = { id: string; title: string; votes: bigint; proposed: bigint; due: bigint };

async function keyedBy(tx: Tx, workspaceId: WorkspaceId, asked: ProposalsAsk, rows: readonly KeyRow[]): Promise<Key[]> {
  if (asked.like !== undefined) {
    const wanted = tellingWords(asked.like);
    return rows.map(({ id, title }) => ({ id, key: BigInt(sharedWords(wanted, title)) })).filter(({ key }) => key > 0n);
  }
  switch (asked.sort) {
    case 'votes':
      return rows.map(({ id, votes }) => ({ id, key: votes }));
    case 'newest':
      return rows.map(({ id, proposed }) => ({ id, key: proposed }));
    case 'due':
      return rows.map(({ id, due }) => ({ id, key: -due }));
    case 'value':
      return keyedByValue(tx, workspaceId, rows);
  }
}

async function keyedByValue(tx: Tx, workspaceId: WorkspaceId, rows: readonly KeyRow[]): Promise<Key[]> {
  const ground = await groundOf(tx, workspaceId);
  const booked = await bookedIn(tx, workspaceId, ground.currency);
  const ids = rows.map(({ id }) => id);
  const amounts = await openAmounts(tx, workspaceId, ids, { ground, booked });
  return ids.map((id) => ({ id, key: amounts.get(id) ?? 0n }));
}

/** Those that stand after the one a page ended with, itself still there or not. */
function keysAfter(keys: readonly Key[], cursor: string): Key[] {
  const [key = '', id = '', ...more] = cursor.split('~');
  if (!/^-?\d{1,20}$/.test(key) || !isId(id) || more.length > 0)
    throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
      fields: [{ at: 'cursor', reason: 'unknown' }],
    });
  return keys.filter((each) => each.key < BigInt(key) || (each.key === BigInt(key) && each.id < id));
}

const today = sql`(now() AT TIME ZONE (SELECT w.time_zone FROM workspaces w WHERE w.id = p.workspace_id))::date`;
const isOverdue = sql`(p.state = 'open' AND p.due_at < now())`;
const isBroken = sql`(p.state = 'planned' AND p.planned_on < ${today})`;

function conditionOf(who: Who, asked: ProposalsAsk): Sql {
  const ofState: Sql =
    asked.state === 'all'
      ? sql`true`
      : asked.state === 'live'
        ? sql`p.state IN ('open', 'planned')`
        : asked.state === 'late'
          ? sql`(${isOverdue} OR ${isBroken})`
          : sql`p.state = ${asked.state}`;
  const words = (asked.search ?? '').split(/\s+/).filter(Boolean).slice(0, 10);
  return sql.join(
    [
      ofState,
      ...(asked.kind === undefined ? [] : [sql`p.kind = ${asked.kind}`]),
      ...(asked.mine ? [sql`p.proposed_by = ${who.memberId}::uuid`] : []),
      ...words.map((word) => sql`concat(p.title, ' ', p.text) ILIKE ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`),
    ],
    sql` AND `,
  );
}

// ── how many ────────────────────────────────────────────────────────────────

async function countProposals(tx: Tx, workspaceId: WorkspaceId): Promise<ProposalsPage['counts']> {
  const { rows } = await sql<ProposalsPage['counts']>`SELECT
      count(*) FILTER (WHERE p.state = 'open')::int AS open, count(*) FILTER (WHERE p.state = 'planned')::int AS planned,
      count(*) FILTER (WHERE p.state = 'done')::int AS done, count(*) FILTER (WHERE p.state = 'declined')::int AS declined,
      count(*) FILTER (WHERE p.state = 'withdrawn')::int AS withdrawn, count(*) FILTER (WHERE ${isOverdue} OR ${isBroken})::int AS late,
      (count(*) FILTER (WHERE ${isOverdue}) + (SELECT count(*) FROM proposal_steps s WHERE s.workspace_id = ${workspaceId}::uuid AND s.in_time IS NOT NULL))::int AS "answersDue",
      (SELECT count(*)::int FROM proposal_steps s WHERE s.workspace_id = ${workspaceId}::uuid AND s.in_time) AS "answersInTime"
    FROM proposals p WHERE p.workspace_id = ${workspaceId}::uuid`.execute(tx);
  return rows[0]!;
}

const countWhere = async (tx: Tx, workspaceId: WorkspaceId, condition: Sql): Promise<number> =>
  (
    await sql<{
      n: number;
    }>`SELECT count(*)::int AS n FROM proposals p WHERE p.workspace_id = ${workspaceId}::uuid AND ${condition}`.execute(tx)
  ).rows[0]!.n;
const countOverdue = (tx: Tx, workspaceId: WorkspaceId): Promise<number> => countWhere(tx, workspaceId, isOverdue);
const countBroken = (tx: Tx, workspaceId: WorkspaceId): Promise<number> => countWhere(tx, workspaceId, isBroken);
