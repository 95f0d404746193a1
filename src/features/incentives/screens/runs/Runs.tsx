import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useRights } from '#ui/api/session.ts';
import { count, dayOfInstant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { type RunInList, useRuns } from '../asking.ts';
import { IncentiveTabs } from '../IncentiveTabs.tsx';
import { MoneySums } from '../MoneySums.tsx';
import { RunState } from './RunState.tsx';
import { StartRun } from './StartRun.tsx';

/** Runs: each pays one period, or shows what a plan would have paid. */
export function Runs() {
  const [search, change] = useUrlSearch();
  const [starting, setStarting] = useState(false);
  const runs = useRuns({ ...(search['kind'] && { kind: search['kind'] }), ...(search['versionId'] && { versionId: search['versionId'] }) });
  const start = useRights().may('incentives.run') ? <Button onClick={() => setStarting(true)}>Run a period</Button> : null;
  return (
    <Page title="Runs" actions={start}>
      <IncentiveTabs />
      <Answer of={runs} what="The runs" lines={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0)
            return (
              <Empty title="Nothing was run yet" action={start}>
                A run computes a period that is over by the plans everybody signed: line by line from what is on record. Two people approve
                it, then it is locked and goes to payroll. A shadow run shows what a plan would have paid.
              </Empty>
            );
          return (
            <>
              {search['kind'] && (
                <Button variant="subtle" onClick={() => change({ kind: null, versionId: null })}>
                  Show all runs
                </Button>
              )}
              <RunTable items={items} />
              {runs.hasNextPage && (
                <Button variant="default" mt="sm" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
      {starting && <StartRun onClose={() => setStarting(false)} />}
    </Page>
  );
}

function RunTable({ items }: { items: readonly RunInList[] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Runs">
      <table className="plain stacked">
        <thead>
          <tr>
            {['Period', 'State', 'Approved', 'People'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col" className="figure">
              Pays
            </th>
            <th scope="col">Started</th>
          </tr>
        </thead>
        <tbody>
          {items.map((run) => (
            <tr key={run.id}>
              <th scope="row">
                <Go href={paths.payoutRun(run.id)}>{run.label}</Go>
              </th>
              <td data-label="State">
                <RunState run={run} />
              </td>
              <td data-label="Approved">{run.payable ? `${count(run.approvals)} of 2` : '–'}</td>
              <td data-label="People">{count(run.payees)}</td>
              <td data-label="Pays" className="figure">
                <MoneySums sums={run.sums} />
              </td>
              <td data-label="Started">
                {run.startedBy.name}, {dayOfInstant(run.startedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!items[0]!.sumsAreWhole && (
        <Text size="sm" c="dimmed" mt={6}>
          The sums are of those whose pay you see.
        </Text>
      )}
    </div>
  );
}
