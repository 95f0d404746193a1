import { Select, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { qualityAnswer } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { count, day, percent } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';

type Quality = z.output<typeof qualityAnswer>;
type Counts = Quality['total'];

const groupings = [
  { value: 'campaign', label: 'by campaign' },
  { value: 'segment', label: 'by segment' },
  { value: 'channel', label: 'by channel' },
  { value: 'origin', label: 'by origin' },
  { value: 'person', label: 'by rep' },
  { value: 'clause', label: 'by clause' },
  { value: 'month', label: 'by month' },
];

/** Lead quality and reject accuracy, each with its denominator: neither side is judged by a bare count. */
export function QualitySheet() {
  const [search, change] = useUrlSearch();
  const by = search['by'] ?? 'campaign';
  const quality = useQuery({
    queryKey: ['rejections', 'quality', by],
    queryFn: ({ signal }) => get<Quality>('/rejections/quality', { by }, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Sheet
      title="Lead quality and reject accuracy"
      actions={
        <Select
          aria-label="Grouped"
          data={groupings}
          value={by}
          onChange={(value) => change({ by: value })}
          allowDeselect={false}
          w={150}
        />
      }
    >
      <Answer of={quality} what="Lead quality">
        {(answer) =>
          answer.total.passed === 0 ? (
            <Empty title="No leads passed in this period" />
          ) : (
            <>
              <QualityTable answer={answer} />
              <div className="sheet-body">
                {answer.notes.map((note) => (
                  <Text key={note} size="xs" c="dimmed">
                    {note}
                  </Text>
                ))}
                <Text size="xs" c="dimmed">
                  {day(answer.start)} to {day(answer.end)}
                </Text>
              </div>
            </>
          )
        }
      </Answer>
    </Sheet>
  );
}

function QualityTable({ answer }: { answer: Quality }) {
  const heads = ['', 'Passed', 'Decided', 'Rejected', 'Lead quality', 'Judged', 'Upheld', 'Reject accuracy', 'In the sample'];
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Lead quality">
      <table className="plain">
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={head} scope="col" className={at === 0 ? undefined : 'figure'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row) => (
            <Line key={row.group ?? ''} label={row.label} counts={row} />
          ))}
          <Line label="All" counts={answer.total} strong />
        </tbody>
      </table>
    </div>
  );
}

function Line({ label, counts, strong = false }: { label: string; counts: Counts; strong?: boolean }) {
  const cells = [
    count(counts.passed),
    count(counts.decided),
    count(counts.rejected),
    percent(counts.leadQuality),
    count(counts.judged),
    count(counts.upheld),
    percent(counts.rejectAccuracy),
    counts.sampled > 0 ? `${percent(counts.sampleAccuracy)} of ${count(counts.sampled)}` : '–',
  ];
  return (
    <tr style={strong ? { fontWeight: 600 } : undefined}>
      <th scope="row">{label}</th>
      {cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns of a fixed table
        <td key={at} className="figure">
          {cell}
        </td>
      ))}
    </tr>
  );
}
