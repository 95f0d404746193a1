import { Button, Group, Text, TextInput } from '@mantine/core';
import type { ClauseAttainment } from '#features/agreement/contract.ts';
import { apiUrl } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { count, day, percent } from '#ui/formats.ts';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { ClauseRecordTable } from './ClauseRecordsDrawer.tsx';
import { queryOf, useAttainment, useAttainmentScope, useClauseRecords } from './useAttainment.ts';

/** The evidence of a period to print and keep: clause by clause, lead by lead. */
export function EvidencePage() {
  const me = useMe();
  const [scope, change] = useAttainmentScope();
  const attainment = useAttainment({ ...scope, by: 'none', clause: null, side: null });
  return (
    <Page
      title="Evidence"
      heading={`Evidence, ${day(scope.start)} to ${day(scope.end)}`}
      actions={
        <Group gap="xs" className="no-print">
          <Button
            component="a"
            variant="default"
            href={apiUrl('/attainment/evidence.csv', { start: scope.start, end: scope.end })}
            download
          >
            Download CSV
          </Button>
          <Button onClick={() => window.print()}>Print</Button>
        </Group>
      }
    >
      <Group gap="xs" mb="md" className="no-print">
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
      </Group>
      <Answer of={attainment} what="The evidence" lines={10}>
        {(answer) =>
          answer.clauses.length === 0 ? (
            <Empty title="No agreement was in force in this period" />
          ) : (
            <div className="stack">
              <Text size="sm" c="dimmed">
                {me.workspace.name}, times in {answer.timeZone}, counted {answer.as === 'then' ? 'as signed then' : 'as signed now'} as of{' '}
                {day(answer.asOf.slice(0, 10))}, rules {answer.rulesVersion}.
              </Text>
              {answer.clauses.map((clause) => (
                <ClauseEvidence key={clause.key} clause={clause} />
              ))}
            </div>
          )
        }
      </Answer>
    </Page>
  );
}

/** At most so many leads a clause on the page: the file holds all. */
const mostOnPage = 200;

function ClauseEvidence({ clause }: { clause: ClauseAttainment }) {
  const params = Object.fromEntries(new URLSearchParams(queryOf(clause.recordsUrl)));
  const list = useClauseRecords({ ...params, which: 'all' }, mostOnPage);
  const total = list.data?.pages[0]?.total ?? null;
  return (
    <Sheet title={`${clause.title}: ${percent(clause.attainment)}`} padded>
      <Text size="sm">{clause.sentence}</Text>
      <Text size="sm" c="dimmed" mb="xs">
        {count(clause.compliant)} of {count(clause.due)} kept, {count(clause.late)} late, {count(clause.missed)} missed,{' '}
        {count(clause.excused)} excused, {count(clause.open)} not due yet.
      </Text>
      <Answer of={list} what="The leads" lines={3}>
        {({ pages }) => {
          const items = pages[0]?.items ?? [];
          return items.length === 0 ? (
            <Text size="sm" c="dimmed">
              No lead in this period.
            </Text>
          ) : (
            <>
              <ClauseRecordTable items={items} />
              {total !== null && total > items.length && (
                <Text size="sm" c="dimmed" mt="xs">
                  The first {count(items.length)} of {count(total)}; the CSV file holds all.
                </Text>
              )}
            </>
          );
        }}
      </Answer>
    </Sheet>
  );
}
