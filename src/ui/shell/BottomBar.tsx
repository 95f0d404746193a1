import { Drawer, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Go } from '#ui/kit/Go.tsx';
import { destinations, isWithin } from './destinations.ts';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import { WhoMenu } from './WhoMenu.tsx';

const first = ['Today', 'Inbox', 'Leads'];

/** The rail of a phone: the three most used, search, and the rest in a drawer. */
export function BottomBar({ onSearch, bell }: { onSearch(): void; bell?: ReactNode }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const [open, { open: show, close }] = useDisclosure(false);
  return (
    <>
      <nav className="bottom" aria-label="Main (phone)">
        {destinations
          .filter(({ label }) => first.includes(label))
          .map(({ label, href, icon: Icon }) => (
            <Go key={href} href={href} className="" aria-current={isWithin(href, pathname) ? 'page' : undefined}>
              <Icon size={20} stroke={1.75} />
              {label}
            </Go>
          ))}
        {bell}
        <button type="button" onClick={onSearch}>
          <IconSearch size={20} stroke={1.75} />
          Search
        </button>
        <button type="button" onClick={show} aria-expanded={open}>
          <IconMenu2 size={20} stroke={1.75} />
          More
        </button>
      </nav>
      <Drawer opened={open} onClose={close} title="Go to" position="bottom" size="auto">
        <WhoMenu />
        {destinations.map(({ label, href, icon: Icon }) => (
          <Go
            key={href}
            href={href}
            className="rail-link"
            style={{ minHeight: 44 }}
            onClick={close}
            aria-current={isWithin(href, pathname) ? 'page' : undefined}
          >
            <Icon size={20} stroke={1.75} />
            {label}
          </Go>
        ))}
        <Group mt="sm">
          <SchemeSwitch />
        </Group>
      </Drawer>
    </>
  );
}
