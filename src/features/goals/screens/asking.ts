/** What the pages of goals ask the server; the first word of each key is what live changes refresh. */

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { GoalChoices, GoalDetail, GoalsToday, GoalTree } from '#features/goals/contract/goals.ts';
import type { PlanContent, PlanList, PlanSuggestion, PlanVersion, workBackAnswer } from '#features/goals/contract/plans.ts';
import type { WhatIfAnswer, WhatIfAsk, WhatIfChoices } from '#features/goals/contract/what-if.ts';
import { get, post } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

export const useGoalTree = (of: 'all' | 'me') =>
  useQuery({
    queryKey: ['goals', 'tree', of],
    queryFn: ({ signal }) => get<GoalTree>('/goals', { of }, signal),
    placeholderData: keepPreviousData,
  });

export const useGoal = (id: string) =>
  useQuery({ queryKey: ['goals', 'goal', id], queryFn: ({ signal }) => get<GoalDetail>(`/goals/${id}`, {}, signal), enabled: id !== '' });

export const useGoalsToday = () =>
  useQuery({ queryKey: ['goals', 'today'], queryFn: ({ signal }) => get<GoalsToday>('/goals/today', {}, signal) });

export const useGoalChoices = () =>
  useQuery({
    queryKey: ['goals', 'choices'],
    queryFn: ({ signal }) => get<GoalChoices>('/goals/choices', {}, signal),
    staleTime: 300_000,
  });

export const useGoalPlans = () =>
  useQuery({ queryKey: ['goals', 'plans'], queryFn: ({ signal }) => get<PlanList>('/goals/plans', {}, signal) });

export const useGoalPlan = (id: string) =>
  useQuery({
    queryKey: ['goals', 'plan', id],
    queryFn: ({ signal }) => get<PlanVersion>(`/goals/plans/${id}`, {}, signal),
    enabled: id !== '',
  });

/** Filled with the company's own past, of the days asked for or of the coming year. */
export const useSuggestion = (wanted: boolean, days: { start?: string; end?: string } = {}) =>
  useQuery({
    queryKey: ['goals', 'suggestion', days],
    queryFn: ({ signal }) => get<PlanSuggestion>('/goals/plans/suggestion', days, signal),
    enabled: wanted,
    // Its goals get ids when it is asked: what is being written keeps them.
    staleTime: Number.POSITIVE_INFINITY,
  });

type Worked = z.output<typeof workBackAnswer>;
/** The sheet of a plan being written; calculates and stores nothing. */
export const useWorkBack = ({ start, end, workBack }: Pick<PlanContent, 'start' | 'end' | 'workBack'>) =>
  useQuery({
    queryKey: ['goals', 'work-back', start, end, workBack],
    queryFn: () => post<Worked>('/goals/work-back', { start, end, workBack }),
    enabled: workBack !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const useWhatIfChoices = () =>
  useQuery({
    queryKey: ['goals', 'what-if', 'choices'],
    queryFn: ({ signal }) => get<WhatIfChoices>('/goals/what-if', {}, signal),
    staleTime: 300_000,
  });

export const useWhatIf = (asked: WhatIfAsk | null) =>
  useQuery({
    queryKey: ['goals', 'what-if', asked],
    queryFn: () => post<WhatIfAnswer>('/goals/what-if', asked),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

/** After a write of our own. */
export const askAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['goals'] });
