import { Progress, Text } from '@mantine/core';
import { Sheet } from '#ui/kit/Page.tsx';
import type { ImportRun } from './importTypes.ts';

export function RunProgress({ run }: { run: ImportRun }) {
  const { phase, done = 0, total = 0 } = run.progress ?? {};
  const share = total > 1 ? Math.min(100, Math.round((done / total) * 100)) : null;
  const words = phase ?? (run.status === 'applying' ? 'writing' : 'reading');
  return (
    <Sheet padded>
      <Text mb={8} role="status">
        {run.dryRun ? 'Trying: nothing is written.' : 'Running. It is all or nothing: if it is stopped, nothing of it stays.'}{' '}
        <strong>{words}</strong>
        {share === null ? '…' : ` ${share} %`}
      </Text>
      <Progress value={share ?? 100} animated={share === null} aria-label="Progress" />
      <Text size="xs" c="dimmed" mt={8}>
        You may leave this page; it goes on.
      </Text>
    </Sheet>
  );
}
