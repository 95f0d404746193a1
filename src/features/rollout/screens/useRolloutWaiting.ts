import { useQuery } from '@tanstack/react-query';
import { stepTable } from '#features/rollout/contract/step-table.ts';
import type { RolloutToday } from '#features/rollout/contract/today.ts';
import { get } from '#ui/api/client.ts';
import { paths } from '#ui/paths.ts';
import type { PartToday, TodayItem } from '#ui/today/waiting.ts';

const rollout = { part: 'Rollout', stake: 'agreement', dueAt: null } as const;

/** A charter to sign, own steps that are overdue; and in an empty workspace the first afternoon. */
export function useRolloutWaiting(): PartToday {
  const asked = useQuery({ queryKey: ['rollout', 'today'], queryFn: ({ signal }) => get<RolloutToday>('/rollout/today', {}, signal) });
  if (!asked.data) return { items: [], asked: [asked] };
  const { begin, toSign, late } = asked.data;
  const first: TodayItem = {
    ...{ ...rollout, key: 'first afternoon', href: paths.rolloutStart(), act: 'Begin' },
    says: 'Begin your first afternoon',
    about: 'Five tasks: one number, what both sides think, your data, its baseline, and the first definition.',
  };
  const charter: TodayItem = {
    ...{ ...rollout, key: 'charter', href: paths.rolloutStep('sponsor'), act: 'Read and sign' },
    says: 'Sign the charter, as its sponsor',
  };
  const steps = late.map(
    ({ step, dueOn }): TodayItem => ({
      ...{ ...rollout, key: `step ${step}`, href: paths.rolloutStep(step), act: 'Open the step', dueAt: `${dueOn}T23:59:59Z` },
      says: `Your step on the way in: ${stepTable[step].title.toLowerCase()}`,
      about: stepTable[step].what,
    }),
  );
  return { items: [...(begin ? [first] : []), ...(toSign ? [charter] : []), ...steps], asked: [asked] };
}
