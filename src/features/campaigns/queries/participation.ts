import { sql } from 'kysely';
import { leastPeople, shownGroups } from '#engine/campaigns/shown-groups.ts';
import { placeOf } from '#features/agreement/queries/rule-reading.ts';
import { todayOf } from '#features/handoff/queries/days.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { ParticipationAnswer, ParticipationOverview, ParticipationPerson } from '../contract/participation.ts';
import type { NamedCampaign } from '../contract/pieces.ts';
import type { EvidencePage } from '../contract/roles.ts';
import { evidenceIsPersonal } from '../policy/roles.ts';
import { familyOf, getCampaign } from './campaign-at-hand.ts';
import { automaticSubjects, isWritten } from './evidence-sql.ts';
import { type Part, readParts, sumParts } from './parts.ts';
import { listWorkingReps, type RepOfTeams, teamsOf } from './reps.ts';
import { pageOfEvidence } from './role-evidence.ts';
import { seenBy } from './seen.ts';
import { evidenceTouches, type Family } from './took-part.ts';

const notes: readonly string[] = [
  'A rep took part who has at least one touch on record that names the campaign, or evidence of an accepted part; nobody ticks it off. Following up a lead, owed by the agreement anyway, is a part only where it was asked for.',
  `Persons are shown to themselves, their manager and the heads of their side; everybody else sees sums of at least ${leastPeople} people.`,
];

/** Who took part in one campaign: the whole, teams, and the persons whom the asker may see. Not inside a transaction. */
export async function answerParticipation(database: Database, who: Who, campaignId: string): Promise<ParticipationAnswer> {
  const { campaign, reps, all, teams, seen, when } = await database.inWorkspace(who.workspaceId, async (tx) => ({
    campaign: await getCampaign(tx, who.workspaceId, campaignId),
    ...(await peopleFor(tx, who)),
    when: await whenOf(tx, who.workspaceId),
  }));
  const parts = (await readParts(database, who.workspaceId, when, [campaign])).get(campaign.id) ?? new Map<string, Part>();
  const shown = shownGroups(all, teams, seen);
  const { id, name, startsOn, endsOn } = campaign;
  return {
    campaign: { id, name, startsOn, endsOn },
    total: shown.whole ? sumParts(all, [parts]) : null,
    teams: shown.groups.map(({ team, people }) => ({ team, ...sumParts(people, [parts]) })),
    rest: shown.rest.size > 0 ? sumParts(shown.rest, [parts]) : null,
    persons: reps.filter((rep) => seen.has(rep.id)).map((rep) => personShown(campaign.id, rep, parts.get(rep.id))),
    notes: [...notes],
  };
}

async function peopleFor(tx: Tx, who: Who) {
  const reps = await listWorkingReps(tx, who.workspaceId);
  return { reps, all: new Set(reps.map(({ id }) => id)), teams: teamsOf(reps), seen: (await seenBy(tx, who)).of };
}

async function whenOf(tx: Tx, workspaceId: WorkspaceId): Promise<{ timeZone: string; today: string }> {
  const { timeZone } = await placeOf(tx, workspaceId);
  return { timeZone, today: await todayOf(tx, workspaceId) };
}

function personShown(campaignId: string, { id, name, teams }: RepOfTeams, part: Part | undefined): ParticipationPerson {
  const { evidenced: _, ...counts } = part ?? {
    asked: 0,
    accepted: 0,
    declined: 0,
    proposed: 0,
    done: 0,
    missed: 0,
    touches: 0,
    people: 0,
    evidenced: false,
  };
  return {
    member: { id, name },
    teams,
    ...counts,
    recordsUrl: `/campaigns/${campaignId}/participation/records?${new URLSearchParams({ memberId: id })}`,
  };
}

/**
 * The touches by which somebody took part, newest first.
 * @throws Problem not-found, forbidden (neither oneself nor manager nor head)
 */
export async function listParticipationRecords(
  tx: Tx,
  who: Who,
  campaignId: string,
  asked: { readonly memberId: string; readonly limit: number; readonly cursor?: string | undefined },
): Promise<EvidencePage> {
  const campaign = await getCampaign(tx, who.workspaceId, campaignId);
  await refuseUnknownMember(tx, who.workspaceId, asked.memberId);
  if (!(await seenBy(tx, who)).has(asked.memberId)) throw new Problem('forbidden', evidenceIsPersonal);
  const { timeZone } = await placeOf(tx, who.workspaceId);
  const touches = sql`SELECT * FROM (${evidenceTouches(who.workspaceId, timeZone, [campaign])}) m WHERE m.member_id = ${asked.memberId}::uuid`;
  const written = isWritten(await automaticSubjects(tx, touches));
  const evidence = sql`SELECT DISTINCT t.touch_id AS id, t.touch_id, t.at, t.person, t.member_id, NULL::text AS what, NULL::text AS title FROM (${touches}) t WHERE ${written}`;
  return pageOfEvidence(tx, who.workspaceId, evidence, asked);
}

async function refuseUnknownMember(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM members m WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ${id}::uuid`.execute(tx);
  if (rows.length === 0) throw notFound('member');
}

// ── all campaigns of a period ───────────────────────────────────────────────

const mostCampaigns = 200;

/** Not inside a transaction. @param asked days, both included; unsaid: the last twelve months */
export async function answerOverview(
  database: Database,
  who: Who,
  asked: { readonly start?: string | undefined; readonly end?: string | undefined },
): Promise<ParticipationOverview> {
  const { start, end, campaigns, all, teams, seen, when } = await database.inWorkspace(who.workspaceId, async (tx) => {
    const period = await periodOf(tx, who.workspaceId, asked);
    const ran = await campaignsBetween(tx, who.workspaceId, period.start, period.end);
    return { ...period, campaigns: ran, ...(await peopleFor(tx, who)), when: await whenOf(tx, who.workspaceId) };
  });
  const parts = await readParts(database, who.workspaceId, when, campaigns);
  const shown = shownGroups(all, teams, seen);
  const every = [...parts.values()];
  return {
    start,
    end,
    campaigns: campaigns.map(({ family: _, ...campaign }) => ({
      campaign,
      counts: shown.whole ? sumParts(all, [parts.get(campaign.id) ?? new Map<string, Part>()]) : null,
    })),
    teams: shown.groups.map(({ team, people }) => ({ team, ...sumParts(people, every) })),
    total: shown.whole ? sumParts(all, every) : null,
    notes: campaigns.length === mostCampaigns ? [...notes, `The last ${mostCampaigns} campaigns of the period.`] : [...notes],
  };
}

export async function periodOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  asked: { readonly start?: string | undefined; readonly end?: string | undefined },
): Promise<{ start: string; end: string }> {
  const end = asked.end ?? (await todayOf(tx, workspaceId));
  const start = asked.start ?? Temporal.PlainDate.from(end).subtract({ years: 1 }).add({ days: 1 }).toString();
  if (start > end)
    throw new Problem('bad-input', 'The period ends before it begins.', { fields: [{ at: 'end', reason: `is before ${start}` }] });
  return { start, end };
}

/** Campaigns that ran on any of these days, the latest first. Without a first day a campaign stands in no period. */
export async function campaignsBetween(tx: Tx, workspaceId: WorkspaceId, start: string, end: string): Promise<(NamedCampaign & Family)[]> {
  const { rows } = await sql<NamedCampaign & Family>`
    SELECT c.id, c.name, c.starts_on AS "startsOn", c.ends_on AS "endsOn", ${familyOf('c')} AS family FROM campaigns c
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.archived_at IS NULL AND c.merged_into IS NULL AND c.starts_on <= ${end}::date
      AND (c.ends_on IS NULL OR c.ends_on >= ${start}::date) ORDER BY c.starts_on DESC, c.id DESC LIMIT ${mostCampaigns}`.execute(tx);
  return rows;
}
