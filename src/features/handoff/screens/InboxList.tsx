import { Button, Text } from '@mantine/core';
import type { InboxItem } from '#features/handoff/contract.ts';
import { stateWords } from '#engine/handoff/states.ts';
import { ago } from '#ui/formats.ts';
import { ClockMark } from '#ui/kit/ClockMark.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import type { useInbox } from './useHandoff.ts';

interface ListProps {
  inbox: ReturnType<typeof useInbox>;
  items: readonly InboxItem[];
  chosen: string | null;
  showOwner: boolean;
  state: string;
  onChoose(leadId: string): void;
}

export function InboxList({ inbox, items, chosen, showOwner, state, onChoose }: ListProps) {
  return (
    <section className="sheet inbox-list" aria-label="Leads" aria-busy={inbox.isPlaceholderData}>
      <Answer of={inbox} what="The inbox" lines={8}>
        {() =>
          items.length === 0 ? (
            <Empty title={state === 'unrouted' ? 'Every lead has a rep' : 'Nothing waits here'}>
              {state === 'unrouted'
                ? 'Leads that marketing passed and no rep could take stand here, for anybody in sales to claim.'
                : 'Leads that marketing passes come here, each with its clock and why it qualified.'}
            </Empty>
          ) : (
            <>
              {items.map((item) => (
                <Row key={item.leadId} item={item} chosen={item.leadId === chosen} showOwner={showOwner} onChoose={onChoose} />
              ))}
              {inbox.hasNextPage && (
                <Button variant="subtle" fullWidth loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          )
        }
      </Answer>
    </section>
  );
}

function Row({ item, chosen, showOwner, onChoose }: { item: InboxItem; chosen: boolean; showOwner: boolean; onChoose(id: string): void }) {
  const about = [item.company, item.campaign?.name ?? item.origin, item.segment].filter(Boolean).join(' · ');
  return (
    <button
      type="button"
      id={`inbox-${item.leadId}`}
      className="inbox-row"
      aria-current={chosen ? 'true' : undefined}
      onClick={() => onChoose(item.leadId)}
    >
      <span className="inbox-row-head">
        <span className="cut" style={{ fontWeight: 600 }}>
          {item.name}
        </span>
        {item.next ? <ClockMark dueAt={item.next.dueAt} /> : item.mqlAt && <span className="dim">{ago(item.mqlAt)}</span>}
      </span>
      <span className="inbox-row-head">
        <Text component="span" size="sm" c="dimmed" className="cut">
          {about || 'Nothing known yet'}
        </Text>
        <span className={`side ${item.state === 'accepted' ? 'side-sales' : 'side-none'}`}>{stateWords[item.state].label}</span>
      </span>
      <Text component="span" size="xs" c="dimmed" className="cut">
        {[
          item.next?.title,
          item.attempts > 0 &&
            `${item.attempts} ${item.attempts === 1 ? 'attempt' : 'attempts'}${item.lastAttemptAt ? `, the latest ${ago(item.lastAttemptAt)}` : ''}`,
          showOwner && (item.owner?.name ?? 'no rep'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </button>
  );
}
