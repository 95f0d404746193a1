/** Campaigns over months: when they run, where, for whom, and the load they put on reps. */

import { sql } from 'kysely';
import { canonicalJson } from '#engine/agreement/canonical.ts';
import { audienceClashes, type AudienceUse, mostRolesAWeek } from '#engine/campaigns/load.ts';
import type { PlanState } from '#engine/campaigns/states.ts';
import { placeOf } from '#features/agreement/queries/rule-reading.ts';
import { todayOf } from '#features/handoff/queries/days.ts';
import { dayNumberOf } from '#engine/calendar/reading.ts';
import type { Named } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { z } from 'zod';
import type { calendarAsk, CalendarAnswer } from '../contract/calendar.ts';
import { keptPlan } from '../contract/plans.ts';
import { audienceSentence } from './audience.ts';
import { readLoad } from './calendar-load.ts';

type Asked = z.output<typeof calendarAsk>;
const mostMonths = 24;
const mostCampaigns = 500;

export async function answerCalendar(tx: Tx, who: Who, asked: Asked): Promise<CalendarAnswer> {
  const today = await todayOf(tx, who.workspaceId);
  const { start, end } = periodOf(asked, today);
  const { timeZone } = await placeOf(tx, who.workspaceId);
  const rows = await readCampaigns(tx, who.workspaceId, start, end);
  const shown = rows.filter(
    ({ plan }) => asked.region === undefined || !plan || plan.regions.length === 0 || plan.regions.includes(asked.region),
  );
  const load = await readLoad(tx, who, { start, end, timeZone });
  const clashes = audienceClashes(shown.map(useOf)).map(({ week, campaignIds }) => ({
    kind: 'audience' as const,
    week,
    sentence: `${campaignIds.map((id) => `“${shown.find((row) => row.id === id)!.name}”`).join(' and ')} go to the same people within a week.`,
    campaignIds,
    member: null,
  }));
  return {
    ...{ start, end, today },
    quarters: quartersOf(start, end),
    regions: await readRegions(tx, who.workspaceId, rows),
    campaigns: await Promise.all(shown.map((row) => campaignShown(tx, who.workspaceId, row))),
    undated: await countUndated(tx, who.workspaceId),
    load: load.rows,
    clashes: [...clashes, ...load.clashes].sort((one, other) => (one.week < other.week ? -1 : one.week > other.week ? 1 : 0)),
    mostRolesAWeek,
  };
}

/** Unsaid: this quarter and the next. */
function periodOf(asked: Asked, today: string): { start: string; end: string } {
  const start = asked.start ?? firstOfQuarter(Temporal.PlainDate.from(today)).toString();
  const end = asked.end ?? firstOfQuarter(Temporal.PlainDate.from(start)).add({ months: 6 }).subtract({ days: 1 }).toString();
  if (end < start) throw refused('The period ends before it begins.');
  if (end > Temporal.PlainDate.from(start).add({ months: mostMonths }).toString()) throw refused(`At most ${mostMonths} months at once.`);
  return { start, end };
}
const refused = (reason: string): Problem => new Problem('bad-input', reason, { fields: [{ at: 'end', reason }] });

const firstOfQuarter = (day: Temporal.PlainDate): Temporal.PlainDate =>
  day.with({ day: 1, month: Math.floor((day.month - 1) / 3) * 3 + 1 });

function quartersOf(start: string, end: string): CalendarAnswer['quarters'] {
  const quarters: CalendarAnswer['quarters'] = [];
  for (let first = firstOfQuarter(Temporal.PlainDate.from(start)); first.toString() <= end; first = first.add({ months: 3 }))
    quarters.push({
      label: `Q${Math.floor((first.month - 1) / 3) + 1} ${first.year}`,
      start: first.toString(),
      end: first.add({ months: 3 }).subtract({ days: 1 }).toString(),
    });
  return quarters;
}

// ── campaigns ───────────────────────────────────────────────────────────────

interface Row {
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly type: string | null;
  readonly channel: string | null;
  readonly owner: Named | null;
  readonly state: PlanState | null;
  readonly content: unknown;
  readonly asked: number;
  readonly accepted: number;
}
type Planned = Row & { readonly plan: z.output<typeof keptPlan> | null };

/** With the version that counts: the brief, else the draft. */
async function readCampaigns(tx: Tx, workspaceId: WorkspaceId, start: string, end: string): Promise<Planned[]> {
  const roles = (state: ReturnType<typeof sql>) =>
    sql`(SELECT count(*)::int FROM campaign_roles r WHERE r.workspace_id = c.workspace_id AND r.campaign_id = c.id AND r.state ${state})`;
  const { rows } = await sql<Row>`
    SELECT c.id, c.name, c.starts_on AS "startsOn", c.ends_on AS "endsOn", c.type, c.channel,
      (SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = c.workspace_id AND m.id = c.owner_id) AS owner, p.state,
      (SELECT v.content FROM plan_versions v WHERE v.workspace_id = c.workspace_id AND v.campaign_id = c.id
        ORDER BY v.published_at IS NULL, v.number DESC LIMIT 1) AS content,
      ${roles(sql`NOT IN ('withdrawn', 'declined')`)} AS asked, ${roles(sql`= 'accepted'`)} AS accepted
    FROM campaigns c LEFT JOIN campaign_plans p ON p.workspace_id = c.workspace_id AND p.campaign_id = c.id
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.archived_at IS NULL AND c.merged_into IS NULL AND c.starts_on <= ${end}::date
      AND (c.ends_on IS NULL OR c.ends_on >= ${start}::date) ORDER BY c.starts_on DESC, c.id DESC LIMIT ${mostCampaigns}`.execute(tx);
  return rows.reverse().map((row) => ({ ...row, plan: row.content === null ? null : keptPlan.parse(row.content) }));
}

async function campaignShown(tx: Tx, workspaceId: WorkspaceId, row: Planned): Promise<CalendarAnswer['campaigns'][number]> {
  const { id, name, startsOn, endsOn, type, channel, owner, state, plan, asked, accepted } = row;
  return {
    ...{ id, name, startsOn, endsOn, type, channel, owner, state },
    regions: plan?.regions ?? [],
    audience: plan && plan.audience.kind !== 'none' ? await audienceSentence(tx, workspaceId, plan.audience) : null,
    timeline: plan?.timeline ?? [],
    roles: { asked, accepted },
  };
}

/** Cancelled ones reach nobody. */
function useOf({ id, startsOn, plan, state }: Planned): AudienceUse {
  const audience = plan?.audience;
  const isNobody = !audience || audience.kind === 'none' || state === 'cancelled';
  const dates = plan && plan.timeline.length > 0 ? plan.timeline.map(({ onDay }) => onDay) : [startsOn];
  return { campaignId: id, audienceKey: isNobody ? null : audienceKey(audience), days: dates.map(dayNumberOf) };
}

/** The same view, or the same rule. */
const audienceKey = (audience: z.output<typeof keptPlan>['audience']): string =>
  canonicalJson(audience.kind === 'view' ? { records: audience.records, query: audience.query } : audience);

async function countUndated(tx: Tx, workspaceId: WorkspaceId): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM campaigns c
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.archived_at IS NULL AND c.merged_into IS NULL AND c.starts_on IS NULL`.execute(tx);
  return rows[0]!.count;
}

// ── territories ─────────────────────────────────────────────────────────────

/** Regions of sales teams, and those that plans name beside them. */
async function readRegions(tx: Tx, workspaceId: WorkspaceId, campaigns: readonly Planned[]): Promise<CalendarAnswer['regions']> {
  const { rows } = await sql<CalendarAnswer['regions'][number]>`
    SELECT t.region AS name, json_agg(DISTINCT jsonb_build_object('id', t.id, 'name', t.name)) AS teams,
      count(DISTINCT m.id) FILTER (WHERE m.active AND m.side = 'sales' AND m.role <> 'viewer')::int AS reps
    FROM teams t LEFT JOIN team_members tm ON tm.workspace_id = t.workspace_id AND tm.team_id = t.id
    LEFT JOIN members m ON m.workspace_id = tm.workspace_id AND m.id = tm.member_id
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.side = 'sales' AND t.region IS NOT NULL GROUP BY t.region ORDER BY t.region`.execute(
    tx,
  );
  const named = [...new Set(campaigns.flatMap(({ plan }) => plan?.regions ?? []))].filter((name) => !rows.some((row) => row.name === name));
  return [...rows, ...named.sort().map((name) => ({ name, teams: [], reps: 0 }))];
}
