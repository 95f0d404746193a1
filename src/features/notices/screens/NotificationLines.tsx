import { Button } from '@mantine/core';
import { useState } from 'react';
import { kinds } from '#features/notices/contract/kinds.ts';
import type { Notification } from '#features/notices/contract/notifications.ts';
import { post } from '#ui/api/client.ts';
import { ago, instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { doing, useUnread } from './asking.ts';

const markRead = (body: object): Promise<unknown> => doing('notices', post('/notifications/reading', body)).catch(tellProblem);

/** Line by line; opening one marks it read. Of a line of many each can be seen. */
export function NotificationLines({ items, onGo }: { items: readonly Notification[]; onGo?: () => void }) {
  return (
    <ul className="notice-lines" aria-label="Notices, newest first">
      {items.map((line) => (
        <Line key={`${line.id} ${line.read}`} line={line} {...(onGo && { onGo })} />
      ))}
    </ul>
  );
}

function Line({ line, onGo }: { line: Notification; onGo?: () => void }) {
  const [shown, setShown] = useState(false);
  const { title, opens, at, read, ids, each, kind, count } = line;
  const follow = (): void => {
    if (!read) void markRead({ ids });
    onGo?.();
  };
  return (
    <li className={read ? 'notice-line' : 'notice-line notice-unread'}>
      <Go href={opens} className="plain notice-title wrap-any" onClick={follow}>
        {!read && <span className="visually-hidden">Unread: </span>}
        {title}
      </Go>
      <div className="dim small-print">
        {kinds[kind].name} ·{' '}
        <time dateTime={at} title={instant(at)}>
          {ago(at)}
        </time>
        {each.length > 0 && (
          <Button variant="subtle" size="compact-xs" aria-expanded={shown} onClick={() => setShown((was) => !was)}>
            {shown ? 'Less' : 'Each of them'}
          </Button>
        )}
        {!read && (
          <Button variant="subtle" size="compact-xs" aria-label={`Mark as read: ${title}`} onClick={() => void markRead({ ids })}>
            Mark as read
          </Button>
        )}
      </div>
      {shown && (
        <ul className="notice-each">
          {each.map((one) => (
            <li key={one.id}>
              <Go href={one.opens} className="go wrap-any" onClick={follow}>
                {one.title}
              </Go>
            </li>
          ))}
          {count > each.length && <li className="dim small-print">and {count - each.length} more</li>}
        </ul>
      )}
    </li>
  );
}

/** Marks what was there when it is pressed: what comes a moment later is left unread. */
export function MarkAllRead() {
  const unread = useUnread().data?.count ?? 0;
  if (unread === 0) return null;
  return (
    <Button variant="subtle" size="compact-sm" onClick={() => void markRead({ until: new Date().toISOString() })}>
      Mark all as read
    </Button>
  );
}
