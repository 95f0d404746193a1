import { Button, Select } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { IndexComponentAnswer } from '#features/alignment/contract/index-answer.ts';
import { type IndexRecords, indexRecordStates } from '#features/alignment/contract/index-records.ts';
import { count, plural, today } from '#ui/formats.ts';
import { Answer } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { listAllIndexRecords, useIndexRecords } from './asking.ts';
import { RecordTable } from './RecordTable.tsx';
import { paramsOf, stateWords } from './indexWords.ts';
import { saveIndexRecords } from './saveIndex.ts';

interface RecordsProps {
  component: IndexComponentAnswer;
  url: string;
  state: string | null;
  choose(state: string | null): void;
}

/** The very records, each with the day it counts on and why it is met or missed. */
export function ComponentRecords({ component, url, state, choose }: RecordsProps) {
  const params: Record<string, string> = { ...paramsOf(url), ...(state && { state }) };
  const list = useIndexRecords(params);
  return (
    <section>
      <div className="cost-records-head">
        <Select
          label="Records"
          w={220}
          allowDeselect={false}
          value={state ?? 'due'}
          onChange={(value) => choose(value === 'due' ? null : value)}
          data={[{ value: 'due', label: 'All that is due' }, ...indexRecordStates.map((value) => ({ value, label: stateWords[value] }))]}
        />
        <Save component={component} params={params} />
      </div>
      <Answer of={list} what="The records" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const first = pages[0]!;
          return (
            <div aria-busy={list.isPlaceholderData} style={{ opacity: list.isPlaceholderData ? 0.6 : 1 }}>
              <h3 className="cost-head">{headOf(first)}</h3>
              {first.hidden.records > 0 && (
                <p className="dim small-print" style={{ margin: '4px 0' }}>
                  {plural(first.hidden.records, 'record')} counted that you may not see: {count(first.hidden.count)} of{' '}
                  {count(first.hidden.of)} met.
                </p>
              )}
              {items.length === 0 ? <p className="dim">None.</p> : <RecordTable items={items} lookedAt={params['on'] ?? today()} />}
              {list.hasNextPage && (
                <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more ({count(items.length)} of {count(first.total)})
                </Button>
              )}
            </div>
          );
        }}
      </Answer>
    </section>
  );
}

const headOf = ({ total, sum }: IndexRecords): string => `${plural(total, 'record')}: ${count(sum.count)} of ${count(sum.of)} met`;

function Save({ component, params }: { component: IndexComponentAnswer; params: Record<string, string> }) {
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      saveIndexRecords(component, await listAllIndexRecords(params));
    } catch (error) {
      tellProblem(error, 'The file couldn’t be made');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      className="no-print"
      size="compact-sm"
      variant="default"
      loading={busy}
      leftSection={<IconDownload size={14} aria-hidden />}
      onClick={() => void save()}
    >
      Export
    </Button>
  );
}
