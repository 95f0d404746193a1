import { policy } from '#platform/http/route.ts';

/** The funnel is the same for everybody: both sides look at one set of numbers. */
export const mayReadFunnel = policy('funnel.read', ['owner', 'admin', 'manager', 'member', 'viewer']);
