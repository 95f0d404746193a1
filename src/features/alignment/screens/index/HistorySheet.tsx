import { Button, Select } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { activityNames, activityTable } from '#engine/alignment/index/activities.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useIndexHistory } from './asking.ts';
import { HistoryPicture } from './HistoryPicture.tsx';
import { HistoryTable } from './HistoryTable.tsx';
import { saveHistory } from './saveIndex.ts';

/** What the index was, each day by the formula of its day. */
export function HistorySheet({ openDay }: { openDay(on: string): void }) {
  const history = useIndexHistory();
  const [of, setOf] = useState('index');
  const { data } = history;
  return (
    <Sheet
      title="What it was"
      actions={
        data &&
        data.points.length > 0 && (
          <Button
            className="no-print"
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => saveHistory(data)}
          >
            Export
          </Button>
        )
      }
      padded
    >
      <Answer of={history} what="What the index was" lines={6}>
        {(answer) =>
          answer.points.length === 0 ? (
            <p className="dim" style={{ margin: 0 }}>
              No day is kept yet. From today on the index of each day is kept, by the formula of that day.
            </p>
          ) : (
            <>
              <Select
                className="no-print"
                label="Of"
                w={320}
                maw="100%"
                allowDeselect={false}
                value={of}
                onChange={(value) => setOf(value ?? 'index')}
                data={[
                  { value: 'index', label: 'The index' },
                  ...activityNames.map((value) => ({ value, label: activityTable[value].label })),
                ]}
              />
              <HistoryPicture answer={answer} of={of} openDay={openDay} />
              <p className="dim small-print" style={{ margin: 0 }}>
                A full line was kept on its days, a dashed one is computed later from what was on record by then. Where the formulas change,
                a new line begins. Choose a day to see it.
              </p>
              <HistoryTable answer={answer} of={of} openDay={openDay} />
            </>
          )
        }
      </Answer>
    </Sheet>
  );
}
