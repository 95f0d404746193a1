/** What the sample company does together: a campaign that runs and one that is being prepared, proposals, and content. */

import { sql } from 'kysely';
import { addAsset } from '#features/campaigns/actions/keep-asset.ts';
import { rateAsset } from '#features/campaigns/actions/rate-asset.ts';
import { answerProposal } from '#features/campaigns/actions/answer-proposal.ts';
import { acceptRole, counterpropose, declineRole } from '#features/campaigns/actions/answer-role.ts';
import { askRoles } from '#features/campaigns/actions/ask-roles.ts';
import { draftPlan } from '#features/campaigns/actions/draft-plan.ts';
import { propose } from '#features/campaigns/actions/propose.ts';
import { acknowledgeBrief, publishBrief } from '#features/campaigns/actions/publish-brief.ts';
import { launchCampaign } from '#features/campaigns/actions/run-plan.ts';
import { vote } from '#features/campaigns/actions/vote.ts';
import { newAsset, type NewAsset } from '#features/campaigns/contract/library.ts';
import { planContent, type PlanContent } from '#features/campaigns/contract/plans.ts';
import { type NewRoles, newRoles } from '#features/campaigns/contract/roles.ts';
import { findVersion } from '#features/campaigns/queries/plan-versions.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';

export interface SamplePeople {
  readonly mara: Who;
  readonly sam: Who;
  /** Sales people, those who take leads up first. */
  readonly reps: readonly Who[];
  readonly everybody: readonly Who[];
}

/** In the names of the sample's people; done twice it changes nothing. */
export async function workTogether(database: Database, people: SamplePeople): Promise<void> {
  await database.inWorkspace(people.mara.workspaceId, async (tx) => {
    const { rows } = await sql<{
      has: boolean;
    }>`SELECT EXISTS (SELECT FROM campaign_plans WHERE workspace_id = ${people.mara.workspaceId}::uuid)
      OR EXISTS (SELECT FROM assets WHERE workspace_id = ${people.mara.workspaceId}::uuid) AS has`.execute(tx);
    if (rows[0]!.has || people.reps.length < 3) return;
    const assets = await fillLibrary(tx, people);
    await runningCampaign(tx, people, assets);
    await comingCampaign(tx, people, assets);
    await makeProposals(tx, people, assets);
  });
}

interface Assets {
  readonly guide: string;
  readonly sheet: string;
  readonly story: string;
}

async function fillLibrary(tx: Tx, { mara, sam, reps }: SamplePeople): Promise<Assets> {
  const add = (given: Parameters<typeof newAsset.parse>[0]): Promise<string> =>
    addAsset(tx, mara, newAsset.parse(given) satisfies NewAsset);
  const site = 'https://example.com/content';
  const guide = await add({
    ...{
      title: 'Guide: production planning with fewer tables',
      kind: 'whitepaper',
      about: 'What changes in the first ninety days, week by week.',
    },
    ...{
      stages: ['mql', 'sal'],
      objections: ['We have a table that works.'],
      version: { url: `${site}/planning-guide`, validFrom: await past(tx, 200) },
    },
  });
  const sheet = await add({
    ...{ title: 'Price sheet', kind: 'pricing', about: 'List prices and what is negotiable; the last page is for reps alone.' },
    ...{
      stages: ['sql', 'deal'],
      objections: ['It is too expensive.'],
      version: { url: `${site}/prices`, validFrom: await past(tx, 300), expiresOn: await past(tx, -20) },
    },
  });
  const story = await add({
    ...{ title: 'Customer story: lead times halved at a pump maker', kind: 'caseStudy', about: 'Figures the customer has agreed to.' },
    ...{
      stages: ['sql', 'deal'],
      segments: ['Mid-market'],
      version: { url: `${site}/pump-maker`, validFrom: await past(tx, 420), expiresOn: await past(tx, 30) },
    },
  });
  await rateAsset(tx, reps[0]!, story, { stars: 2, reason: 'The figures are from two years ago; customers ask for newer ones.' });
  await rateAsset(tx, sam, guide, { stars: 5, reason: 'It answers the question everybody asks first.' });
  return { guide, sheet, story };
}

/** The youngest joint campaign that has begun. */
async function runningCampaign(tx: Tx, { mara, reps }: SamplePeople, { guide }: Assets): Promise<void> {
  const { rows } = await sql<{ id: string; endsOn: string; name: string }>`SELECT id, ends_on AS "endsOn", name FROM campaigns
    WHERE workspace_id = ${mara.workspaceId}::uuid AND archived_at IS NULL AND type IN ('Webinar', 'Trade fair', 'Content offer') AND starts_on <= current_date
    ORDER BY starts_on DESC, id LIMIT 1`.execute(tx);
  const [campaign] = rows;
  if (!campaign) return;
  await brief(
    tx,
    mara,
    campaign.id,
    contentOf(guide, [], { metric: 'sqls', amount: '12', by: laterDay(campaign.endsOn, await past(tx, -14)) }),
  );
  const asked = await askParts(
    tx,
    mara,
    campaign.id,
    newRoles.parse({
      kind: 'followUp',
      memberIds: reps.slice(0, 3).map(({ memberId }) => memberId),
      wanted: 10,
      dueOn: await past(tx, -21),
    }),
  );
  for (const rep of reps.slice(0, 2)) await acceptRole(tx, rep, asked.get(rep.memberId)!, {});
  const version = await findVersion(tx, mara.workspaceId, campaign.id, 'published');
  await acknowledgeBrief(tx, reps[0]!, campaign.id, version!.contentHash);
  await launchCampaign(tx, mara, campaign.id, 'It had begun before the brief was written.');
}

const laterDay = (one: string, other: string): string => (one > other ? one : other);

/** A webinar in three weeks, with parts asked, taken, declined and proposed otherwise. */
async function comingCampaign(tx: Tx, { mara, reps }: SamplePeople, { guide, story }: Assets): Promise<void> {
  const startsOn = await past(tx, -21);
  const { id } = await recordFields(tx, mara.workspaceId, {
    kind: 'campaign',
    sets: {
      name: 'Webinar: planning the year with one plan',
      type: 'Webinar',
      channel: 'Email',
      status: 'planned',
      startsOn,
      endsOn: await past(tx, -49),
      ownerId: mara.memberId,
    },
    memberId: mara.memberId,
  });
  const timeline = [
    { label: 'Invitations go out', onDay: await past(tx, -7) },
    { label: 'Reps have called their lists', onDay: await past(tx, -18) },
    { label: 'Webinar', onDay: startsOn },
  ];
  await brief(tx, mara, id, {
    ...contentOf(guide, timeline, { metric: 'mqls', amount: '60', by: await past(tx, -49) }),
    assets: [
      { assetId: guide, label: 'Guide to send after the webinar', url: null },
      { assetId: story, label: 'Customer story', url: null },
    ],
  });
  const parts = newRoles.parse({
    kind: 'inviteList',
    memberIds: reps.slice(0, 4).map(({ memberId }) => memberId),
    wanted: 15,
    dueOn: await past(tx, -18),
    note: 'Customers you know from the last fair first.',
  });
  const asked = await askParts(tx, mara, id, parts);
  await acceptRole(tx, reps[0]!, asked.get(reps[0]!.memberId)!, {});
  await counterpropose(tx, reps[1]!, asked.get(reps[1]!.memberId)!, {
    kind: 'calls',
    wanted: 10,
    note: 'I rather call ten whom I know than write to fifteen.',
  });
  await declineRole(tx, reps[2]!, asked.get(reps[2]!.memberId)!, { reason: 'I am at the plant fair that week.' });
}

/** @returns the parts by whom they are asked of */
async function askParts(tx: Tx, mara: Who, campaignId: string, parts: NewRoles): Promise<Map<string, string>> {
  const { ids } = await askRoles(tx, mara, campaignId, parts);
  const { rows } = await sql<{ id: string; memberId: string }>`SELECT id, member_id AS "memberId" FROM campaign_roles
    WHERE workspace_id = ${mara.workspaceId}::uuid AND id = ANY(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, memberId }) => [memberId, id]));
}

async function brief(tx: Tx, mara: Who, campaignId: string, content: PlanContent): Promise<void> {
  await draftPlan(tx, mara, campaignId, { content });
  const draft = await findVersion(tx, mara.workspaceId, campaignId, 'draft');
  await publishBrief(tx, mara, campaignId, draft!.contentHash);
}

const contentOf = (guide: string, timeline: PlanContent['timeline'], target: PlanContent['target']): PlanContent =>
  planContent.parse({
    message: 'One plan for sales and the shop floor: what was promised is what is made.',
    talkingPoints: [
      'Start with the delay they told us about.',
      'Ninety days to the first plan, not a year.',
      'Their planners keep their tables until they no longer need them.',
    ],
    notToSay: ['No promise of a date for the interface to their old system.', 'No discount before the second meeting.'],
    offer: 'An hour with a planner of ours, on their own numbers.',
    assets: [{ assetId: guide, label: 'Guide to send after the talk', url: null }],
    budget: [{ label: 'Platform and speaker', amount: '420000' }],
    timeline,
    target,
  });

async function makeProposals(tx: Tx, { mara, sam, reps }: SamplePeople, { story }: Assets): Promise<void> {
  const cases = await openDeals(tx, mara);
  const objection = await propose(tx, reps[0]!, {
    kind: 'objection',
    title: 'An answer to “we build that ourselves”',
    text: 'It came up in three talks this month, always from the head of IT, always late.',
    cases: cases.slice(0, 3).map((id) => ({ kind: 'deal' as const, id, note: '' })),
  });
  for (const rep of reps.slice(1, 4)) await vote(tx, rep, objection);
  await vote(tx, sam, objection);
  const fresh = await propose(tx, reps[1]!, {
    kind: 'content',
    title: 'A customer story from this year',
    text: 'The one we have is old, and customers notice.',
    cases: cases.slice(3, 5).map((id) => ({ kind: 'deal' as const, id, note: '' })),
  });
  await vote(tx, reps[2]!, fresh);
  await answerProposal(tx, mara, fresh, {
    answer: 'planned',
    comment: 'The interview is on Thursday.',
    plannedOn: await past(tx, -30),
    assetId: story,
  });
  const fair = await propose(tx, sam, {
    kind: 'campaign',
    title: 'A breakfast for plant managers near Leeds',
    text: 'Twelve accounts within an hour’s drive, none has met us.',
    cases: [],
  });
  await answerProposal(tx, mara, fair, {
    answer: 'declined',
    comment: 'Not this quarter: the webinar takes the budget. Ask again in January.',
  });
}

async function openDeals(tx: Tx, { workspaceId }: Who): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM deals WHERE workspace_id = ${workspaceId}::uuid AND status = 'open' AND archived_at IS NULL
    ORDER BY amount DESC NULLS LAST, id LIMIT 5`.execute(tx);
  return rows.map(({ id }) => id);
}

/** So many days ago where the database is; negative: to come. */
async function past(tx: Tx, days: number): Promise<string> {
  const { rows } = await sql<{ day: string }>`SELECT current_date - ${days}::int AS day`.execute(tx);
  return rows[0]!.day;
}
