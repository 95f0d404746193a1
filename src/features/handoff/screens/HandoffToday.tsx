import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { InboxPage } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { useMe, useRights } from '#ui/api/session.ts';
import { count } from '#ui/formats.ts';
import { ClockMark } from '#ui/kit/ClockMark.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import type { RejectionPage } from './useHandoff.ts';

/** What only this person can move today: leads with a clock, rejections to answer or to judge. */
export function HandoffToday() {
  const { side } = useMe().member;
  const isHead = useRights().may('handoff.reassign');
  const [search] = useUrlSearch();
  const isEverybodys = side === 'leadership' || isHead || search['of'] === 'everybody';
  return (
    <div className="columns">
      {side !== 'marketing' && <InboxToday of={isEverybodys ? 'all' : 'me'} />}
      {side !== 'sales' && (
        <RejectionsToday title="Rejections to answer" state="unanswered" mine={!isEverybodys} none="None waits for an answer." />
      )}
      <RejectionsToday title="Rejections to judge" state="toJudge" mine />
    </div>
  );
}

function InboxToday({ of }: { of: 'me' | 'all' }) {
  const inbox = useQuery({
    queryKey: ['handoff', 'today', of],
    queryFn: ({ signal }) => get<InboxPage>('/inbox', { of, limit: 6 }, signal),
  });
  const within = (more: Record<string, string>): string => paths.inbox({ of, ...more });
  return (
    <Sheet title={of === 'me' ? 'My inbox' : 'Everybody’s inbox'} actions={<Go href={within({})}>Inbox</Go>}>
      <Answer of={inbox} what="The inbox" lines={4}>
        {({ items, counts }) => (
          <>
            <Counts counts={counts} within={within} />
            <Rows none="Nothing waits: every lead was decided and followed up.">
              {items.map((item) => (
                <Go key={item.leadId} href={within({ lead: item.leadId })} className="row-link">
                  <Line
                    name={item.name}
                    about={[of === 'me' ? null : (item.owner?.name ?? 'nobody’s yet'), item.next?.title, item.company]}
                  />
                  {item.next && <ClockMark dueAt={item.next.dueAt} />}
                </Go>
              ))}
            </Rows>
          </>
        )}
      </Answer>
    </Sheet>
  );
}

function Counts({ counts, within }: { counts: InboxPage['counts']; within(more: Record<string, string>): string }) {
  const parts = [
    { state: 'waiting', words: `${count(counts.waiting)} to accept`, number: counts.waiting },
    { state: 'accepted', words: `${count(counts.accepted)} being worked`, number: counts.accepted },
    { state: 'unrouted', words: `${count(counts.unrouted)} nobody’s yet`, number: counts.unrouted },
  ].filter(({ number }) => number > 0);
  if (parts.length === 0) return null;
  return (
    <div className="row-counts">
      {parts.map(({ state, words }) => (
        <Go key={state} href={within({ state })}>
          {words}
        </Go>
      ))}
      {counts.overdue > 0 && (
        <Go href={within({})} className="go bad">
          {count(counts.overdue)} overdue
        </Go>
      )}
    </div>
  );
}

interface RejectionsProps {
  title: string;
  state: 'unanswered' | 'toJudge';
  mine: boolean;
  /** Said when there is none; without it nothing is shown at all. */
  none?: string;
}

function RejectionsToday({ title, state, mine, none }: RejectionsProps) {
  const params = { state, limit: 5, ...(mine && { mine: true }) };
  const list = useQuery({
    queryKey: ['rejections', 'today', params],
    queryFn: ({ signal }) => get<RejectionPage>('/rejections', params, signal),
  });
  const href = (at: string | null): string => paths.rejections({ tab: state, mine: mine ? 'true' : null, at });
  if (none === undefined && !list.data?.items.length) return null;
  return (
    <Sheet
      title={
        <>
          {title}{' '}
          {list.data?.total ? (
            <Go href={href(null)} className="go dim">
              {count(list.data.total)}
            </Go>
          ) : null}
        </>
      }
      actions={
        <Go href={href(null)} aria-label={`All: ${title}`}>
          All
        </Go>
      }
    >
      <Answer of={list} what={title} lines={3}>
        {({ items }) => (
          <Rows none={none ?? ''}>
            {items.map((item) => (
              <Go key={item.id} href={href(item.id)} className="row-link">
                <Line
                  name={item.lead.name}
                  about={[`${item.rejectedBy.name} says not met: ${item.clauses.map(({ sentence }) => sentence).join('; ')}`]}
                />
              </Go>
            ))}
          </Rows>
        )}
      </Answer>
    </Sheet>
  );
}

function Rows({ none, children }: { none: string; children: ReactNode[] }) {
  return children.length > 0 ? (
    children
  ) : (
    <Text c="dimmed" p="md">
      {none}
    </Text>
  );
}

function Line({ name, about }: { name: string; about: (string | null | undefined)[] }) {
  return (
    <div style={{ flex: 1, minWidth: 0 }}>
      <div className="cut" style={{ fontWeight: 500 }}>
        {name}
      </div>
      <Text size="xs" c="dimmed" truncate>
        {about.filter(Boolean).join(' · ')}
      </Text>
    </div>
  );
}
