import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { AttainmentAnswer } from '#features/agreement/contract.ts';
import type { InboxPage } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { addDays, count, percent, today } from '#ui/formats.ts';
import { ClockMark } from '#ui/kit/ClockMark.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import type { RejectionPage } from './useHandoff.ts';

/** What only this person can move today: leads with a clock, rejections to answer or judge, and whether each side keeps its word. */
export function HandoffToday() {
  const { side } = useMe().member;
  return (
    <>
      <Kept />
      <div className="columns">
        {side !== 'marketing' && <InboxToday of={side === 'sales' ? 'me' : 'all'} />}
        {side !== 'sales' && <RejectionsToday title="Rejections to answer" state="unanswered" mine={side === 'marketing'} />}
        <RejectionsToday title="Rejections to judge" state="toJudge" mine />
      </div>
    </>
  );
}

function InboxToday({ of }: { of: string }) {
  const inbox = useQuery({
    queryKey: ['handoff', 'today', of],
    queryFn: ({ signal }) => get<InboxPage>('/inbox', { of, limit: 6 }, signal),
  });
  const counts = inbox.data?.counts;
  return (
    <Sheet
      title={
        <>
          {of === 'me' ? 'My inbox' : 'Everybody’s inbox'}{' '}
          {counts && (
            <Text component="span" size="sm" c="dimmed" fw={400}>
              {count(counts.waiting)} to accept, {count(counts.accepted)} being worked
              {counts.overdue > 0 && <span className="bad">, {count(counts.overdue)} overdue</span>}
            </Text>
          )}
        </>
      }
      actions={<Go href={paths.inbox({ of: of === 'me' ? null : of })}>Inbox</Go>}
    >
      <Answer of={inbox} what="The inbox" lines={4}>
        {({ items }) => (
          <Rows none="Nothing waits: every lead was decided and followed up.">
            {items.map((item) => (
              <Go key={item.leadId} href={paths.inbox({ lead: item.leadId, of: of === 'me' ? null : of })} className="row-link">
                <Line name={item.name} about={[item.company, item.next?.title, of === 'me' ? null : item.owner?.name]} />
                {item.next && <ClockMark dueAt={item.next.dueAt} />}
              </Go>
            ))}
          </Rows>
        )}
      </Answer>
    </Sheet>
  );
}

function RejectionsToday({ title, state, mine }: { title: string; state: string; mine: boolean }) {
  const params = { state, limit: 5, ...(mine && { mine: true }) };
  const list = useQuery({
    queryKey: ['rejections', 'today', params],
    queryFn: ({ signal }) => get<RejectionPage>('/rejections', params, signal),
  });
  return (
    <Sheet title={title} actions={<Go href={paths.rejections({ tab: state, mine: mine ? 'true' : null })}>All</Go>}>
      <Answer of={list} what={title} lines={3}>
        {({ items }) => (
          <Rows none={state === 'toJudge' ? 'No case waits for your verdict.' : 'None waits for an answer.'}>
            {items.map((item) => (
              <Go key={item.id} href={paths.rejections({ tab: state })} className="row-link">
                <Line name={item.lead.name} about={[item.clauses[0]?.sentence, `by ${item.rejectedBy.name}`]} />
              </Go>
            ))}
          </Rows>
        )}
      </Answer>
    </Sheet>
  );
}

/** Both sides' clauses of the last 30 days, as everybody sees them. */
function Kept() {
  const scope = { start: addDays(today(), -29), end: today() };
  const attainment = useQuery({
    queryKey: ['attainment', scope],
    queryFn: ({ signal }) => get<AttainmentAnswer>('/attainment', scope, signal),
  });
  if (attainment.isError || attainment.data?.clauses.length === 0)
    return (
      <div className="notice">
        No agreement is signed yet. <Go href={paths.agreement()}>Start one</Go>: what is an MQL, and what does each side owe the other?
      </div>
    );
  return (
    <Sheet title="The agreement, last 30 days" actions={<Go href={paths.attainment(scope)}>Attainment</Go>} padded>
      <Answer of={attainment} what="Attainment" lines={2}>
        {({ clauses }) => (
          <div className="tiles">
            {clauses.map((clause) => (
              <Go key={clause.key} className="tile" href={paths.attainment({ ...scope, clause: clause.key })}>
                <div className="tile-label">
                  <SideMark side={clause.side} /> {clause.title}
                </div>
                <div className={`tile-figure ${clause.kept === false ? 'bad' : ''}`}>{percent(clause.attainment, 0)}</div>
                <div className="tile-label">
                  {clause.due === 0
                    ? 'nothing was due'
                    : `${count(clause.compliant)} of ${count(clause.due)}, target ${clause.targetPercent} %`}
                </div>
              </Go>
            ))}
          </div>
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
