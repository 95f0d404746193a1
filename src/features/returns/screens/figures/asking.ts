import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FigureSettings } from '#features/returns/contract/figures.ts';
import { get, type Query } from '#ui/api/client.ts';

/** One question of figures; what stood there before stays until its answer is in. */
export const useFigures = <T>(path: string, query: Query) =>
  useQuery({
    queryKey: ['returns', path, query],
    queryFn: ({ signal }) => get<T>(path, query, signal),
    placeholderData: keepPreviousData,
  });

export const useFigureSettings = () =>
  useQuery({
    queryKey: ['returns', 'figure settings'],
    queryFn: ({ signal }) => get<FigureSettings>('/figures/settings', {}, signal),
  });
