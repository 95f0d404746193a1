/** Campaigns together: parts, briefs, what sales proposes, as rows of the index. */

import { sql } from 'kysely';
import { leastPeople } from '#engine/campaigns/shown-groups.ts';
import { answerDays } from '#engine/alignment/index/component.ts';
import type { Counted } from '#engine/alignment/index/score.ts';
import { familiesOf, familyOf } from '#features/campaigns/queries/campaign-at-hand.ts';
import { type Parts, readParts } from '#features/campaigns/queries/parts.ts';
import { listWorkingReps } from '#features/campaigns/queries/reps.ts';
import { passEvidence } from '#features/campaigns/queries/evidence-pass.ts';
import type { RoleEvidence } from '#features/campaigns/queries/role-counts.ts';
import type { Family } from '#features/campaigns/queries/took-part.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import type { Tx } from '#platform/db/database.ts';
import { inGround, type IndexGround, type IndexQuestion } from './index-question.ts';
import { type IndexRow, type IndexSource, type Timed, timedRow } from './index-row.ts';
import { epoch, instant } from './index-sql.ts';

const present = ({ of, open }: IndexRow): boolean => of + open > 0;

interface Ran extends Family {
  readonly startsOn: string;
  readonly endsOn: string;
}

/** Campaigns with a first day; without a last one they ran on that day. */
const campaignsOf = (tx: Tx, ground: IndexGround): Promise<Ran[]> =>
  ground.once('campaigns', async () => {
    const { rows } =
      await sql<Ran>`SELECT c.id, ${familyOf('c')} AS family, c.starts_on AS "startsOn", coalesce(c.ends_on, c.starts_on) AS "endsOn"
      FROM campaigns c WHERE c.workspace_id = ${ground.workspaceId}::uuid AND c.starts_on IS NOT NULL AND c.merged_into IS NULL AND c.archived_at IS NULL
      ORDER BY c.starts_on, c.id`.execute(tx);
    return rows;
  });

/** Who took part in campaigns, as it is on record now. */
const partsOf = (ground: IndexGround, campaigns: readonly Family[]): Promise<Parts> =>
  ground.once(`parts ${campaigns.map(({ id }) => id).join(' ')}`, () =>
    readParts(ground.database, ground.workspaceId, { timeZone: ground.timeZone, today: dayText(ground.today) }, campaigns),
  );

/** Reps who took part, over the campaigns that ran. @returns null without a campaign, or with so few reps that it would tell of persons */
export async function participation(tx: Tx, question: IndexQuestion): Promise<Counted | null> {
  const { campaigns, reps } = await whoRan(tx, question);
  if (campaigns.length === 0 || reps.length < leastPeople) return null;
  const parts = await partsOf(question.ground, campaigns);
  const took = campaigns.reduce((sum, { id }) => sum + reps.filter((rep) => parts.get(id)?.get(rep.id)?.evidenced).length, 0);
  return { count: took, of: campaigns.length * reps.length };
}

/** Apart: it reads touches in transactions of its own. */
export async function participationApart(question: IndexQuestion): Promise<void> {
  const { campaigns, reps } = await inGround(question.ground, (tx) => whoRan(tx, question));
  if (campaigns.length > 0 && reps.length >= leastPeople) await partsOf(question.ground, campaigns);
}

async function whoRan(tx: Tx, { ground, start, on }: IndexQuestion) {
  const campaigns = (await campaignsOf(tx, ground)).filter(({ startsOn, endsOn }) => startsOn <= on && endsOn >= start);
  return { campaigns, reps: await ground.once('reps', () => listWorkingReps(tx, ground.workspaceId)) };
}

interface Role extends Timed {
  readonly campaignId: string;
  readonly state: string;
  readonly wanted: number;
  readonly dueOn: string | null;
}

const rolesOf = (tx: Tx, ground: IndexGround): Promise<Role[]> =>
  ground.once('roles', async () => {
    const { rows } =
      await sql<Role>`SELECT r.id AS key, r.campaign_id AS id, r.campaign_id AS "campaignId", c.name, ${epoch(sql`r.asked_at`)} AS at,
        ${epoch(sql`r.answered_at`)} AS "doneAt", ${epoch(sql`r.asked_at + make_interval(days => ${answerDays.part})`)} AS "dueAt",
        r.member_id AS "memberId", r.state, r.wanted, r.due_on AS "dueOn"
      FROM campaign_roles r LEFT JOIN campaigns c ON c.workspace_id = r.workspace_id AND c.id = r.campaign_id
      WHERE r.workspace_id = ${ground.workspaceId}::uuid AND r.state <> 'withdrawn' ORDER BY r.asked_at, r.id`.execute(tx);
    return rows;
  });

export const askedPartRows: IndexSource = async (tx, question) =>
  (await rolesOf(tx, question.ground))
    .filter(({ at }) => at >= question.from && at <= question.asOf)
    .map((role) => timedRow(question, 'campaign', role, 'Answered'))
    .filter(present);

/** Of the accepted parts in campaigns. */
const evidenceOf = (ground: IndexGround, campaigns: readonly Family[]): Promise<ReadonlyMap<string, RoleEvidence>> =>
  ground.once(`evidence ${campaigns.map(({ id }) => id).join(' ')}`, async () => {
    const { database, workspaceId, timeZone } = ground;
    return (await passEvidence(database, workspaceId, timeZone, campaigns)).roles;
  });

/** Apart: it reads touches in transactions of its own. */
export async function donePartsApart(question: IndexQuestion): Promise<void> {
  const { due, campaigns } = await inGround(question.ground, (tx) => dueParts(tx, question));
  if (due.length > 0) await evidenceOf(question.ground, campaigns);
}

async function dueParts(tx: Tx, { ground, start, ahead, asOf }: IndexQuestion): Promise<{ due: Role[]; campaigns: Family[] }> {
  const until = dayText(ground.dayOf(ahead));
  const due = (await rolesOf(tx, ground)).filter(
    ({ state, dueOn, at }) => state === 'accepted' && at <= asOf && dueOn !== null && dueOn >= start && dueOn <= until,
  );
  const ids = [...new Set(due.map(({ campaignId }) => campaignId))].sort();
  return { due, campaigns: ids.length === 0 ? [] : await familiesOf(tx, ground.workspaceId, ids) };
}

/** Accepted parts with a day in the days or in those ahead; whether they are done, touches say. */
export const donePartRows: IndexSource = async (tx, question) => {
  const { ground, on } = question;
  const { due, campaigns } = await dueParts(tx, question);
  if (due.length === 0) return [];
  const evidence = await evidenceOf(ground, campaigns);
  return due
    .map((role): IndexRow => {
      const isMet = (evidence.get(role.key)?.evidenced ?? 0) >= role.wanted;
      const isDue = role.dueOn! < on || (isMet && role.dueOn! <= on);
      const isOpen = !isMet && !isDue;
      const { key, id, name, memberId } = role;
      return {
        ...{ key, id, kind: 'campaign', name, memberId, day: ground.dayOf(dayStart(role.dueOn!)), dueAt: dayStart(role.dueOn!) },
        ...{ count: isMet && isDue ? 1 : 0, of: isDue ? 1 : 0, open: isOpen ? 1 : 0, openOf: isOpen ? 1 : 0 },
        why: isMet ? 'Done by evidence.' : isDue ? 'Not done by its day.' : 'Accepted, and due soon.',
      };
    })
    .filter(present);
};
/** Noon, so that it is the same day in every zone that matters here. */
const dayStart = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** Accepted parts in campaigns whose brief was published in the days: whether its owner acknowledged the version that counts. */
export const briefRows: IndexSource = async (tx, question) => {
  const { ground, from, asOf } = question;
  const { rows } = await sql<{ key: string; id: string; name: string | null; memberId: string; at: number; isMet: boolean }>`
    SELECT r.id AS key, r.campaign_id AS id, c.name, r.member_id AS "memberId", ${epoch(sql`v.published_at`)} AS at,
      EXISTS (SELECT FROM brief_acknowledgements a WHERE a.workspace_id = r.workspace_id AND a.version_id = v.id AND a.member_id = r.member_id
        AND a.acknowledged_at <= ${instant(asOf)}) AS "isMet"
    FROM (SELECT DISTINCT ON (campaign_id) * FROM plan_versions WHERE workspace_id = ${ground.workspaceId}::uuid AND published_at <= ${instant(asOf)}
      ORDER BY campaign_id, number DESC) v
    JOIN campaign_roles r ON r.workspace_id = v.workspace_id AND r.campaign_id = v.campaign_id AND r.state = 'accepted' AND r.answered_at <= ${instant(asOf)}
    LEFT JOIN campaigns c ON c.workspace_id = r.workspace_id AND c.id = r.campaign_id
    WHERE v.published_at >= ${instant(from)} ORDER BY v.published_at, r.id`.execute(tx);
  return rows.map(
    ({ at, isMet, ...row }): IndexRow => ({
      ...{ ...row, kind: 'campaign', day: ground.dayOf(at), dueAt: null, count: isMet ? 1 : 0, of: 1, open: isMet ? 0 : 1, openOf: 0 },
      why: isMet ? 'The brief was acknowledged.' : 'The brief as it stands was not acknowledged.',
    }),
  );
};

/** What sales proposed in the days, by the day agreed for the answer; what was taken back unanswered is left out. */
export const proposalRows: IndexSource = async (tx, question) => {
  const { ground, from, asOf } = question;
  const { rows } =
    await sql<Timed>`SELECT p.id AS key, p.id, p.title AS name, ${epoch(sql`p.proposed_at`)} AS at, ${epoch(sql`p.first_answer_at`)} AS "doneAt",
      ${epoch(sql`p.due_at`)} AS "dueAt", NULL AS "memberId" FROM proposals p
    JOIN members m ON m.workspace_id = p.workspace_id AND m.id = p.proposed_by AND m.side = 'sales'
    WHERE p.workspace_id = ${ground.workspaceId}::uuid AND p.due_at IS NOT NULL AND (p.state <> 'withdrawn' OR p.first_answer_at IS NOT NULL)
      AND p.proposed_at >= ${instant(from)} AND p.proposed_at <= ${instant(asOf)} ORDER BY p.proposed_at, p.id`.execute(tx);
  return rows.map((row) => timedRow(question, 'proposal', row, 'Answered')).filter(present);
};
