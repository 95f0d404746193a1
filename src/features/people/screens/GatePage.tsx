import { Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { ConnectionBanner } from '#ui/shell/ConnectionBanner.tsx';

/** The pages before one is inside: centred, with the mark. */
export function GatePage({ title, lead, wide, children }: { title: string; lead?: ReactNode; wide?: boolean; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Accord`;
  }, [title]);
  return (
    <>
      <ConnectionBanner />
      <main className="gate" id="content">
        <div className={`gate-sheet${wide ? ' gate-wide' : ''}`}>
          <Group gap="xs" mb="lg">
            <img src="/mark.svg" width={28} height={28} alt="" />
            <Text fw={600} size="lg">
              Accord
            </Text>
          </Group>
          <Title order={1} mb={4} className="wrap-any">
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" mb="lg">
              {lead}
            </Text>
          )}
          {children}
        </div>
      </main>
    </>
  );
}
