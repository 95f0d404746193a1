import { Button, Group } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { OverviewAnswer } from '#features/returns/contract/overview.ts';
import { get } from '#ui/api/client.ts';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { RecordsDrawer } from '#ui/figures/RecordsDrawer.tsx';
import { ReturnsTabs } from '../ReturnsTabs.tsx';
import { BudgetSheet } from './BudgetSheet.tsx';
import { ChangesSheet } from './ChangesSheet.tsx';
import { Headline } from './Headline.tsx';
import { Notes } from './Notes.tsx';
import { ComesBack, Spend } from './Tiles.tsx';
import { OverviewTrend } from './OverviewTrend.tsx';
import { SpendToMargin } from './SpendToMargin.tsx';
import { WhereNextSheet } from './WhereNextSheet.tsx';

/** The leader's page: what we spend, what comes back, what changed and why, where the next amount would bring most. */
export function Overview() {
  const [search, change] = useUrlSearch();
  const asked = { start: search['start'] ?? null, end: search['end'] ?? null };
  const overview = useQuery({
    queryKey: ['returns', 'overview', asked],
    queryFn: ({ signal }) => get<OverviewAnswer>('/returns/overview', asked, signal),
    placeholderData: keepPreviousData,
  });
  const open = (url: string, about: string): void => change({ open: url, about });
  const shown = overview.data;
  return (
    <Page
      title="Return on sales and marketing"
      actions={
        <Button className="no-print" variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          Print
        </Button>
      }
    >
      <ReturnsTabs />
      <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="Period" className="no-print">
        <Period start={asked.start ?? shown?.start ?? null} end={asked.end ?? shown?.end ?? null} change={change} />
      </Group>
      <Answer of={overview} what="The return" lines={12}>
        {(answer) =>
          isEmpty(answer) ? (
            <Empty
              title="Nothing was spent and nothing was won in this period"
              action={
                <Group>
                  <Button onClick={() => change({ start: null, end: null })}>Last complete month</Button>
                  <Go href={paths.imports()}>Import costs and deals</Go>
                </Group>
              }
            >
              This page sets what marketing and sales cost beside what came back: from {day(answer.start)} to {day(answer.end)} there is no
              cost and no won deal on record.
            </Empty>
          ) : (
            <div className="stack leader" style={{ opacity: overview.isPlaceholderData ? 0.6 : 1 }} aria-busy={overview.isPlaceholderData}>
              <Headline answer={answer} />
              <Spend answer={answer} open={open} />
              <ComesBack answer={answer} open={open} />
              <div className="columns">
                <SpendToMargin answer={answer} />
                <OverviewTrend answer={answer} />
              </div>
              <div className="columns">
                <ChangesSheet answer={answer} />
                <WhereNextSheet answer={answer} />
              </div>
              <div className="columns">
                <BudgetSheet answer={answer} />
                <Notes answer={answer} />
              </div>
              <p className="print-only dim">
                {day(answer.start)} to {day(answer.end)}, beside {day(answer.beforeStart)} to {day(answer.beforeEnd)} · {answer.currency} ·
                days of {answer.timeZone} · formulas {answer.version}
              </p>
            </div>
          )
        }
      </Answer>
      {search['open'] && <RecordsDrawer url={search['open']} about={search['about']} onClose={() => change({ open: null, about: null })} />}
    </Page>
  );
}

const isEmpty = ({ spend, comesBack, trend }: OverviewAnswer): boolean =>
  Number(spend.total.now.value ?? 0) === 0 && Number(comesBack.wonValue.now.value ?? 0) === 0 && trend.every(nothing);
const nothing = ({ costMarketing, costSales, wonValue }: OverviewAnswer['trend'][number]): boolean =>
  [costMarketing, costSales, wonValue].every((amount) => Number(amount) === 0);
