import { Popover, UnstyledButton } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { countedUpTo } from '#features/notices/contract/notifications.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useNotifications, useUnread } from './asking.ts';
import { MarkAllRead, NotificationLines } from './NotificationLines.tsx';
import './notices.css';

/** In the rail: how many lines are unread, and on opening what they are. */
export function Bell() {
  const [open, setOpen] = useState(false);
  const unread = useUnread().data?.count ?? 0;
  return (
    <Popover opened={open} onChange={setOpen} position="right-start" width={400} shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <UnstyledButton className="rail-link" onClick={() => setOpen((was) => !was)}>
          <IconBell size={18} stroke={1.75} aria-hidden />
          <span style={{ flex: 1 }}>Notices</span>
          <UnreadMark count={unread} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Notices">
        {open && <Unread onGo={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

/** In the bar of a phone: the way to the list. */
export function PhoneBell() {
  const unread = useUnread().data?.count ?? 0;
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  return (
    <Go href={paths.notices()} className="phone-bell" aria-current={pathname === paths.notices() ? 'page' : undefined}>
      <IconBell size={20} stroke={1.75} aria-hidden />
      Notices
      <UnreadMark count={unread} />
    </Go>
  );
}

function UnreadMark({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="unread-mark">
      {count >= countedUpTo ? `${countedUpTo}+` : count}
      <span className="visually-hidden"> unread</span>
    </span>
  );
}

function Unread({ onGo }: { onGo(): void }) {
  const list = useNotifications({ view: 'unread', limit: 10 });
  return (
    <div className="bell-list">
      <div className="bell-head">
        <h2>Unread</h2>
        <MarkAllRead />
      </div>
      <Answer of={list} what="What is unread" lines={3}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p className="bell-empty dim">You have read everything.</p>;
          return <NotificationLines items={items} onGo={onGo} />;
        }}
      </Answer>
      <div className="bell-foot">
        <Go href={paths.notices()} onClick={onGo}>
          All notices
        </Go>
        <Go href={paths.settings('notices')} onClick={onGo}>
          What I am told of
        </Go>
      </div>
    </div>
  );
}
