import { sql } from 'kysely';
import { repsCalendar } from '#engine/agreement/clause.ts';
import type { HandoffWorld } from '#engine/handoff/projection.ts';
import { type LoadedCalendars, loadCalendars, workingTimes, type WorkingTimes } from '#features/agreement/queries/calendars.ts';
import { inForceAt, type SignedAgreement } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/**
 * What clocks run in: calendars as they were signed with each version, leave as it is known now.
 * @param memberIds all who held the leads
 * @param versionAt which version counts at a start; unsaid: the one in force then
 */
export async function loadClockWorld(
  tx: Tx,
  workspaceId: WorkspaceId,
  agreements: readonly SignedAgreement[],
  memberIds: readonly string[],
  versionAt: (startMs: number) => SignedAgreement | undefined = (startMs) => inForceAt(agreements, startMs),
): Promise<HandoffWorld<SignedAgreement>> {
  const loaded = await loadCalendars(tx, workspaceId, memberIds);
  const times = new Map<SignedAgreement | undefined, WorkingTimes>();
  const timesOf = (version: SignedAgreement | undefined): WorkingTimes => {
    let found = times.get(version);
    if (!found) times.set(version, (found = workingTimes(asSigned(loaded, version))));
    return found;
  };
  const teams = await teamsOfMembers(tx, workspaceId, agreements, memberIds);
  return {
    versionAt,
    timeOf(version, calendar, memberId) {
      const signed = timesOf(version);
      return calendar === repsCalendar ? signed.of(memberId) : (signed.named(calendar) ?? signed.default);
    },
    teamsOf: (memberId) => teams.get(memberId) ?? [],
  };
}

/** A calendar made after the signature is as it is now. */
function asSigned(loaded: LoadedCalendars, version: SignedAgreement | undefined): LoadedCalendars {
  if (!version) return loaded;
  const { default: ofWorkspace, ...named } = version.calendars;
  return {
    ...loaded,
    defaultCalendar: ofWorkspace ?? loaded.defaultCalendar,
    byId: new Map([...loaded.byId, ...Object.entries(named)]),
  };
}

/** Asked only where a clause is for some teams. */
async function teamsOfMembers(
  tx: Tx,
  workspaceId: WorkspaceId,
  agreements: readonly SignedAgreement[],
  memberIds: readonly string[],
): Promise<Map<string, string[]>> {
  const asked = agreements.some(({ content }) => content.clauses.some(({ scope }) => scope.teams.length > 0));
  if (!asked || memberIds.length === 0) return new Map();
  const { rows } = await sql<{
    memberId: string;
    teamIds: string[];
  }>`SELECT member_id AS "memberId", array_agg(team_id) AS "teamIds" FROM team_members
    WHERE workspace_id = ${workspaceId}::uuid AND member_id = ANY(${memberIds}::uuid[]) GROUP BY member_id`.execute(tx);
  return new Map(rows.map(({ memberId, teamIds }) => [memberId, teamIds]));
}
