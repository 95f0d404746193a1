import type { Route } from '#platform/http/route.ts';

export const rolloutRoutes: readonly Route[] = [];
