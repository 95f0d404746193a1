import { policy, type Role, type Side, type Who } from '#platform/http/route.ts';
import { Problem } from '#platform/errors.ts';

const everybody = ['owner', 'admin', 'manager', 'member', 'viewer'] as const;
const keepers = ['owner', 'admin'] as const;
const leaders = ['owner', 'admin', 'manager'] as const;

/** Names of colleagues stand beside every record, so everybody reads them. */
export const mayReadMembers = policy('members.read', everybody);
export const mayChangeMembers = policy('members.write', keepers);
export const mayReadTeams = policy('teams.read', everybody);
export const mayChangeTeams = policy('teams.write', leaders);
export const mayReadInvitations = policy('invitations.read', leaders);
export const mayInvite = policy('invitations.write', leaders);
export const mayChangeWorkspace = policy('workspace.write', keepers);
export const mayReadApiTokens = policy('apiTokens.read', keepers);
export const mayMakeApiTokens = policy('apiTokens.write', keepers);

/** A token that could make tokens would outlive its own revocation. */
export const neverByToken: readonly string[] = [mayMakeApiTokens.verb, mayInvite.verb, mayChangeMembers.verb];

/** Nobody gives more than they have; a manager brings in people who work or look on, on the own side. */
export function mayGive(who: Who, given: { role: Role; side: Side }): boolean {
  if (who.role === 'owner') return true;
  if (who.role === 'admin') return given.role !== 'owner';
  return (
    who.role === 'manager' && (given.role === 'member' || given.role === 'viewer') && (given.side === who.side || who.side === 'leadership')
  );
}

export function refuseGiving(who: Who, given: { role: Role; side: Side }): void {
  if (!mayGive(who, given))
    throw new Problem('forbidden', `As ${who.role} in ${who.side} you can't make somebody ${given.role} in ${given.side}.`);
}

/** Only owners touch owners. */
export function refuseTouching(who: Who, role: Role): void {
  if (role === 'owner' && who.role !== 'owner') throw new Problem('forbidden', 'Only an owner can change an owner.');
}
