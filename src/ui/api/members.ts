import { useQuery } from '@tanstack/react-query';
import { get } from './client.ts';
import type { List } from './queries.ts';
import type { Role, Side } from './session.ts';

export interface Member {
  id: string;
  name: string;
  email: string | null;
  side: Side;
  role: Role;
  job: string | null;
  active: boolean;
  hasLogin: boolean;
  teams: { id: string; name: string }[];
}

export const useMembers = (includeInactive = false) =>
  useQuery({
    queryKey: ['members', includeInactive],
    queryFn: () => get<List<Member>>('/members', includeInactive ? { includeInactive } : {}),
    staleTime: 60_000,
  });

export interface Team {
  id: string;
  name: string;
  side: Side;
  members: { id: string; name: string }[];
}

export const useTeams = () => useQuery({ queryKey: ['teams'], queryFn: () => get<List<Team>>('/teams'), staleTime: 60_000 });
