import { Button, Group, NumberInput, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { SpeedAnswer } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { addDays, count, percent, today } from '#ui/formats.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { SpeedCurve } from './SpeedCurve.tsx';
import { SpeedDrawer } from './SpeedDrawer.tsx';
import { SpeedTable } from './SpeedTable.tsx';
import { partOf, wallTime, workingTime } from './speedWords.ts';

const groupings = [
  { value: 'person', label: 'By rep' },
  { value: 'team', label: 'By team' },
  { value: 'origin', label: 'By origin' },
  { value: 'channel', label: 'By channel' },
  { value: 'campaign', label: 'By campaign' },
  { value: 'segment', label: 'By segment' },
  { value: 'hour', label: 'By hour of day' },
  { value: 'weekday', label: 'By weekday' },
  { value: 'month', label: 'By month' },
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
        <Period start={scope.start} end={scope.end} change={change} />
        <Select label="Split" w={150} data={groupings} value={scope.by} allowDeselect={false} onChange={(by) => change({ by })} />
        <NumberInput
          label="Within minutes"
          placeholder={String(speed.data?.withinMinutes ?? 60)}
          value={scope.within === null ? '' : Number(scope.within)}
          onChange={(value) => change({ within: value === '' ? null : String(value) })}
          min={1}
          max={100_000}
          allowDecimal={false}
          hideControls
          w={120}
        />
        {speed.data && (
          <Explain label="How speed to lead is counted">
            {[speed.data.formula, ...speed.data.notes].map((note) => (
              <p key={note} style={{ margin: '0 0 8px' }}>
                {note}
              </p>
            ))}
          </Explain>
        )}
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

function Tiles({ answer, open }: { answer: SpeedAnswer; open(url: string): void }) {
  const { total } = answer;
  const tiles: [string, string, string][] = [
    ['Median, working time', workingTime(total.medianWorking), `wall time ${wallTime(total.medianWall)}`],
    ['Nine of ten within, working time', workingTime(total.p90Working), `wall time ${wallTime(total.p90Wall)}`],
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
          onClick={() => open(partOf(total.recordsUrl, ['attempted', 'attempted', 'within', 'never'][at]!))}
        >
          <span className="tile-label">{label}</span>
          <span className="tile-figure">{figure}</span>
          <span className="tile-label">{about}</span>
        </button>
      ))}
    </div>
  );
}
