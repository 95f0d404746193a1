import { Group, SegmentedControl, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CohortsAnswer, RetentionAnswer } from '#features/returns/contract/retention.ts';
import { get } from '#ui/api/client.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { RecordsDrawer } from '#ui/figures/RecordsDrawer.tsx';
import { ReturnsTabs } from '../ReturnsTabs.tsx';
import { Bridge } from './Bridge.tsx';
import { Cohorts } from './Cohorts.tsx';
import { RetentionTable } from './RetentionTable.tsx';
import { RetentionTiles } from './RetentionTiles.tsx';

const groupings = [
  { value: 'none', label: 'All customers' },
  { value: 'segment', label: 'By segment' },
  { value: 'channel', label: 'By channel' },
  { value: 'origin', label: 'By origin' },
  { value: 'campaign', label: 'By campaign' },
  { value: 'team', label: 'By team' },
  { value: 'owner', label: 'By owner' },
  { value: 'qualifier', label: 'By SDR' },
  { value: 'region', label: 'By region' },
  { value: 'product', label: 'By product' },
];
const bases = [
  { value: '', label: 'As set' },
  { value: 'terms', label: 'By terms' },
  { value: 'activity', label: 'By activity' },
];

/** What stays of the customers won: NRR, GRR, customers kept, and every cohort by age. */
export function Retention() {
  const [search, change] = useUrlSearch();
  const period = { start: search['start'] ?? null, end: search['end'] ?? null, basis: search['basis'] ?? null };
  const asked = { ...period, by: search['by'] ?? 'none' };
  const triangle = { ...period, every: search['every'] ?? 'month', measure: search['measure'] ?? 'customers' };
  const retention = useQuery({
    queryKey: ['returns', 'retention', asked],
    queryFn: ({ signal }) => get<RetentionAnswer>('/retention', asked, signal),
    placeholderData: keepPreviousData,
  });
  const cohorts = useQuery({
    queryKey: ['returns', 'cohorts', triangle],
    queryFn: ({ signal }) => get<CohortsAnswer>('/cohorts', triangle, signal),
    placeholderData: keepPreviousData,
  });
  const open = (url: string, about: string): void => change({ open: url, about });
  const shown = retention.data;
  return (
    <Page title="Retention">
      <ReturnsTabs />
      <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="What is shown">
        <Period start={period.start ?? shown?.start ?? null} end={period.end ?? shown?.end ?? null} change={change} />
        <Select label="Split" w={150} data={groupings} value={asked.by} allowDeselect={false} onChange={(by) => change({ by })} />
        <Select
          label="Customers counted"
          w={140}
          data={bases}
          value={period.basis ?? ''}
          allowDeselect={false}
          onChange={(basis) => change({ basis: basis || null })}
        />
        {shown && <HowCounted answer={shown} />}
      </Group>
      <Answer of={retention} what="Retention" lines={8}>
        {(answer) =>
          answer.total.bridge.start.count === 0 && answer.total.bridge.end.count === 0 ? (
            <Empty title="No customers in this period" action={<Go href={paths.imports()}>Import revenue</Go>}>
              Retention is read from revenue entries: what accounts pay after the win, new, renewed, more, less or refunded.
            </Empty>
          ) : (
            <div className="stack" style={{ opacity: retention.isPlaceholderData ? 0.6 : 1 }} aria-busy={retention.isPlaceholderData}>
              <RetentionTiles answer={answer} />
              <Bridge answer={answer} open={open} />
              {answer.by !== 'none' && <RetentionTable answer={answer} open={open} />}
            </div>
          )
        }
      </Answer>
      <Group gap="xs" align="flex-end" mt="xl" mb="sm" role="search" aria-label="Which cohorts">
        <SegmentedControl
          aria-label="Measure"
          value={triangle.measure}
          onChange={(measure) => change({ measure })}
          data={[
            { value: 'customers', label: 'Customers' },
            { value: 'revenue', label: 'Revenue' },
          ]}
        />
        <SegmentedControl
          aria-label="Length of a cohort"
          value={triangle.every}
          onChange={(every) => change({ every })}
          data={[
            { value: 'month', label: 'Months' },
            { value: 'quarter', label: 'Quarters' },
          ]}
        />
      </Group>
      <Answer of={cohorts} what="The cohorts" lines={10}>
        {(answer) => <Cohorts answer={answer} open={open} busy={cohorts.isPlaceholderData} />}
      </Answer>
      {search['open'] && <RecordsDrawer url={search['open']} about={search['about']} onClose={() => change({ open: null, about: null })} />}
    </Page>
  );
}

function HowCounted({ answer }: { answer: RetentionAnswer }) {
  const { nrr, grr, logoRetention, monthly } = answer.formulas;
  return (
    <Explain label="How retention is counted">
      {[`NRR: ${nrr}`, `GRR: ${grr}`, `Customers kept: ${logoRetention}`, `A month: ${monthly}`, ...answer.notes].map((note) => (
        <p key={note} style={{ margin: '0 0 8px' }}>
          {note}
        </p>
      ))}
    </Explain>
  );
}
