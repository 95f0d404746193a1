import { Button, Drawer, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ClauseAttainment, ClauseRecord } from '#features/agreement/contract.ts';
import { count, instant } from '#ui/formats.ts';
import { workingSpan } from '#ui/kit/ClockMark.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { inBrief } from './clauseWords.ts';
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
const stateLabels: Record<ClauseRecord['state'], string> = {
  open: 'Not due yet',
  met: 'Kept',
  late: 'Late',
  missed: 'Missed',
  excused: 'Excused',
};
const looks: Record<ClauseRecord['state'], string> = { open: '', met: 'good', late: 'bad', missed: 'bad', excused: 'dim' };

/** The very leads a number counts, each with its clock, evidence and excuse. */
export function ClauseRecordsDrawer({ query, clause, onClose }: { query: string; clause: ClauseAttainment | undefined; onClose(): void }) {
  const params = useMemo(() => Object.fromEntries(new URLSearchParams(query)), [query]);
  const list = useClauseRecords(params);
  const total = list.data?.pages[0]?.total;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(1080px, 100%)"
      title={[`${clause?.title ?? 'Leads'}:`, typeof total === 'number' && count(total), titleOf(params, clause)].filter(Boolean).join(' ')}
    >
      {clause && (
        <Text size="sm" c="dimmed" mb="sm">
          {inBrief(clause.sentence)}
        </Text>
      )}
      <Answer of={list} what="The leads" lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title="No leads behind this number" />;
          return (
            <>
              <ClauseRecordTable items={items} side={clause?.side ?? 'sales'} />
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

/** A pace counts the leads that came, a clause of leads or clocks those that fell due. */
const titleOf = ({ which: asked = 'due' }: Record<string, string>, clause: ClauseAttainment | undefined): string =>
  clause?.pace ? 'leads passed' : (which[asked] ?? '');

export function ClauseRecordTable({ items, side }: { items: readonly ClauseRecord[]; side: ClauseAttainment['side'] }) {
  const person = side === 'sales' ? 'Rep' : 'In marketing';
  // Marketing's clauses are met or not the moment a lead is passed: no clock runs.
  const hasClock = items.some(({ dueAt }) => dueAt !== null);
  const start = hasClock ? 'From' : 'Passed';
  const heads = ['Lead', person, start, ...(hasClock ? ['Due'] : []), 'State', 'Evidence or excuse'];
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Leads and their evidence">
      <table className="plain stacked">
        <thead>
          <tr>
            {heads.map((head) => (
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
              <td data-label={person}>{item.member?.name ?? '–'}</td>
              <td data-label={start} className="when">
                {instant(item.startedAt)}
              </td>
              {hasClock && (
                <td data-label="Due" className="when">
                  {instant(item.dueAt)}
                </td>
              )}
              <td data-label="State" className={looks[item.state]}>
                {stateLabels[item.state]}
              </td>
              <td data-label="Evidence" className="wrap-any">
                {evidenceOf(item)}
                {item.workingMinutes !== null && item.metAt && (
                  <div className="dim">after {workingSpan(item.workingMinutes)} of working time</div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function evidenceOf(item: ClauseRecord): string {
  if (item.excuse) return `Excused: ${item.excuse}`;
  if (item.evidence) return item.evidence.says;
  if (item.missing.length > 0) return `Missing: ${item.missing.join(', ')}`;
  return item.state === 'open' ? 'Nothing yet' : item.state === 'met' ? '' : 'No evidence on record';
}
