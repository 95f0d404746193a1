import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Tx } from '#platform/db/database.ts';
import { type FieldProblem, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { NewAnswer } from '../contract/pulse.ts';
import { isHeadOf } from '../policy/feedback.ts';
import { aboutPulse, findPulse, isOver } from '../queries/pulses.ts';
import { addPending, leaveMark } from './pool.ts';

/**
 * Takes somebody’s answers into the pool, and a mark that they have answered; nothing joins the two.
 * @returns false: they had answered before, and this one was not taken
 * @throws Problem conflict: it has ended
 */
export async function answerPulse(tx: Tx, who: Who, sealing: Sealing, id: string, { scores, text }: NewAnswer): Promise<boolean> {
  const pulse = await findPulse(tx, who.workspaceId, id);
  const { today } = await groundOf(tx, who.workspaceId);
  if (isOver(pulse, today)) throw new Problem('conflict', 'The pulse has ended.');
  refuseOthers(
    pulse.questions.map(({ key }) => key),
    scores,
  );
  if (!(await leaveMark(tx, who.workspaceId, sealing, { about: aboutPulse(id), memberId: who.memberId }))) return false;
  await addPending(tx, who.workspaceId, sealing, {
    ...{ kind: 'answer', pulseId: id, scores, text: pulse.asksText ? text : '' },
    side: who.side,
    teams: await teamsOf(tx, who),
    standing: isHeadOf(who, who.side) ? 'heads' : 'others',
  });
  return true;
}

function refuseOthers(keys: readonly string[], scores: Readonly<Record<string, number>>): void {
  const fields: FieldProblem[] = [
    ...keys.filter((key) => !Object.hasOwn(scores, key)).map((key) => ({ at: `scores.${key}`, reason: 'is not answered' })),
    ...Object.keys(scores)
      .filter((key) => !keys.includes(key))
      .map((key) => ({ at: `scores.${key.slice(0, 40)}`, reason: 'is not asked' })),
  ];
  if (fields.length > 0)
    throw new Problem('bad-input', 'Answer each question of this pulse, and no other.', { fields: fields.slice(0, 20) });
}

async function teamsOf(tx: Tx, who: Who): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT team_id AS id FROM team_members WHERE workspace_id = ${who.workspaceId}::uuid AND member_id = ${who.memberId}::uuid ORDER BY 1`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
