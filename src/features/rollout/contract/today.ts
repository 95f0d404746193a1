/** What the way in asks of the asker today. */

import { z } from 'zod';
import { stepNames } from '#engine/rollout/steps.ts';
import { day } from './pieces.ts';

export const rolloutToday = z.object({
  /** Nobody has begun, and the asker may. */
  begin: z.boolean(),
  /** A charter waits for the asker’s signature, as its sponsor. */
  toSign: z.boolean(),
  /** Own steps whose day is over and whose gate was not met when it was looked at last. */
  late: z.array(z.object({ step: z.enum(stepNames), dueOn: day })),
});
export type RolloutToday = z.output<typeof rolloutToday>;
