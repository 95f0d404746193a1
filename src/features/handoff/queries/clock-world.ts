import { sql } from 'kysely';
import { repsCalendar } from '#engine/agreement/clause.ts';
import type { HandoffWorld } from '#engine/handoff/projection.ts';
import { type LoadedCalendars, loadCalendars, workingTimes, type WorkingTimes } from '#features/agreement/queries/calendars.ts';
import { inForceAt, type SignedAgreement } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/**
 * What clocks run in: the workspace's calendar and those that clauses name as they were signed with each version; the
 * reps' own calendars and their leave as they are now.
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
  const teams = await teamsOfMembers(tx, workspaceId, agreements, memberIds);
  const known = new Map<SignedAgreement | undefined, SignedTimes>();
  const timesOf = (version: SignedAgreement | undefined): SignedTimes => {
    let times = known.get(version);
    if (!times) known.set(version, (times = timesAsSigned(loaded, version)));
    return times;
  };
  return {
    versionAt,
    timeOf(version, calendar, memberId) {
      const { ofReps, named } = timesOf(version);
      return calendar === repsCalendar ? ofReps.of(memberId) : (named.named(calendar) ?? named.default);
    },
    teamsOf: (memberId) => teams.get(memberId) ?? [],
  };
}

interface SignedTimes {
  readonly ofReps: WorkingTimes;
  readonly named: WorkingTimes;
}

/** Without a version all is as it is now; so is a calendar that wasn't signed. */
function timesAsSigned(loaded: LoadedCalendars, version: SignedAgreement | undefined): SignedTimes {
  const { default: ofWorkspace, ...named } = version?.calendars ?? {};
  const defaultCalendar = ofWorkspace ?? loaded.defaultCalendar;
  return {
    ofReps: workingTimes({ ...loaded, defaultCalendar }),
    named: workingTimes({ ...loaded, defaultCalendar, byId: new Map([...loaded.byId, ...Object.entries(named)]) }),
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
