import { policy, type Who } from '#platform/http/route.ts';

/** What misalignment costs is read by all: both sides cause it and both can mend it. What rests on pay, returns' `payVisible` says. */
export const mayReadCost = policy('alignment.cost.read', ['owner', 'admin', 'manager', 'member', 'viewer']);
/** The index is of both sides together and never of a person: read by all. Whose criticism is in it, its lists don't say. */
export const mayReadIndex = policy('alignment.index.read', ['owner', 'admin', 'manager', 'member', 'viewer']);

const heads: readonly Who['role'][] = ['owner', 'admin', 'manager'];
/** The assumptions it rests on. */
export const maySetCost = policy('alignment.cost.set', ['owner', 'admin', 'manager']);
/** Null when somebody may set them. */
export const whyNotSetCost = ({ role }: Pick<Who, 'role'>): string | null =>
  heads.includes(role) ? null : 'The assumptions are set by the heads of either side, of leadership, or the owner.';
