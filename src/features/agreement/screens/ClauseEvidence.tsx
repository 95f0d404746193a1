import { Text } from '@mantine/core';
import type { AttainmentAnswer, ClauseAttainment } from '#features/agreement/contract.ts';
import { count, percent, plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { ClauseRecordTable } from './ClauseRecordsDrawer.tsx';
import { paceDays } from './clauseWords.ts';
import { PaceDaysTable } from './PaceDays.tsx';
import { queryOf, useClauseRecords } from './useAttainment.ts';

interface EvidenceProps {
  clause: ClauseAttainment;
  answer: AttainmentAnswer;
}

/** One clause with all that it rests on: the working days of a pace, else its leads. */
export function ClauseEvidence({ clause, answer }: EvidenceProps) {
  return (
    <Sheet id={clause.key} title={`${clause.title}: ${percent(clause.attainment)}`} padded>
      <Text size="sm">{clause.sentence}</Text>
      <Text size="sm" c="dimmed" mb="xs">
        {countsInWords(clause)}
      </Text>
      {clause.pace ? (
        <>
          <PaceDaysTable clause={clause} pace={clause.pace} days={paceDays(clause.pace, answer)} />
          <Text size="sm" c="dimmed" mt="xs">
            The leads of each day stand in the CSV file.
          </Text>
        </>
      ) : (
        <Leads clause={clause} />
      )}
    </Sheet>
  );
}

function countsInWords(clause: ClauseAttainment): string {
  const due = clause.pace ? plural(clause.due, 'working day') : count(clause.due);
  const rest = [
    [clause.late, 'late'],
    [clause.missed, 'missed'],
    [clause.excused, 'excused'],
    [clause.open, 'not due yet'],
  ] as const;
  const more = rest.filter(([value]) => value > 0).map(([value, word]) => `${count(value)} ${word}`);
  return `${[`${count(clause.compliant)} of ${due} kept`, ...more].join(', ')}.`;
}

/** At most so many leads a clause on the page: the file holds all. */
const mostOnPage = 200;

function Leads({ clause }: { clause: ClauseAttainment }) {
  const params = Object.fromEntries(new URLSearchParams(queryOf(clause.recordsUrl)));
  const list = useClauseRecords({ ...params, which: 'all' }, mostOnPage);
  const total = list.data?.pages[0]?.total ?? null;
  return (
    <Answer of={list} what="The leads" lines={3}>
      {({ pages }) => {
        const items = pages[0]?.items ?? [];
        if (items.length === 0)
          return (
            <Text size="sm" c="dimmed">
              No lead in this period.
            </Text>
          );
        return (
          <>
            <ClauseRecordTable items={items} side={clause.side} />
            {total !== null && total > items.length && (
              <Text size="sm" c="dimmed" mt="xs">
                The first {count(items.length)} of {count(total)}; the CSV file holds all.
              </Text>
            )}
          </>
        );
      }}
    </Answer>
  );
}
