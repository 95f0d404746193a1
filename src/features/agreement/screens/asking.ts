import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { get } from '#ui/api/client.ts';
import { queries, type List } from '#ui/api/queries.ts';
import type { agreementSummary, AgreementVersion, BackTest, DefinitionVersion, excuse } from '../contract.ts';
import type { CalendarItem } from '../contract/calendars.ts';

/** What the pages of the agreement ask the server; the first word of each key is what live changes refresh. */

export type Summary = z.output<typeof agreementSummary>;
export type Excuse = z.output<typeof excuse>;
export type OwedSide = 'marketing' | 'sales';
export const owedSides: readonly OwedSide[] = ['marketing', 'sales'];

export const useAgreement = () =>
  useQuery({ queryKey: ['agreement', 'summary'], queryFn: ({ signal }) => get<Summary>('/agreement', {}, signal) });

export const useAgreementVersion = (id: string) =>
  useQuery({
    queryKey: ['agreement', 'contract', id],
    queryFn: ({ signal }) => get<AgreementVersion>(`/agreement/versions/${id}`, {}, signal),
    enabled: id !== '',
  });

export const useDefinition = (id: string | undefined) =>
  useQuery({
    queryKey: ['agreement', 'definition', id],
    queryFn: ({ signal }) => get<DefinitionVersion>(`/definitions/${id}`, {}, signal),
    enabled: Boolean(id),
  });

export const useBackTests = (versionId: string) =>
  useQuery({
    queryKey: ['agreement', 'back-tests', versionId],
    queryFn: ({ signal }) => get<List<BackTest>>(`/definitions/${versionId}/back-tests`, {}, signal),
  });

export const useExcuses = () => useQuery({ queryKey: ['excuses'], queryFn: ({ signal }) => get<List<Excuse>>('/excuses', {}, signal) });

export const useCalendars = () =>
  useQuery({
    queryKey: ['calendars', 'list'],
    queryFn: ({ signal }) => get<List<CalendarItem>>('/calendars', {}, signal),
    staleTime: 60_000,
  });

/** After a write of our own: whatever shows the agreement is asked again. */
export const askAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['agreement'] });
