/** What is commented on: whether it is here, what it is called, who reads it, and whose it is. */

import { sql } from 'kysely';
import { findTerm } from '#features/agreement/queries/terms.ts';
import { getVersion } from '#features/incentives/queries/plan-rows.ts';
import { seenPart } from '#features/incentives/queries/plan-seen.ts';
import { sightOf, statementVisible } from '#features/incentives/queries/sight.ts';
import { payPeriodOf } from '#features/incentives/contract/plan-periods.ts';
import { namesOf, type Referenced } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { commentedPages, type CommentSubject, isCommentedPage, nounOf, type SubjectKind } from '../contract/subjects.ts';

interface Kind {
  /** Null: there is no such thing here. */
  name(tx: Tx, workspaceId: WorkspaceId, key: string): Promise<string | null>;
  /** Missing: everybody. Asked only of what is here. */
  reads?(tx: Tx, who: Who, key: string): Promise<boolean>;
  /** Members whose it is: they are told of comments. Missing: nobody’s. */
  owners?(workspaceId: WorkspaceId, key: string): ReturnType<typeof sql>;
}

/** @throws Problem not-found; forbidden for whom it is not to be read. @returns what it is called */
export async function getSubjectFor(tx: Tx, who: Who, subject: CommentSubject): Promise<string> {
  const name = await findSubjectName(tx, who.workspaceId, subject);
  if (name === null) throw notFound('record or page to comment on');
  if (!(await readsSubject(tx, who, subject)))
    throw new Problem('forbidden', 'Comments are read by those who may read what they stand on.');
  return name;
}

export async function findSubjectName(
  tx: Tx,
  workspaceId: WorkspaceId,
  { subjectKind, subjectKey }: CommentSubject,
): Promise<string | null> {
  return kinds[subjectKind].name(tx, workspaceId, subjectKey);
}

/** Of something that is here. */
export const readsSubject = async (tx: Tx, who: Who, { subjectKind, subjectKey }: CommentSubject): Promise<boolean> =>
  (await kinds[subjectKind].reads?.(tx, who, subjectKey)) ?? true;

export async function ownersOfSubject(tx: Tx, workspaceId: WorkspaceId, { subjectKind, subjectKey }: CommentSubject): Promise<string[]> {
  const asked = kinds[subjectKind].owners?.(workspaceId, subjectKey);
  if (!asked) return [];
  const { rows } = await sql<{ id: string | null }>`${asked}`.execute(tx);
  return rows.flatMap(({ id }) => id ?? []);
}

/** “the lead Globex” */
export const calledSubject = ({ subjectKind }: Pick<CommentSubject, 'subjectKind'>, name: string): string =>
  `${nounOf[subjectKind]} ${name}`;

// ── the kinds ───────────────────────────────────────────────────────────────

/** The text of one column of the row with this id. */
async function columnOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  key: string,
  table: string,
  column: ReturnType<typeof sql>,
): Promise<string | null> {
  if (!isId(key)) return null;
  const { rows } = await sql<{ name: string | null }>`SELECT ${column} AS name FROM ${sql.table(table)} t
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ${key}::uuid`.execute(tx);
  return rows[0] ? (rows[0].name ?? 'without a name') : null;
}

const record = (kind: Referenced, owners?: Kind['owners']): Kind => ({
  async name(tx, workspaceId, key) {
    if (!isId(key)) return null;
    const found = (await namesOf(tx, workspaceId, { [kind]: [key] })).get(`${kind} ${key}`);
    return found ? found.name || 'without a name' : null;
  },
  ...(owners && { owners }),
});
const titled = (table: string, column: ReturnType<typeof sql>, more: Omit<Kind, 'name'> = {}): Kind => ({
  name: (tx, workspaceId, key) => columnOf(tx, workspaceId, key, table, column),
  ...more,
});
const ownedBy =
  (table: string, column: string): NonNullable<Kind['owners']> =>
  (workspaceId, key) =>
    sql`SELECT t.${sql.ref(column)} AS id FROM ${sql.table(table)} t WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ${key}::uuid`;

const kinds: Readonly<Record<SubjectKind, Kind>> = {
  lead: record(
    'lead',
    (workspaceId, key) => sql`SELECT unnest(ARRAY[l.owner_id, c.owner_id]) AS id FROM leads l
      LEFT JOIN campaigns c ON c.workspace_id = l.workspace_id AND c.id = l.campaign_id
      WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ${key}::uuid`,
  ),
  account: record('account', ownedBy('accounts', 'owner_id')),
  contact: record('contact', ownedBy('contacts', 'owner_id')),
  deal: record('deal', ownedBy('deals', 'owner_id')),
  campaign: record('campaign', ownedBy('campaigns', 'owner_id')),
  asset: titled('assets', sql`t.title`, { owners: ownedBy('assets', 'owner_id') }),
  proposal: titled('proposals', sql`t.title`, { owners: ownedBy('proposals', 'proposed_by') }),
  definition: { name: async (tx, workspaceId, key) => (await findTerm(tx, workspaceId, key))?.name ?? null },
  contract: titled('agreement_versions', sql`'version ' || t.number`, { owners: ownedBy('agreement_versions', 'made_by') }),
  goalPlan: titled('goal_plans', sql`t.content ->> 'title'`, { owners: ownedBy('goal_plans', 'made_by') }),
  incentivePlan: titled('incentive_plan_versions', sql`t.content ->> 'name'`, {
    owners: ownedBy('incentive_plan_versions', 'made_by'),
    reads: async (tx, who, key) => seenPart(await sightOf(tx, who), await getVersion(tx, who.workspaceId, key)) !== null,
  }),
  statement: { name: statementName, reads: readsStatement, owners: (_, key) => sql`SELECT ${key.split('~')[1]!}::uuid AS id` },
  meeting: titled('meetings', sql`t.title`, {
    owners: (workspaceId, key) => sql`SELECT a.member_id AS id FROM meeting_attendees a
      WHERE a.workspace_id = ${workspaceId}::uuid AND a.meeting_id = ${key}::uuid AND a.expected`,
  }),
  page: { name: async (_tx, _workspaceId, key) => (isCommentedPage(key) ? commentedPages[key].name : null) },
};

interface StatementRow {
  name: string;
  side: 'marketing' | 'sales';
  periodStart: string;
  periodKind: Parameters<typeof payPeriodOf>[1];
  isOut: boolean;
}

async function findStatement(tx: Tx, workspaceId: WorkspaceId, key: string): Promise<StatementRow | null> {
  const [runId, memberId, ...more] = key.split('~');
  if (!runId || !memberId || more.length > 0 || !isId(runId) || !isId(memberId)) return null;
  const { rows } = await sql<StatementRow>`SELECT m.name, l.side, r.period_start AS "periodStart", r.period_kind AS "periodKind",
      r.kind = 'regular' AND r.status = 'locked' AS "isOut"
    FROM payout_runs r JOIN statement_lines l ON l.workspace_id = r.workspace_id AND l.run_id = r.id AND l.attempt = r.attempt AND l.member_id = ${memberId}::uuid
      JOIN members m ON m.workspace_id = l.workspace_id AND m.id = l.member_id
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ${runId}::uuid LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}

async function statementName(tx: Tx, workspaceId: WorkspaceId, key: string): Promise<string | null> {
  const found = await findStatement(tx, workspaceId, key);
  return found && `of ${found.name} for ${payPeriodOf(found.periodStart, found.periodKind).label}`;
}

/** As the statement itself: what isn’t locked yet, its payee doesn’t read. */
async function readsStatement(tx: Tx, who: Who, key: string): Promise<boolean> {
  const found = await findStatement(tx, who.workspaceId, key);
  const [, memberId = ''] = key.split('~');
  const sight = await sightOf(tx, who);
  if (!found || !statementVisible(sight, { id: memberId, side: found.side })) return false;
  return found.isOut || sight.pay[found.side] || sight.auditor || sight.managed.has(memberId);
}
