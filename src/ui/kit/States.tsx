import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Problem, wordsOf } from '#ui/api/client.ts';

/** Nothing here yet: what would be here, and the way to get it. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <Title order={2}>{title}</Title>
      {children && (
        <Text c="dimmed" maw={520}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}

/** What went wrong, in the server's words, and a way to try again. */
export function Wrong({ error, retry, what = 'This' }: { error: unknown; retry?: () => void; what?: string }) {
  const missing = error instanceof Problem && error.status === 404;
  const forbidden = error instanceof Problem && error.status === 403;
  const title = missing ? 'Not found' : forbidden ? 'Not yours to see' : `${what} couldn’t be loaded`;
  return (
    <Stack align="center" gap="xs" py={40} px="md" ta="center" role="alert">
      <IconAlertTriangle size={24} className="warn" aria-hidden />
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw={520} className="wrap-any">
        {missing ? 'It may have been merged, removed, or belong to another workspace.' : wordsOf(error)}
      </Text>
      {retry && !missing && !forbidden && (
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </Stack>
  );
}

export function Loading({ lines = 6, height = 28 }: { lines?: number; height?: number }) {
  return (
    <Stack gap={10} role="status" aria-label="Loading" p="sm">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={height} width={`${100 - ((line * 13) % 35)}%`} />
      ))}
    </Stack>
  );
}

interface Asked<T> {
  data: T | undefined;
  error: unknown;
  refetch(): unknown;
}

/** Skeleton, error or content of one question. What is already on screen stays when asking again fails. */
export function Answer<T>({
  of,
  what,
  lines,
  children,
}: {
  of: Asked<T>;
  what?: string;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <Wrong error={of.error} retry={() => void of.refetch()} {...(what && { what })} />;
  return <Loading {...(lines !== undefined && { lines })} />;
}
