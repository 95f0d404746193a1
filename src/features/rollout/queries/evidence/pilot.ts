import type { Evidence } from '#engine/rollout/evidence.ts';
import { findLatestPilot } from '../pilots.ts';
import { answerBeforeAfter } from '../before-after.ts';
import type { Asking } from './evidence.ts';

/** The latest pilot counts, by the measure that was settled when it was planned. */
export async function pilotEvidence({ tx, workspaceId, ground }: Asking): Promise<Evidence['pilot']> {
  const pilot = await findLatestPilot(tx, workspaceId);
  if (!pilot) return { planned: false, begun: false, told: false, whyNot: null };
  const { told, whyNot } = await answerBeforeAfter(tx, workspaceId, pilot, pilot.measure);
  return { planned: true, begun: pilot.startsOn <= ground.today, told: told !== null, whyNot };
}
