import type { Sealing } from '#platform/auth/sealing.ts';
import type { Route } from '#platform/http/route.ts';
import { charterRoutes } from './routes/charter.ts';
import { diagnosisRoutesOf } from './routes/diagnosis.ts';
import { pathRoutes } from './routes/path.ts';
import { pilotRoutes } from './routes/pilots.ts';

export const rolloutRoutes = (sealing: Sealing): readonly Route[] => [
  ...pathRoutes,
  ...charterRoutes,
  ...diagnosisRoutesOf(sealing),
  ...pilotRoutes,
];
