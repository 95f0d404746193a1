import { useQuery } from '@tanstack/react-query';
import type { OwnDigest } from '#features/notices/contract/digest.ts';
import { get } from '#ui/api/client.ts';

export const useDigest = () =>
  useQuery({ queryKey: ['notices', 'digest'], queryFn: ({ signal }) => get<OwnDigest>('/notices/digest', {}, signal) });
