import { useQuery } from '@tanstack/react-query';
import { get } from './client.ts';
import { queries } from './queries.ts';

export type Side = 'marketing' | 'sales' | 'leadership';
export type Role = 'owner' | 'admin' | 'manager' | 'member' | 'viewer';

export interface Me {
  login: { id: string; name: string; email: string };
  member: { id: string; name: string; side: Side; role: Role; teams: { id: string; name: string }[] } | null;
  workspace: { id: string; name: string; slug: string; timeZone: string; currency: string; country: string | null; empty: boolean } | null;
  workspaces: { id: string; name: string; role: Role }[];
  may: string[];
}

export const meQuery = { queryKey: ['me'], queryFn: () => get<Me>('/me'), staleTime: 60_000 };

export const useMaybeMe = () => useQuery(meQuery);

/** The signed-in member. Only below the shell, which waits for it. */
export function useMe(): Me & { member: NonNullable<Me['member']>; workspace: NonNullable<Me['workspace']> } {
  const me = useMaybeMe().data;
  if (!me?.member || !me.workspace) throw new Error('nobody is signed in here');
  return { ...me, member: me.member, workspace: me.workspace };
}

/** What the server lets this member do; screens offer nothing else. */
export function useRights(): { edit: boolean; merge: boolean; import: boolean; may(verb: string): boolean } {
  const me = useMe();
  const may = (verb: string): boolean => me.may.includes(verb);
  return { edit: may('records.write'), merge: may('records.merge'), import: may('imports.write'), may };
}

/** After signing in, out or into another workspace nothing of before may stay on screen. */
export function startAfresh(me: Me | null): void {
  queries.clear();
  if (me) queries.setQueryData(['me'], me);
}
