import { Button, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SpeedAnswer } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { addDays, count, percent, today } from '#ui/formats.ts';
import { span } from '#ui/kit/ClockMark.tsx';
import { Explain } from '#ui/kit/Explain.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { SpeedCurve } from './SpeedCurve.tsx';
import { SpeedDrawer } from './SpeedDrawer.tsx';
import { SpeedTable } from './SpeedTable.tsx';

const groupings = [
  { value: 'person', label: 'Rep' },
  { value: 'team', label: 'Team' },
  { value: 'origin', label: 'Origin' },
  { value: 'channel', label: 'Channel' },
  { value: 'campaign', label: 'Campaign' },
  { value: 'segment', label: 'Segment' },
  { value: 'hour', label: 'Hour of day' },
  { value: 'weekday', label: 'Weekday' },
  { value: 'month', label: 'Month' },
];

/** How fast leads get a first evidenced attempt, and what speed is worth to this company. */
export function SpeedPage() {
  const go = useGo();
  const [search, change] = useUrlSearch();
  const scope = {
    start: search['start'] ?? addDays(today(), -364),
    end: search['end'] ?? today(),
    by: search['by'] ?? 'person',
    within: search['within'] ?? null,
  };
  const speed = useQuery({
    queryKey: ['speed', scope],
    queryFn: ({ signal }) => get<SpeedAnswer>('/speed', scope, signal),
    placeholderData: keepPreviousData,
  });
  const open = (recordsUrl: string): void => change({ open: recordsUrl.split('?')[1] ?? '' });
  return (
    <Page
      title="Speed to lead"
      actions={
        <Button variant="default" onClick={() => go(paths.handoffMatrix({ start: scope.start, end: scope.end }))}>
          Who hands to whom
        </Button>
      }
    >
      <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="What is shown">
        <TextInput
          type="date"
          label="First day"
          value={scope.start}
          onChange={(event) => change({ start: event.currentTarget.value || null })}
        />
        <TextInput
          type="date"
          label="Last day"
          value={scope.end}
          onChange={(event) => change({ end: event.currentTarget.value || null })}
        />
        <Select label="By" w={140} data={groupings} value={scope.by} allowDeselect={false} onChange={(by) => change({ by })} />
        <NumberInput
          label="Within minutes"
          description={undefined}
          placeholder={String(speed.data?.withinMinutes ?? 60)}
          value={scope.within === null ? '' : Number(scope.within)}
          onChange={(value) => change({ within: value === '' ? null : String(value) })}
          min={1}
          max={100_000}
          allowDecimal={false}
          hideControls
          w={120}
        />
      </Group>
      <Answer of={speed} what="Speed to lead" lines={10}>
        {(answer) =>
          answer.total.leads === 0 ? (
            <Empty title="No lead was passed to sales in this period">
              The clock starts when a lead is routed, else when marketing passes it, and stops at the first call, mail or meeting on record.
            </Empty>
          ) : (
            <div className="stack" style={{ opacity: speed.isPlaceholderData ? 0.6 : 1 }} aria-busy={speed.isPlaceholderData}>
              <Tiles answer={answer} open={open} />
              <SpeedCurve answer={answer} open={open} />
              <SpeedTable answer={answer} open={open} />
            </div>
          )
        }
      </Answer>
      {search['open'] && <SpeedDrawer query={search['open']} onClose={() => change({ open: null })} />}
    </Page>
  );
}

export const minutes = (value: number | null): string => (value === null ? '–' : span(value * 60_000));

function Tiles({ answer, open }: { answer: SpeedAnswer; open(url: string): void }) {
  const { total } = answer;
  const tiles: [string, string, string][] = [
    ['Median, working time', minutes(total.medianWorking), `wall time ${minutes(total.medianWall)}`],
    ['Nine of ten within', minutes(total.p90Working), `wall time ${minutes(total.p90Wall)}`],
    [
      `Within ${answer.withinMinutes} working minutes`,
      percent(total.withinShare),
      `${count(total.within)} of ${count(total.judged)} whose time is up`,
    ],
    ['Never attempted', count(total.leads - total.attempted), `of ${count(total.leads)} leads`],
  ];
  return (
    <div className="tiles">
      {tiles.map(([label, figure, about], at) => (
        <button
          key={label}
          type="button"
          className="tile as-tile"
          onClick={() => open(`${answer.total.recordsUrl}&which=${['attempted', 'attempted', 'within', 'never'][at]}`)}
        >
          <span className="tile-label">{label}</span>
          <span className="tile-figure">{figure}</span>
          <span className="tile-label">{about}</span>
        </button>
      ))}
      <div className="tile">
        <div className="tile-label">
          How it is counted <Explain label="How speed to lead is counted">{[answer.formula, ...answer.notes].join(' ')}</Explain>
        </div>
      </div>
    </div>
  );
}
