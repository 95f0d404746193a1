import { useQuery } from '@tanstack/react-query';
import type { PulseResults, Pulses, PulseTrend } from '#features/feedback/contract/pulse.ts';
import { get, type Query } from '#ui/api/client.ts';

export const usePulses = () =>
  useQuery({ queryKey: ['feedback', 'pulses'], queryFn: ({ signal }) => get<Pulses>('/pulses', { limit: 50 }, signal) });

export const usePulseTrend = () =>
  useQuery({ queryKey: ['feedback', 'pulseTrend'], queryFn: ({ signal }) => get<PulseTrend>('/pulses/trend', {}, signal) });

export const usePulseResults = (id: string, filters: Query) =>
  useQuery({
    queryKey: ['feedback', 'pulseResults', id, filters],
    queryFn: ({ signal }) => get<PulseResults>(`/pulses/${id}/results`, filters, signal),
    staleTime: 600_000,
  });
