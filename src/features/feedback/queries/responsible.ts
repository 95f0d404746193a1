/** Who of a side answers for a thing: the one said to be it, if at work on that side; else their team; else the side. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { type Towards, towards } from '../contract/pieces.ts';
import type { Subject } from './subjects.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Responsible {
  readonly side: Towards;
  readonly member: Named | null;
  readonly team: Named | null;
  readonly why: string;
}

const sideNames: Readonly<Record<Towards, string>> = { marketing: 'marketing', sales: 'sales' };

export async function responsibleFor(tx: Tx, workspaceId: WorkspaceId, subject: Subject): Promise<Responsible[]> {
  const members = await membersAtWork(tx, workspaceId, [subject.marketing.memberId, subject.sales.memberId]);
  const teams = await teamsOf(tx, workspaceId, [...members.keys()], subject.sales.teamId ?? null);
  return towards.map((side) => {
    const said = subject[side];
    const member = said.memberId === null ? undefined : members.get(said.memberId);
    const fits = member?.side === side ? { id: member.id, name: member.name } : null;
    const team = (fits ? teams.ofMember.get(fits.id) : side === 'sales' ? teams.named : null) ?? null;
    const why = fits
      ? `${fits.name} ${said.why}.`
      : team
        ? `It lies with ${team.name}.`
        : `Nobody of ${sideNames[side]} has it alone: the side answers.`;
    return { side, member: fits, team, why };
  });
}

async function membersAtWork(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly (string | null)[],
): Promise<Map<string, Named & { side: string }>> {
  const { rows } = await sql<Named & { side: string }>`SELECT id, name, side FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND active AND id = ANY(${ids.filter((id) => id !== null)}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

async function teamsOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberIds: readonly string[],
  teamId: string | null,
): Promise<{ ofMember: Map<string, Named>; named: Named | null }> {
  const { rows } = await sql<Named & { memberId: string | null }>`
    SELECT DISTINCT ON (tm.member_id) t.id, t.name, tm.member_id AS "memberId" FROM team_members tm
      JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id
      WHERE tm.workspace_id = ${workspaceId}::uuid AND tm.member_id = ANY(${memberIds}::uuid[]) ORDER BY tm.member_id, t.name`.execute(tx);
  const { rows: named } =
    await sql<Named>`SELECT id, name FROM teams WHERE workspace_id = ${workspaceId}::uuid AND id = ${teamId}::uuid`.execute(tx);
  return { ofMember: new Map(rows.map(({ memberId, id, name }) => [memberId!, { id, name }])), named: named[0] ?? null };
}
