import type { ReactNode } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FunnelAnswer } from '#features/funnel/contract.ts';
import { get } from '#ui/api/client.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Page } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { Button } from '@mantine/core';
import { paths } from '#ui/paths.ts';
import { FunnelChart } from './FunnelChart.tsx';
import { FunnelTable } from './FunnelTable.tsx';
import { FunnelTiles } from './FunnelTiles.tsx';
import { RecordsDrawer } from './RecordsDrawer.tsx';
import { ScopeBar } from './ScopeBar.tsx';
import { TrendSheet } from './TrendSheet.tsx';
import { scopeQuery, useScope } from './useScope.ts';

/**
 * The same numbers for everybody: how leads pass through the stages, by whatever one asks.
 * @param first what other features show everybody, before all else
 */
export function Scoreboard({ first }: { first?: ReactNode }) {
  const go = useGo();
  const [scope, setScope] = useScope();
  const [search, change] = useUrlSearch();
  const query = scopeQuery(scope);
  const funnel = useQuery({
    queryKey: ['funnel', query],
    queryFn: ({ signal }) => get<FunnelAnswer>('/funnel', query, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Page title="Scoreboard">
      {first}
      <ScopeBar scope={scope} setScope={setScope} />
      <Answer of={funnel} what="The funnel" lines={10}>
        {(answer) =>
          answer.stages.every(({ entered }) => entered === 0) && !scope.start && !scope.end ? (
            <Empty
              title="No leads yet"
              action={
                <Button variant="default" onClick={() => go(paths.imports())}>
                  Import files
                </Button>
              }
            >
              Once leads are in, every stage and every conversion between two stands here, and opens into the leads behind it.
            </Empty>
          ) : (
            <div className="stack" style={{ opacity: funnel.isPlaceholderData ? 0.6 : 1 }} aria-busy={funnel.isPlaceholderData}>
              <FunnelTiles answer={answer} />
              <div className="columns">
                <FunnelChart answer={answer} />
                <TrendSheet scope={scope} />
              </div>
              <FunnelTable answer={answer} scope={scope} />
            </div>
          )
        }
      </Answer>
      {search['records'] && <RecordsDrawer query={search['records']} onClose={() => change({ records: null })} />}
    </Page>
  );
}
