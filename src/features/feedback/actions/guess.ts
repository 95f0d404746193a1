import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { type NewGuess, perceptionTable } from '../contract/perception.ts';
import { aboutGuess, monthOf } from '../queries/perception-months.ts';
import { addPending, leaveMark } from './pool.ts';

/**
 * Takes a guess, or that somebody would rather see the number at once, before it is shown; nothing joins it to them.
 * @returns false: they had seen it before, and this guess was not taken
 */
export async function guess(tx: Tx, who: Who, sealing: Sealing, { metric, value }: NewGuess): Promise<boolean> {
  if (value !== null && value > 100 && perceptionTable[metric].unit === 'percent')
    throw new Problem('bad-input', 'value: a percentage is at most 100.', {
      fields: [{ at: 'value', reason: 'a percentage is at most 100' }],
    });
  const { today } = await groundOf(tx, who.workspaceId);
  const { period } = monthOf(today);
  if (!(await leaveMark(tx, who.workspaceId, sealing, { about: aboutGuess(period, metric), memberId: who.memberId }))) return false;
  if (value !== null) await addPending(tx, who.workspaceId, sealing, { kind: 'guess', period, metric, side: who.side, value });
  return value !== null;
}
