import { ActionIcon, Group, Kbd, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Go } from '#ui/kit/Go.tsx';
import { destinations, isWithin } from './destinations.ts';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import { WhoMenu } from './WhoMenu.tsx';

export function Rail({ onSearch, onKeys, bell }: { onSearch(): void; onKeys(): void; bell?: ReactNode }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className="rail" aria-label="Main">
      <WhoMenu />
      <UnstyledButton className="rail-link" onClick={onSearch} mb={6} style={{ border: '1px solid var(--a-line-strong)' }}>
        <IconSearch size={16} />
        <Text size="sm" c="dimmed" style={{ flex: 1 }}>
          Search
        </Text>
        <Kbd size="xs">{/Mac/.test(navigator.platform) ? '⌘K' : 'Ctrl K'}</Kbd>
      </UnstyledButton>
      {bell}
      {destinations.map(({ label, href, icon: Icon }) => (
        <Go key={href} href={href} className="rail-link" aria-current={isWithin(href, pathname) ? 'page' : undefined}>
          <Icon size={18} stroke={1.75} />
          {label}
        </Go>
      ))}
      <div className="rail-gap" />
      <Group gap={4} justify="space-between">
        <SchemeSwitch />
        <Tooltip label="Keys (?)">
          <ActionIcon onClick={onKeys} aria-label="Show keys" color="gray">
            <IconKeyboard size={18} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </nav>
  );
}
