import type { Route } from '#platform/http/route.ts';

export const contractRoutes: readonly Route[] = [];
