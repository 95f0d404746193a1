import { Button, Progress, Text, Title } from '@mantine/core';
import { useCallback, useEffect } from 'react';
import { queries } from '#ui/api/queries.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { Wrong } from '#ui/kit/States.tsx';
import { ConnectionBanner } from '#ui/shell/ConnectionBanner.tsx';
import { paths } from '#ui/paths.ts';
import { sampleIsWhole, useImport } from './importTypes.ts';

/** The sample company coming in; then the scoreboard. */
export function Opening() {
  const id = usePathParam('id');
  const go = useGo();
  const run = useImport(id, (known) => known.status === 'failed' || sampleIsWhole(known));
  const status = run.data?.status;
  const whole = run.data ? sampleIsWhole(run.data) : false;
  const goIn = useCallback(() => {
    void queries.invalidateQueries();
    go(paths.scoreboard(), { replace: true });
  }, [go]);
  useEffect(() => {
    document.title = 'Opening the sample company · Accord';
    if (whole) goIn();
  }, [whole, goIn]);
  const { phase, done = 0, total = 0 } = run.data?.progress ?? {};
  const share = total > 1 ? Math.min(100, Math.round((done / total) * 100)) : null;
  return (
    <>
      <ConnectionBanner />
      <main className="gate" id="content">
        <div className="gate-sheet">
          <Title order={1} mb="xs">
            Opening the sample company
          </Title>
          {run.error && !run.data ? (
            <Wrong error={run.error} retry={() => void run.refetch()} what="Its progress" />
          ) : status === 'failed' ? (
            <div className="notice bad" role="alert">
              {run.data?.error ?? 'It failed.'}{' '}
              <Button size="compact-sm" variant="default" onClick={() => go(paths.welcome())}>
                Back
              </Button>
            </div>
          ) : (
            <>
              <Text c="dimmed" mb="md">
                A year of leads, calls, deals and campaigns of a made-up company is read and written as an import would be; then its two
                sides agree, plan and meet. It takes about a minute.
              </Text>
              <Progress value={share ?? 100} animated={share === null} aria-label="Progress" />
              <Text size="sm" mt={8} role="status">
                {phase ?? 'starting'}
                {share === null ? '…' : ` ${share} %`}
              </Text>
              {status === 'done' && (
                <Button mt="md" variant="default" onClick={goIn}>
                  Go in now; the rest comes while you look around
                </Button>
              )}
            </>
          )}
        </div>
      </main>
    </>
  );
}
