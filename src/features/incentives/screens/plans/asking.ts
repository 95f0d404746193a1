import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { measured } from '#features/incentives/contract/measured.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import type { planList, PlanOfPay, PlanVersion } from '#features/incentives/contract/plans.ts';
import type { planTemplates } from '#features/incentives/contract/templates.ts';
import type { checked } from '#features/incentives/contract/warnings.ts';
import { get, post } from '#ui/api/client.ts';

export type Measured = z.output<typeof measured>;
export type Checked = z.output<typeof checked>;
export type PlanInList = z.output<typeof planList>['items'][number];

export const usePlans = (which: string | undefined) =>
  useInfiniteQuery({
    queryKey: ['incentives', 'plans', which],
    queryFn: ({ pageParam, signal }) => get<z.output<typeof planList>>('/incentive-plans', { which, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const usePlan = (id: string | undefined) =>
  useQuery({
    queryKey: ['incentives', 'plan', id],
    queryFn: ({ signal }) => get<PlanOfPay>(`/incentive-plans/${id}`, {}, signal),
    enabled: Boolean(id),
  });

export const usePlanVersion = (id: string) =>
  useQuery({
    queryKey: ['incentives', 'version', id],
    queryFn: ({ signal }) => get<PlanVersion>(`/incentive-plan-versions/${id}`, {}, signal),
    enabled: id !== '',
  });

export const useTemplates = () =>
  useQuery({
    queryKey: ['incentives', 'templates'],
    queryFn: ({ signal }) => get<z.output<typeof planTemplates>>('/incentive-plans/templates', {}, signal),
    staleTime: 300_000,
  });

export const useMeasured = () =>
  useQuery({
    queryKey: ['incentives', 'measured'],
    queryFn: ({ signal }) => get<Measured>('/incentive-plans/measured', {}, signal),
    staleTime: 300_000,
  });

/** What is wrong with a plan being written, and what experience warns of. */
export const useChecked = (content: PlanContent) =>
  useQuery({
    queryKey: ['incentives', 'checked', content],
    // With what it is about: while the next answer is awaited, the last one is shown.
    queryFn: async () => ({ content, ...(await post<Checked>('/incentive-plan-versions/checks', { content })) }),
    placeholderData: keepPreviousData,
    retry: false,
  });
