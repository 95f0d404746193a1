/** What the pages of incentives ask the server; the first word of each key is what live changes refresh. */

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { mboResults, missingResults } from '#features/incentives/contract/results.ts';
import type { looks, paySight } from '#features/incentives/contract/access.ts';
import type { disputeList } from '#features/incentives/contract/disputes.ts';
import type { Run, runCheck, runList } from '#features/incentives/contract/runs.ts';
import type { Estimate, Statement, statementList } from '#features/incentives/contract/statements.ts';
import { get } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

export type Sight = z.output<typeof paySight>;
export type RunInList = z.output<typeof runList>['items'][number];

export const useSight = () =>
  useQuery({ queryKey: ['incentives', 'sight'], queryFn: ({ signal }) => get<Sight>('/incentives/sight', {}, signal) });

/** Of the asker, or of somebody whose pay they see. @param on a day of the period */
export const useEstimate = (memberId?: string, on?: string) =>
  useQuery({
    queryKey: ['incentives', 'estimate', memberId, on],
    queryFn: ({ signal }) => get<Estimate>('/incentives/estimate', { memberId, on }, signal),
    placeholderData: keepPreviousData,
  });

/** Pages of a list. @param asked what narrows it */
function useList<Page extends { next?: string | null | undefined }>(path: string, asked: Record<string, string | undefined>) {
  return useInfiniteQuery({
    queryKey: ['incentives', path, asked],
    queryFn: ({ pageParam, signal }) => get<Page>(path, { ...asked, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export const useStatements = (asked: { memberId?: string; runId?: string; kind?: string }) =>
  useList<z.output<typeof statementList>>('/statements', asked);
export const useRuns = (asked: { kind?: string; status?: string; versionId?: string; seriesId?: string }) =>
  useList<z.output<typeof runList>>('/payout-runs', asked);
export const useDisputes = (asked: { status?: string }) => useList<z.output<typeof disputeList>>('/disputes', asked);

export const useRun = (id: string) =>
  useQuery({
    queryKey: ['incentives', 'run', id],
    queryFn: ({ signal }) => get<Run>(`/payout-runs/${id}`, {}, signal),
    enabled: id !== '',
  });

export const useRunCheck = (id: string, wanted: boolean) =>
  useQuery({
    queryKey: ['incentives', 'check', id],
    queryFn: ({ signal }) => get<z.output<typeof runCheck>>(`/payout-runs/${id}/check`, {}, signal),
    enabled: wanted,
  });

export const useStatement = (runId: string, memberId: string) =>
  useQuery({
    queryKey: ['incentives', 'statement', runId, memberId],
    queryFn: ({ signal }) => get<Statement>(`/payout-runs/${runId}/statements/${memberId}`, {}, signal),
    enabled: runId !== '' && memberId !== '',
  });

export type MissingResult = z.output<typeof missingResults>['items'][number];
export type ObjectiveResult = z.output<typeof mboResults>['items'][number];

/** What the asker has yet to record of the period that ended last. */
export const useMissingResults = () =>
  useQuery({
    queryKey: ['incentives', 'missing results'],
    queryFn: ({ signal }) => get<z.output<typeof missingResults>>('/mbo-results/missing', {}, signal),
  });
export const useResults = (memberId: string) => useList<z.output<typeof mboResults>>('/mbo-results', { memberId });

export const useLooks = () =>
  useQuery({
    queryKey: ['incentives', 'looks'],
    queryFn: ({ signal }) => get<z.output<typeof looks>>('/incentives/looks', { limit: 20 }, signal),
  });

/** After a write of our own. */
export const askAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['incentives'] });
