import { type FunnelColumns, noDay } from '#engine/funnel/columns.ts';
import { daysOfStage } from './ground.ts';

/** By lead: the first day it was lost, rejected, recycled or disqualified, or `noDay`. */
export function exitsOf(leads: FunnelColumns): Int32Array {
  const exits = (['lost', 'rejected', 'recycled', 'disqualified'] as const).map((stage) => daysOfStage(leads, stage));
  const gone = new Int32Array(leads.count).fill(noDay);
  for (const days of exits) for (let row = 0; row < leads.count; row++) if (days[row]! < gone[row]!) gone[row] = days[row]!;
  return gone;
}
