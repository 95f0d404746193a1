import { Button } from '@mantine/core';
import { useState } from 'react';
import { inOrder, stakeTable, type Urgency, urgencyOf } from './order.ts';
import { count, plural } from '#ui/formats.ts';
import { ClockMark, useNow } from '#ui/kit/ClockMark.tsx';
import { Explain } from '#ui/kit/Explain.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';
import type { PartToday, TodayItem } from './waiting.ts';
import './today.css';

const most = 15;

/** What waits for the reader in all parts of the product, as one list in the order in which to do it. */
export function TodayList({ parts }: { parts: readonly PartToday[] }) {
  const now = useNow();
  const [all, setAll] = useState(false);
  const items = inOrder(
    parts.flatMap((part) => part.items),
    now,
  );
  const asked = parts.flatMap((part) => part.asked);
  const failed = asked.filter(({ error }) => error);
  const pending = asked.some(({ isPending, error }) => isPending && !error);
  const shown = all ? items : items.slice(0, most);
  return (
    <Sheet title={pending && items.length === 0 ? 'What only you can move' : headline(items, now)} actions={<OrderExplained />}>
      {failed.length > 0 && (
        <p className="notice warn today-failed" role="alert">
          Part of this list couldn’t be loaded.{' '}
          <button type="button" className="as-link" onClick={() => failed.forEach(({ refetch }) => void refetch())}>
            Try again
          </button>
        </p>
      )}
      {items.length === 0 && (pending ? <Loading lines={4} /> : <NothingWaits />)}
      {items.length > 0 && (
        <ol className="today-list" aria-label="What only you can move" aria-busy={pending}>
          {shown.map((item) => (
            <Item key={item.key} item={item} urgency={urgencyOf(item, now)} />
          ))}
        </ol>
      )}
      {items.length > shown.length && (
        <Button variant="subtle" fullWidth onClick={() => setAll(true)}>
          Show all {count(items.length)}
        </Button>
      )}
    </Sheet>
  );
}

function headline(items: readonly TodayItem[], now: number): string {
  if (items.length === 0) return 'Nothing waits for you';
  const among = (urgency: Urgency): number => items.filter((item) => urgencyOf(item, now) === urgency).length;
  const [overdue, today] = [among('overdue'), among('today')];
  const pressing = [overdue > 0 && `${count(overdue)} overdue`, today > 0 && `${count(today)} due within a day`].filter(Boolean);
  const waits = `${plural(items.length, 'thing')} only you can move`;
  return pressing.length > 0 ? `${waits}: ${pressing.join(', ')}` : waits;
}

const NothingWaits = () => (
  <p className="dim today-nothing">
    Leads to accept, parts to answer, feedback, signatures and actions of yours stand here, in the order in which to do them.
  </p>
);

const OrderExplained = () => (
  <Explain label="How this list is ordered">
    <p style={{ margin: 0 }}>
      What is overdue comes first, then what is due within a day, then all else; within these by what hangs on it:
    </p>
    <ol className="today-stakes">
      {Object.values(stakeTable).map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ol>
  </Explain>
);

function Item({ item, urgency }: { item: TodayItem; urgency: Urgency }) {
  const { part, says, about, href, act, row, dueAt } = item;
  const clock = dueAt && <ClockMark dueAt={dueAt} />;
  const words = (
    <>
      <span className="today-part">{part}</span>
      <span className="today-says wrap-any">
        {says}
        {about && <span className="dim small-print today-about">{about}</span>}
      </span>
      {(act || clock) && (
        <span className="today-side">
          {clock}
          {act && <span className="today-deed">{act}</span>}
        </span>
      )}
    </>
  );
  return (
    <li data-urgency={urgency}>
      {row ? (
        <div className="today-item">
          <span className="today-part">{part}</span>
          <div className="today-says">{row}</div>
          {clock && <span className="today-side">{clock}</span>}
        </div>
      ) : href ? (
        <Go href={href} className="today-item">
          {words}
        </Go>
      ) : (
        <div className="today-item">{words}</div>
      )}
    </li>
  );
}
