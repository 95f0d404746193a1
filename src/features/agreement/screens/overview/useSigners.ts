import { useMembers, type Member } from '#ui/api/members.ts';
import { useMe } from '#ui/api/session.ts';
import type { OwedSide } from '../asking.ts';

const heads: readonly string[] = ['owner', 'admin', 'manager'];

export interface Signers {
  /** Who could sign for each side; undefined until it is known. */
  readonly of: Readonly<Record<OwedSide, readonly Member[]>> | undefined;
  /** Whether one of these sides waits for the reader. */
  waitsForMe(missing: readonly OwedSide[]): boolean;
}

/** Heads sign for their side; leadership for a side in which nobody could. The server has the last word. */
export function useSigners(): Signers {
  const { member } = useMe();
  const members = useMembers();
  const signing = members.data?.items.filter(({ role, hasLogin, active }) => active && hasLogin && heads.includes(role));
  const of = signing && {
    marketing: signing.filter(({ side }) => side === 'marketing'),
    sales: signing.filter(({ side }) => side === 'sales'),
  };
  const onBehalf = member.side === 'leadership' && (member.role === 'owner' || member.role === 'admin');
  return {
    of,
    waitsForMe: (missing) =>
      heads.includes(member.role) &&
      missing.some((side) => side === member.side || (onBehalf && of !== undefined && of[side].length === 0)),
  };
}
