import { useQuery } from '@tanstack/react-query';
import type { InboxPage, Rejection } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { useMe, useRights } from '#ui/api/session.ts';
import { plural } from '#ui/formats.ts';
import { paths } from '#ui/paths.ts';
import type { PartToday, TodayItem } from '#ui/today/waiting.ts';
import type { RejectionPage } from './useHandoff.ts';

const most = 6;

/** Own leads with a clock or to accept, rejections to answer or to judge, and for heads what nobody has or is late with. */
export function useHandoffWaiting(): PartToday {
  const { side } = useMe().member;
  const isHead = useRights().may('handoff.reassign');
  const mine = useInboxOf('me', side !== 'marketing');
  const all = useInboxOf('all', isHead);
  const toAnswer = useRejectionsOf('unanswered', true, side !== 'sales');
  const toJudge = useRejectionsOf('toJudge', true, true);
  const others = useRejectionsOf('unanswered', false, isHead && side !== 'sales');
  return {
    items: [
      ...(mine.data ? ofInbox(mine.data) : []),
      ...(all.data ? ofEverybody(all.data, mine.data) : []),
      ...ofRejections(toAnswer.data, 'unanswered'),
      ...ofRejections(toJudge.data, 'toJudge'),
      ...ofOthers((others.data?.total ?? 0) - (toAnswer.data?.total ?? 0)),
    ],
    // One that is not asked stays pending for good.
    asked: [mine, all, toAnswer, toJudge, others].filter(({ fetchStatus, status }) => status !== 'pending' || fetchStatus !== 'idle'),
  };
}

const useInboxOf = (of: 'me' | 'all', enabled: boolean) =>
  useQuery({
    queryKey: ['handoff', 'today', of],
    queryFn: ({ signal }) => get<InboxPage>('/inbox', { of, limit: most }, signal),
    enabled,
  });

const useRejectionsOf = (state: 'unanswered' | 'toJudge', mine: boolean, enabled: boolean) => {
  const params = { state, limit: 5, ...(mine && { mine }) };
  return useQuery({
    queryKey: ['rejections', 'today', params],
    queryFn: ({ signal }) => get<RejectionPage>('/rejections', params, signal),
    enabled,
  });
};

/** What is only to be watched (nothing due, decided) does not wait for anybody. */
function ofInbox({ items, counts }: InboxPage): TodayItem[] {
  const waiting = items.filter(({ next, state }) => next !== null || state === 'waiting');
  const more = counts.waiting - waiting.filter(({ state }) => state === 'waiting').length;
  return [
    ...waiting.map(
      (item): TodayItem => ({
        ...{ key: `lead ${item.leadId}`, part: 'Leads', stake: 'customer', dueAt: item.next?.dueAt ?? null },
        ...{
          href: paths.inbox({ of: 'me', lead: item.leadId }),
          says: item.name,
          about: [item.company, item.campaign?.name].filter(Boolean).join(' · '),
        },
        act: item.next?.title ?? 'Accept or reject',
      }),
    ),
    ...(more > 0
      ? [
          line('more leads', {
            says: `${plural(more, 'more lead')} to accept or reject`,
            href: paths.inbox({ of: 'me', state: 'waiting' }),
          }),
        ]
      : []),
  ];
}

/** For who may reassign: what others are late with, and what is nobody’s. */
function ofEverybody({ items, counts }: InboxPage, mine: InboxPage | undefined): TodayItem[] {
  const overdue = counts.overdue - (mine?.counts.overdue ?? 0);
  const first = items.find(({ next }) => next?.overdue)?.next?.dueAt ?? null;
  return [
    ...(counts.unrouted > 0
      ? [
          line('unrouted', {
            says: `${plural(counts.unrouted, 'lead')} nobody’s yet`,
            href: paths.inbox({ of: 'all', state: 'unrouted' }),
            act: 'Assign',
          }),
        ]
      : []),
    ...(overdue > 0
      ? [
          line('overdue', {
            says: `${plural(overdue, 'lead')} of others overdue`,
            href: paths.inbox({ of: 'all' }),
            act: 'See whose',
            dueAt: first,
          }),
        ]
      : []),
  ];
}

const line = (key: string, more: Pick<TodayItem, 'says' | 'href' | 'act'> & { dueAt?: string | null }): TodayItem => ({
  ...{ key, part: 'Leads', stake: 'customer', dueAt: null },
  ...more,
});

function ofRejections(page: RejectionPage | undefined, state: 'unanswered' | 'toJudge'): TodayItem[] {
  if (!page) return [];
  const href = (at: string | null): string => paths.rejections({ tab: state, mine: 'true', at });
  const act = state === 'unanswered' ? 'Answer' : 'Judge';
  const more = (page.total ?? 0) - page.items.length;
  return [
    ...page.items.map(
      (item: Rejection): TodayItem => ({
        ...{ key: `${state} ${item.id}`, part: 'Rejections', stake: 'colleague', dueAt: null, href: href(item.id), act },
        says: item.lead.name,
        about: `${item.rejectedBy.name} says not met: ${item.clauses.map(({ sentence }) => sentence).join('; ')}`,
      }),
    ),
    ...(more > 0
      ? [
          {
            key: `more ${state}`,
            part: 'Rejections',
            stake: 'colleague',
            dueAt: null,
            href: href(null),
            act,
            says: `${plural(more, 'more rejection')}`,
          } as const,
        ]
      : []),
  ];
}

/** Rejections that nobody answers although they are not the reader’s: a head can. */
const ofOthers = (number: number): TodayItem[] =>
  number <= 0
    ? []
    : [
        {
          ...{ key: 'unanswered', part: 'Rejections', stake: 'colleague', dueAt: null, act: 'See whose' },
          ...{ href: paths.rejections({ tab: 'unanswered' }), says: `${plural(number, 'rejection')} of others without an answer` },
        },
      ];
