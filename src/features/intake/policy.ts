import { policy, type Who } from '#platform/http/route.ts';

/** Everybody sees what came in and what became of it; bringing data in and taking it back is for those who run it. */
export const mayReadImports = policy('imports.read', ['owner', 'admin', 'manager', 'member', 'viewer']);
export const mayImport = policy('imports.write', ['owner', 'admin', 'manager']);

/**
 * Costs may be somebody's pay, so what stands in their files is for whoever brought them in, and for those who see the
 * pay of both sides: the owner and the heads of leadership.
 * @param broughtBy null: from the command line
 */
export const seesCostsOf = (who: Pick<Who, 'memberId' | 'role' | 'side'>, broughtBy: string | null): boolean =>
  who.memberId === broughtBy || who.role === 'owner' || (who.side === 'leadership' && (who.role === 'admin' || who.role === 'manager'));
