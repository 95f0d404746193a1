import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { awaited, type Judges, whyNotJudge } from '#engine/handoff/judging.ts';
import { type HandoffState, leadCan } from '#engine/handoff/states.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { RuleLabels } from '#engine/rules/words.ts';
import { ruleLabels } from '#features/agreement/queries/rule-reading.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { Rejection, rejectionPage, rejectionsAsk, rejectionStates } from '../contract.ts';
import { whyMayNotAnswer, whyMayNotJudge } from '../policy/verbs.ts';
import { leadNameOf } from './attainment-shown.ts';
import { caseOf } from './cases.ts';
import { instantsOf } from './days.ts';
import { clausesNamed } from './judging-definition.ts';
import { readPlace, writePlace } from './paging.ts';
import { findJudges, listRulings, rejectionColumns, type StoredRejection, type StoredRuling } from './stored-rejections.ts';

type Asked = z.output<typeof rejectionsAsk>;
type State = (typeof rejectionStates)[number];

/** Work in the order in which it came; what is settled newest first. */
export async function listRejections(tx: Tx, who: Who, asked: Asked): Promise<z.output<typeof rejectionPage>> {
  const judges = await findJudges(tx, who.workspaceId);
  const conditions = await conditionsOf(tx, who, asked, judges);
  const isWork = asked.state === 'unanswered' || asked.state === 'toJudge';
  const after = readPlace(asked.cursor);
  const place = after ? [sql`(r.rejected_at, r.id) ${sql.raw(isWork ? '>' : '<')} (${after.at}::timestamptz, ${after.id}::uuid)`] : [];
  const rows = await readRejections(tx, who, [...conditions, ...place], { oldestFirst: isWork, limit: asked.limit + 1 });
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    items: await shownRejections(tx, who, shown, judges),
    next: rows.length > shown.length && last ? writePlace({ at: last.rejectedAt, id: last.id }) : null,
    total: await countRejections(tx, who, conditions),
  };
}

/** @throws Problem not-found */
export async function getRejection(tx: Tx, who: Who, id: string): Promise<Rejection> {
  const rows = await readRejections(tx, who, [sql`r.id = ${id}::uuid`], { oldestFirst: true, limit: 1 });
  const [found] = await shownRejections(tx, who, rows, await findJudges(tx, who.workspaceId));
  if (!found) throw notFound('rejection');
  return found;
}

/** Of one lead, newest first. */
export async function rejectionsOf(tx: Tx, who: Who, leadId: string): Promise<Rejection[]> {
  const rows = await readRejections(tx, who, [sql`r.lead_id = ${leadId}::uuid`], { oldestFirst: false, limit: 100 });
  return rows.length === 0 ? [] : shownRejections(tx, who, rows, await findJudges(tx, who.workspaceId));
}

// ── which ───────────────────────────────────────────────────────────────────

type Sql = RawBuilder<unknown>;

/** As `rejections_to_rule` is written, so that it is used. */
const isToJudge = sql`r.ruling IS NULL AND (r.answer = 'contested' OR r.in_sample)`;

/** A rejection whose lead has moved on, or was rejected anew, asks for nothing any more. */
const isAtRest = (states: readonly HandoffState[]): Sql => sql`EXISTS (SELECT 1 FROM handoffs h
    WHERE h.workspace_id = r.workspace_id AND h.lead_id = r.lead_id AND h.state IN (${sql.join(states.map((state) => sql.lit(state)))}))
  AND NOT EXISTS (SELECT 1 FROM rejections n WHERE n.workspace_id = r.workspace_id AND n.lead_id = r.lead_id AND (n.rejected_at, n.id) > (r.rejected_at, r.id))`;

const conditionOf: Readonly<Record<State, Sql>> = {
  unanswered: sql`r.answer IS NULL AND ${isAtRest(leadCan.agree.from)}`,
  agreed: sql`r.answer = 'agreed' AND r.ruling IS NULL AND NOT r.in_sample`,
  mended: sql`r.answer = 'mended'`,
  toJudge: sql`${isToJudge} AND ${isAtRest(leadCan.rule.from)}`,
  upheld: sql`r.ruling = 'upheld'`,
  overturned: sql`r.ruling = 'overturned'`,
};

async function conditionsOf(tx: Tx, who: Who, asked: Asked, judges: Judges): Promise<Sql[]> {
  const { from, until } = await instantsOf(tx, who.workspaceId, asked);
  return [
    ...(asked.state === 'all' ? [] : [conditionOf[asked.state]]),
    ...(asked.leadId === undefined ? [] : [sql`r.lead_id = ${asked.leadId}::uuid`]),
    ...(from === null ? [] : [sql`r.rejected_at >= ${from}::timestamptz`]),
    ...(until === null ? [] : [sql`r.rejected_at < ${until}::timestamptz`]),
    ...(asked.mine ? [mineOf(who, asked.state, judges)] : []),
  ];
}

/** Of what waits, what is mine to answer or to judge; of what is settled, what I had part in. */
function mineOf(who: Who, state: Asked['state'], judges: Judges): Sql {
  if (state === 'unanswered') return answeredBy(who);
  if (state === 'toJudge') return judgedBy(who, judges);
  if (state === 'all')
    return sql`((${conditionOf.unanswered} AND ${answeredBy(who)}) OR (${conditionOf.toJudge} AND ${judgedBy(who, judges)}))`;
  return sql`(r.rejected_by = ${who.memberId}::uuid OR r.marketer_id = ${who.memberId}::uuid OR r.answered_by = ${who.memberId}::uuid
    OR EXISTS (SELECT 1 FROM rulings x WHERE x.workspace_id = r.workspace_id AND x.rejection_id = r.id AND x.member_id = ${who.memberId}::uuid))`;
}

/** It came to me; or to nobody, and I may answer it. */
function answeredBy(who: Who): Sql {
  if (whyMayNotAnswer(who, { marketerId: who.memberId }) !== null) return sql`false`;
  return sql`(r.marketer_id = ${who.memberId}::uuid OR r.marketer_id IS NULL)`;
}

const involved = sql`ARRAY[r.rejected_by, r.answered_by, r.marketer_id, (SELECT h.owner_id FROM handoffs h WHERE h.workspace_id = r.workspace_id AND h.lead_id = r.lead_id)]`;
const isInvolved = (member: Sql): Sql => sql`coalesce(${member} = ANY(${involved}), false)`;
const verdictOf = (side: string): Sql =>
  sql`(SELECT x.verdict FROM rulings x WHERE x.workspace_id = r.workspace_id AND x.rejection_id = r.id AND x.side = ${side})`;

/** `whyNotJudge` says nothing: the same question to the database. */
function judgedBy(who: Who, judges: Judges): Sql {
  if (whyMayNotJudge(who) !== null) return sql`false`;
  const uninvolved = sql`NOT ${isInvolved(sql`${who.memberId}::uuid`)} AND ${verdictOf(who.side)} IS NULL`;
  if (who.side !== 'leadership') return uninvolved;
  const isDone = (side: 'marketing' | 'sales') =>
    sql`(${verdictOf(side)} IS NOT NULL OR NOT EXISTS (SELECT 1 FROM unnest(${judges[side]}::uuid[]) judge WHERE NOT ${isInvolved(sql`judge`)}))`;
  return sql`${uninvolved} AND ${isDone('marketing')} AND ${isDone('sales')}`;
}

const countedUpTo = 2_000;

/** Null: more than are counted. */
async function countRejections(tx: Tx, who: Who, conditions: readonly Sql[]): Promise<number | null> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM (SELECT 1 FROM rejections r
    WHERE ${whereOf(who, conditions)} LIMIT ${countedUpTo + 1}) counted`.execute(tx);
  return rows[0]!.count > countedUpTo ? null : rows[0]!.count;
}

const whereOf = (who: Who, conditions: readonly Sql[]): Sql =>
  sql.join([sql`r.workspace_id = ${who.workspaceId}::uuid`, ...conditions], sql` AND `);

// ── as they are shown ───────────────────────────────────────────────────────

interface RejectionRow extends StoredRejection {
  leadName: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  ownerId: string | null;
  leadState: HandoffState | null;
  isLatest: boolean;
  versionNumber: number | null;
  rule: Rule | null;
}

async function readRejections(
  tx: Tx,
  who: Who,
  conditions: readonly Sql[],
  { oldestFirst, limit }: { oldestFirst: boolean; limit: number },
): Promise<RejectionRow[]> {
  const order = sql.raw(oldestFirst ? 'r.rejected_at, r.id' : 'r.rejected_at DESC, r.id DESC');
  const { rows } = await sql<RejectionRow>`
    SELECT ${rejectionColumns}, l.name AS "leadName", l.company, l.email, l.phone, h.owner_id AS "ownerId", h.state AS "leadState", v.number AS "versionNumber", v.rule,
      NOT EXISTS (SELECT 1 FROM rejections n WHERE n.workspace_id = r.workspace_id AND n.lead_id = r.lead_id AND (n.rejected_at, n.id) > (r.rejected_at, r.id)) AS "isLatest"
    FROM (SELECT r.* FROM rejections r WHERE ${whereOf(who, conditions)} ORDER BY ${order} LIMIT ${limit}) r
    LEFT JOIN leads l ON l.workspace_id = r.workspace_id AND l.id = r.lead_id
    LEFT JOIN handoffs h ON h.workspace_id = r.workspace_id AND h.lead_id = r.lead_id
    LEFT JOIN definition_versions v ON v.workspace_id = r.workspace_id AND v.id = r.version_id
    ORDER BY ${order}`.execute(tx);
  return rows;
}

async function shownRejections(tx: Tx, who: Who, rows: readonly RejectionRow[], judges: Judges): Promise<Rejection[]> {
  const rulings = await listRulings(
    tx,
    who.workspaceId,
    rows.map(({ id }) => id),
  );
  const labels = await ruleLabels(
    tx,
    who.workspaceId,
    rows.flatMap(({ rule }) => (rule && Object.keys(rule).length > 0 ? [rule] : [])),
  );
  const people = [...rows.flatMap((row) => [row.rejectedBy, row.marketerId, row.answeredBy]), ...rulings.map(({ memberId }) => memberId)];
  const campaigns = rows.map(({ campaignId }) => campaignId);
  const names = await namesOf(tx, who.workspaceId, { member: present(people), campaign: present(campaigns) });
  const named: NameOf = (kind, id) => (id === null ? null : (names.get(`${kind} ${id}`) ?? null));
  return rows.map((row) => shownRejection(who, row, { rulings, labels, judges, named }));
}

const present = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
type NameOf = (kind: 'member' | 'campaign', id: string | null) => { id: string; name: string } | null;

interface Surroundings {
  readonly rulings: readonly StoredRuling[];
  readonly labels: RuleLabels;
  readonly judges: Judges;
  readonly named: NameOf;
}

function shownRejection(who: Who, row: RejectionRow, { rulings, labels, judges, named }: Surroundings): Rejection {
  const known = caseOf(row, row.ownerId, rulings);
  const isOpen = row.isLatest && row.leadState !== null;
  const member = (id: string) => named('member', id) ?? { id, name: 'somebody who is gone' };
  return {
    id: row.id,
    lead: { id: row.leadId, name: leadNameOf({ ...row, name: row.leadName }), company: row.company },
    campaign: named('campaign', row.campaignId),
    versionId: row.versionId,
    versionNumber: row.versionNumber ?? 0,
    clauses: clausesNamed(row.rule, labels, row.clauses),
    comment: row.comment,
    rejectedBy: member(row.rejectedBy),
    rejectedAt: row.rejectedAt,
    marketer: named('member', row.marketerId),
    state: rejectionStateOf(row),
    answer:
      row.answer === null
        ? null
        : {
            answer: row.answer,
            by: member(row.answeredBy ?? row.rejectedBy),
            at: row.answeredAt ?? row.rejectedAt,
            comment: row.answerComment ?? '',
          },
    inSample: row.inSample,
    rulings:
      known.verdicts.length === 0
        ? []
        : rulings.filter(({ rejectionId }) => rejectionId === row.id).map((each) => shownRuling(each, member)),
    ruling: row.ruling,
    missing: isOpen && leadCan.rule.from.includes(row.leadState!) ? awaited(known, judges) : [],
    mayAnswer: isOpen && row.answer === null && leadCan.agree.from.includes(row.leadState!) && whyMayNotAnswer(who, row) === null,
    mayNotJudge: whyMayNotJudge(who) ?? whyNotJudge(known, who, judges),
  };
}

const shownRuling = ({ side, memberId, verdict, reason, ruledAt }: StoredRuling, member: (id: string) => { id: string; name: string }) => ({
  side,
  member: member(memberId),
  verdict,
  reason,
  at: ruledAt,
});

export function rejectionStateOf({ ruling, answer, inSample }: StoredRejection): State {
  if (ruling !== null) return ruling;
  if (answer === null) return 'unanswered';
  return answer === 'contested' || (answer === 'agreed' && inSample) ? 'toJudge' : answer;
}
