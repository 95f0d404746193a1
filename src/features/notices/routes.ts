import type { Route } from '#platform/http/route.ts';

export const noticeRoutes: readonly Route[] = [];
