import type { Route } from '#platform/http/route.ts';

/** Each part of returns lists its own. */
export const returnsRoutes: readonly Route[] = [];
