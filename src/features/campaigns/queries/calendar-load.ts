import { sql } from 'kysely';
import { type LoadRole, loadByWeek, mostRolesAWeek, type WeekLoad } from '#engine/campaigns/load.ts';
import { shownGroups } from '#engine/campaigns/shown-groups.ts';
import { dayNumberOf } from '#engine/calendar/reading.ts';
import type { Named } from '#features/records/queries/names.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { CalendarAnswer } from '../contract/calendar.ts';
import { isHead } from '../policy/plans.ts';
import { mayAskRoles } from '../policy/roles.ts';
import { listWorkingReps, teamsOf } from './reps.ts';
import { seenBy } from './seen.ts';

interface Period {
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
}

type Row = LoadRole & { readonly member: Named };

/**
 * Parts asked for and not declined, week after week. How loaded a rep is, is what who asks for parts must know: they
 * see persons, as those who see them anyway; everybody else sees teams.
 */
export async function readLoad(
  tx: Tx,
  who: Who,
  period: Period,
): Promise<{ rows: CalendarAnswer['load']; clashes: CalendarAnswer['clashes'] }> {
  const roles = await readRoles(tx, who, period);
  const { of } = await seenBy(tx, who);
  const asksAll = mayAskRoles.may(who) && (isHead(who) || who.side === 'marketing');
  const seen = (memberId: string): boolean => asksAll || of.has(memberId);
  const [start, end] = [dayNumberOf(period.start), dayNumberOf(period.end)];
  const byMember = loadByWeek(roles, start, end);
  const names = new Map(roles.map(({ member }) => [member.id, member]));
  const persons = [...byMember].filter(([id]) => seen(id)).map(([id, weeks]) => ({ member: names.get(id)!, weeks }));
  return {
    rows: [
      ...persons.map(({ member, weeks }) => ({ member, team: null, weeks: weeks.map(weekShown) })),
      ...(await ofTeams(tx, who, roles, new Set([...names.keys()].filter(seen)), start, end)),
    ].sort((one, other) => ((one.member ?? one.team)!.name < (other.member ?? other.team)!.name ? -1 : 1)),
    clashes: persons.flatMap(({ member, weeks }) =>
      weeks.filter((week) => week.roles > mostRolesAWeek).map((week) => tooMany(member, week)),
    ),
  };
}

const weekShown = ({ week, roles, kinds }: WeekLoad): CalendarAnswer['load'][number]['weeks'][number] => ({ week, roles, kinds });

const tooMany = (member: Named, { week, roles, campaignIds }: WeekLoad): CalendarAnswer['clashes'][number] => ({
  kind: 'load',
  week,
  sentence: `${member.name} has ${roles} parts in this week; more than ${mostRolesAWeek} are too many.`,
  campaignIds,
  member,
});

/** Teams of at least three whom the asker doesn't see, together. */
async function ofTeams(
  tx: Tx,
  who: Who,
  roles: readonly Row[],
  seen: ReadonlySet<string>,
  start: number,
  end: number,
): Promise<CalendarAnswer['load']> {
  const hidden = roles.filter(({ memberId }) => !seen.has(memberId));
  if (hidden.length === 0) return [];
  const reps = await listWorkingReps(tx, who.workspaceId);
  const { groups } = shownGroups(new Set(reps.map(({ id }) => id)), teamsOf(reps), seen);
  return groups.flatMap(({ team, people }) => {
    const own = hidden.filter(({ memberId }) => people.has(memberId)).map((role) => ({ ...role, memberId: team.id }));
    const weeks = loadByWeek(own, start, end).get(team.id);
    return weeks ? [{ member: null, team, weeks: weeks.map(weekShown) }] : [];
  });
}

/** From the day it was asked (or the campaign's first, where that is later) until it is due. */
async function readRoles(tx: Tx, who: Who, { start, end, timeZone }: Period): Promise<Row[]> {
  const { rows } = await sql<{ member: Named; campaignId: string; kind: Row['kind']; from: string; to: string | null }>`
    SELECT json_build_object('id', m.id, 'name', m.name) AS member, r.campaign_id AS "campaignId", r.kind,
      greatest(c.starts_on, (r.asked_at AT TIME ZONE ${timeZone})::date) AS "from", r.due_on AS "to"
    FROM campaign_roles r JOIN members m ON m.workspace_id = r.workspace_id AND m.id = r.member_id AND m.active
    JOIN campaigns c ON c.workspace_id = r.workspace_id AND c.id = r.campaign_id
    LEFT JOIN campaign_plans p ON p.workspace_id = r.workspace_id AND p.campaign_id = r.campaign_id
    WHERE r.workspace_id = ${who.workspaceId}::uuid AND r.state IN ('asked', 'counterproposed', 'accepted') AND p.state NOT IN ('ended', 'cancelled')
      AND (r.due_on IS NULL OR r.due_on >= ${start}::date) AND greatest(c.starts_on, (r.asked_at AT TIME ZONE ${timeZone})::date) <= ${end}::date
    ORDER BY r.due_on, r.id LIMIT 5000`.execute(tx);
  return rows.map(({ member, campaignId, kind, from, to }) => ({
    member,
    memberId: member.id,
    campaignId,
    kind,
    from: dayNumberOf(to !== null && to < from ? to : from),
    to: dayNumberOf(to ?? end),
  }));
}
