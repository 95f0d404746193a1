import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { monthOf } from '#features/returns/contract/months.ts';
import type { VarianceAnswer } from '#features/returns/contract/plans.ts';
import { get } from '#ui/api/client.ts';
import { majorUnits, money, month, today } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { overUnder, sideOptions } from './ledgerWords.ts';
import { VarianceTable } from './VarianceTable.tsx';

interface VarianceSheetProps {
  /** First and last month of the grid. */
  start: string;
  end: string;
  search: Record<string, string>;
  change(changes: Record<string, string | null>): void;
  open(url: string, about: string): void;
}

const groupings = [
  { value: 'category', label: 'By category' },
  { value: 'side', label: 'By side' },
  { value: 'month', label: 'By month' },
  { value: 'campaign', label: 'By campaign' },
  { value: 'team', label: 'By team' },
];

/** Spent against planned: so far, for a year that is not over looks too good as a whole. */
export function VarianceSheet({ start, end, search, change, open }: VarianceSheetProps) {
  const now = monthOf(today());
  const running = start <= now && now < end;
  const soFar = running && search['upTo'] !== 'end';
  const asked = { start, end: soFar ? now : end, by: search['by'] ?? 'category', side: search['side'] ?? null };
  const variance = useQuery({
    queryKey: ['returns', 'variance', asked],
    queryFn: ({ signal }) => get<VarianceAnswer>('/budgets/variance', asked, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Sheet title="Spent against planned" actions={variance.data && <Actions answer={variance.data} />} padded>
      <Group gap="xs" mb="sm" role="search" aria-label="What is compared">
        <Select aria-label="Split" w={150} data={groupings} value={asked.by} allowDeselect={false} onChange={(by) => change({ by })} />
        <Select
          aria-label="Side"
          w={130}
          data={[{ value: '', label: 'Both sides' }, ...sideOptions]}
          value={asked.side ?? ''}
          allowDeselect={false}
          onChange={(side) => change({ side: side || null })}
        />
        {running && (
          <SegmentedControl
            aria-label="Up to when"
            value={soFar ? 'now' : 'end'}
            onChange={(value) => change({ upTo: value === 'end' ? 'end' : null })}
            data={[
              { value: 'now', label: `Up to ${month(now)}` },
              { value: 'end', label: 'All twelve months' },
            ]}
          />
        )}
      </Group>
      <Answer of={variance} what="The comparison">
        {(answer) => (
          <div style={{ opacity: variance.isPlaceholderData ? 0.6 : 1 }} aria-busy={variance.isPlaceholderData}>
            {answer.total.budget === '0' ? (
              <Empty title="Nothing is planned for these months">
                {answer.total.actual === '0' ? 'Nothing was spent either. ' : `${money(answer.total.actual, answer.currency)} was spent. `}
                Set amounts in the grid below: what is spent then stands against them here, line by line.
              </Empty>
            ) : (
              <>
                <Sentence answer={answer} />
                <VarianceTable answer={answer} open={open} />
                {answer.notes.map((note) => (
                  <p key={note} className="dim small-print" style={{ marginBottom: 0 }}>
                    {note}
                  </p>
                ))}
              </>
            )}
          </div>
        )}
      </Answer>
    </Sheet>
  );
}

function Sentence({ answer: { start, end, total, currency } }: { answer: VarianceAnswer }) {
  const { text, over } = overUnder(total.variance, currency);
  const when = start === end ? month(start) : `${month(start)} to ${month(end)}`;
  return (
    <p style={{ marginTop: 0 }}>
      {when}: <strong>{money(total.actual, currency)}</strong> spent of <strong>{money(total.budget, currency)}</strong> planned,{' '}
      <strong className={over ? 'bad' : undefined}>{text}</strong>.
    </p>
  );
}

function Actions({ answer }: { answer: VarianceAnswer }) {
  return (
    <Group gap={6} wrap="nowrap">
      <Explain label="How planned and spent are compared">
        <p style={{ margin: '0 0 8px' }}>{answer.formula}.</p>
        <p className="dim" style={{ margin: 0 }}>
          Formulas {answer.version}.
        </p>
      </Explain>
      <Button size="xs" variant="default" onClick={() => saveCsv(`variance-${answer.start}.csv`, csvOf(answer))}>
        CSV
      </Button>
    </Group>
  );
}

const csvOf = ({ rows, total, by, currency }: VarianceAnswer): (string | number | null)[][] => [
  [by, `planned (${currency})`, `spent (${currency})`, `over or under (${currency})`, 'share'],
  ...[...rows, { ...total, label: 'total' }].map((row) => [
    row.label,
    ...[row.budget, row.actual, row.variance].map((amount) => majorUnits(amount, currency)),
    row.share,
  ]),
];
