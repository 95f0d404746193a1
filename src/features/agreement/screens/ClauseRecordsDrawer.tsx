import { Button, Drawer, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { AttainmentAnswer, ClauseRecord } from '#features/agreement/contract.ts';
import { count, instant } from '#ui/formats.ts';
import { span } from '#ui/kit/ClockMark.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useClauseRecords } from './useAttainment.ts';

const which: Record<string, string> = {
  due: 'that fell due',
  compliant: 'kept',
  late: 'late',
  missed: 'missed',
  excused: 'excused',
  open: 'not due yet',
  all: 'in all',
};
export const stateLabels: Record<ClauseRecord['state'], string> = {
  open: 'Not due yet',
  met: 'Kept',
  late: 'Late',
  missed: 'Missed',
  excused: 'Excused',
};
const looks: Record<ClauseRecord['state'], string> = { open: '', met: 'good', late: 'bad', missed: 'bad', excused: 'dim' };

/** The very leads a number counts, each with its clock, evidence and excuse. */
export function ClauseRecordsDrawer({ query, answer, onClose }: { query: string; answer: AttainmentAnswer | undefined; onClose(): void }) {
  const params = useMemo(() => Object.fromEntries(new URLSearchParams(query)), [query]);
  const list = useClauseRecords(params);
  const clause = answer?.clauses.find(({ key }) => key === params['clause']);
  const total = list.data?.pages[0]?.total;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(1080px, 100%)"
      title={`${clause?.title ?? 'Leads'}: ${typeof total === 'number' ? `${count(total)} ` : ''}${which[params['which'] ?? 'due'] ?? ''}`}
    >
      {clause && (
        <Text size="sm" c="dimmed" mb="sm">
          {clause.sentence}
        </Text>
      )}
      <Answer of={list} what="The leads" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="No leads behind this number" />;
          return (
            <>
              <ClauseRecordTable items={items} />
              {list.hasNextPage && (
                <Button variant="default" mt="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  Show more
                </Button>
              )}
            </>
          );
        }}
      </Answer>
    </Drawer>
  );
}

export function ClauseRecordTable({ items }: { items: readonly ClauseRecord[] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Leads and their evidence">
      <table className="plain">
        <thead>
          <tr>
            {['Lead', 'Rep', 'From', 'Due', 'State', 'Evidence or excuse'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.leadId}>
              <th scope="row">
                <Go href={paths.record('leads', item.leadId)}>{item.leadName}</Go>
                <div className="dim" style={{ fontWeight: 400 }}>
                  {[item.company, item.segment].filter(Boolean).join(' · ')}
                </div>
              </th>
              <td>{item.member?.name ?? '–'}</td>
              <td>{instant(item.startedAt)}</td>
              <td>{instant(item.dueAt)}</td>
              <td className={looks[item.state]}>{stateLabels[item.state]}</td>
              <td className="wrap-any">
                {evidenceOf(item)}
                {item.workingMinutes !== null && item.metAt && (
                  <div className="dim">after {span(item.workingMinutes * 60_000)} of working time</div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function evidenceOf(item: ClauseRecord): string {
  if (item.excuse) return `Excused: ${item.excuse}`;
  if (item.evidence) return item.evidence.says;
  if (item.missing.length > 0) return `Missing: ${item.missing.join(', ')}`;
  return item.state === 'open' ? 'Nothing yet' : item.state === 'met' ? '' : 'No evidence on record';
}
