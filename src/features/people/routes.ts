import type { Route } from '#platform/http/route.ts';
import type { PeopleGround } from './routes/ground.ts';
import { memberRoutes } from './routes/members.ts';
import { signInRoutes } from './routes/sign-in.ts';

export type { PeopleGround };

export const peopleRoutes = (ground: PeopleGround): Route[] => [...signInRoutes(ground), ...memberRoutes(ground)];
