import { type RawBuilder, sql } from 'kysely';
import { payVisible } from '#features/returns/contract/pay.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { seesAllPay, type Sight } from '../policy/access.ts';

/** For features that tell people of pay. */
export { rulesPayOf, seesAllPay, statementVisible } from '../policy/access.ts';

/** What of the asker matters for seeing pay, as it is now. */
export async function sightOf(tx: Tx, who: Who): Promise<Sight> {
  const { rows } = await sql<{ auditor: boolean; managed: string[] }>`SELECT
      EXISTS (SELECT FROM incentive_auditors a WHERE a.workspace_id = ${who.workspaceId}::uuid AND a.member_id = ${who.memberId}::uuid AND a.revoked_at IS NULL) AS auditor,
      ARRAY(SELECT DISTINCT tm.member_id::text FROM teams t JOIN team_members tm ON tm.workspace_id = ${who.workspaceId}::uuid AND tm.team_id = t.id
        WHERE t.workspace_id = ${who.workspaceId}::uuid AND t.manager_id = ${who.memberId}::uuid) AS managed`.execute(tx);
  const { auditor, managed } = rows[0]!;
  return { memberId: who.memberId, side: who.side, pay: payVisible(who), auditor, managed: new Set(managed) };
}

/**
 * `statementVisible` as a condition of SQL, for lists.
 * @param member @param side of the row: who is paid, and for which side
 */
export function payCondition(sight: Sight, member: RawBuilder<unknown>, side: RawBuilder<unknown>): RawBuilder<unknown> {
  if (seesAllPay(sight)) return sql`true`;
  const sides = (['marketing', 'sales'] as const).filter((each) => sight.pay[each]);
  const ofTeams = sight.side === 'leadership' ? sql`true` : sql`${side} = ${sight.side}`;
  return sql`(${member} = ${sight.memberId}::uuid OR ${side} = ANY(${sides}::text[]) OR (${ofTeams} AND ${member} = ANY(${[...sight.managed]}::uuid[])))`;
}
