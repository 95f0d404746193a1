import type { Sealing } from '#platform/auth/sealing.ts';
import type { Route } from '#platform/http/route.ts';
import { feedbackRoutesOf } from './routes/feedback.ts';
import { overviewRoutes } from './routes/overview.ts';
import { perceptionRoutesOf } from './routes/perception.ts';
import { pulseRoutesOf } from './routes/pulses.ts';
import { verbRoutes } from './routes/verbs.ts';

export const feedbackRoutes = (sealing: Sealing): readonly Route[] => [
  ...overviewRoutes,
  ...feedbackRoutesOf(sealing),
  ...verbRoutes,
  ...pulseRoutesOf(sealing),
  ...perceptionRoutesOf(sealing),
];
