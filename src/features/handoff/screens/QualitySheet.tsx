import { Group, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { qualityAnswer } from '#features/handoff/contract.ts';
import { get } from '#ui/api/client.ts';
import { addDays, day, today } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { QualityDrawer } from './QualityDrawer.tsx';
import { QualityTable } from './QualityTable.tsx';

type Quality = z.output<typeof qualityAnswer>;

const groupings = [
  { value: 'campaign', label: 'By campaign' },
  { value: 'segment', label: 'By segment' },
  { value: 'channel', label: 'By channel' },
  { value: 'origin', label: 'By origin' },
  { value: 'person', label: 'By rep' },
  { value: 'clause', label: 'By clause' },
  { value: 'month', label: 'By month' },
];

/** Lead quality and reject accuracy, each with its denominator: neither side is judged by a bare count. */
export function QualitySheet() {
  const [search, change] = useUrlSearch();
  const asked = { by: search['by'] ?? 'campaign', start: search['start'] ?? addDays(today(), -89), end: search['end'] ?? today() };
  const quality = useQuery({
    queryKey: ['rejections', 'quality', asked],
    queryFn: ({ signal }) => get<Quality>('/rejections/quality', asked, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="What is shown">
        <Period start={asked.start} end={asked.end} change={change} />
        <Select label="Split" data={groupings} value={asked.by} onChange={(by) => change({ by })} allowDeselect={false} w={150} />
      </Group>
      <Sheet title="Lead quality and reject accuracy">
        <Answer of={quality} what="Lead quality">
          {(answer) =>
            answer.total.passed === 0 ? (
              <Empty title="No leads passed in this period">
                Of the leads marketing passes, sales decides on some and rejects a few; both shares stand here, with what they rest on.
              </Empty>
            ) : (
              <>
                <QualityTable answer={answer} open={(open) => change({ open })} />
                <div className="sheet-body">
                  <ul className="notes dim">
                    <li>
                      Leads passed from {day(answer.start)} to {day(answer.end)}.
                    </li>
                    {answer.notes.map((note) => (
                      <li key={note}>{note}</li>
                    ))}
                  </ul>
                </div>
              </>
            )
          }
        </Answer>
      </Sheet>
      {search['open'] && <QualityDrawer query={search['open']} onClose={() => change({ open: null })} />}
    </>
  );
}
