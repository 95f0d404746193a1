import { Button, Text } from '@mantine/core';
import { stateWords } from '#engine/handoff/states.ts';
import type { InboxItem } from '#features/handoff/contract.ts';
import { ago, plural } from '#ui/formats.ts';
import { ClockMark } from '#ui/kit/ClockMark.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { NothingWaits } from './NothingWaits.tsx';
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
            <NothingWaits state={state} />
          ) : (
            <>
              {items.map((item) => (
                <Row
                  key={item.leadId}
                  item={item}
                  chosen={item.leadId === chosen}
                  showOwner={showOwner}
                  showState={state === 'open'}
                  onChoose={onChoose}
                />
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

interface RowProps {
  item: InboxItem;
  chosen: boolean;
  showOwner: boolean;
  showState: boolean;
  onChoose(id: string): void;
}

function Row({ item, chosen, showOwner, showState, onChoose }: RowProps) {
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
        {item.next ? <ClockMark dueAt={item.next.dueAt} /> : item.mqlAt && <span className="clock dim">passed {ago(item.mqlAt)}</span>}
      </span>
      <span className="inbox-row-head">
        <Text component="span" size="sm" c="dimmed" className="cut">
          {about || 'Nothing known yet'}
        </Text>
        {showState && (
          <span className={`side ${item.state === 'accepted' ? 'side-sales' : 'side-none'}`}>{stateWords[item.state].label}</span>
        )}
      </span>
      <Text component="span" size="xs" c="dimmed" className="cut">
        {standingOf(item, showOwner)}
      </Text>
    </button>
  );
}

/** `Jürgen Weiß · Persistence · 3 attempts, most recently 8 days ago` */
function standingOf({ owner, next, attempts, lastAttemptAt }: InboxItem, showOwner: boolean): string {
  const tried = attempts > 0 && `${plural(attempts, 'attempt')}${lastAttemptAt ? `, most recently ${ago(lastAttemptAt)}` : ''}`;
  return [showOwner && (owner?.name ?? 'no rep'), next?.title, tried].filter(Boolean).join(' · ') || 'Nothing is due';
}
