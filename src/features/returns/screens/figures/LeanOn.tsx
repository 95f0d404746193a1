import { Group } from '@mantine/core';
import type { FiguresAnswer } from '#features/returns/contract/figures.ts';
import { useRights } from '#ui/api/session.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import type { Change } from './scope.ts';

interface LeanOnProps {
  answer: Pick<FiguresAnswer, 'notes' | 'grossMarginPercent'> & { total?: FiguresAnswer['total'] };
  change: Change;
}

/** As the server says that records in another currency are in no sum. */
const withoutRate = /without a rate|no rate|for a rate/;

/** What is left out of the numbers, and where one can put it in. */
export function LeanOn({ answer, change }: LeanOnProps) {
  const maySet = useRights().may('figures.set');
  const { notes, grossMarginPercent, total } = answer;
  const parts = total?.parts;
  const noCosts = parts && !parts.costMarketing?.count && !parts.costSales?.count;
  if (notes.length === 0 && grossMarginPercent !== null && !noCosts) return null;
  return (
    <Sheet title="Before you lean on these numbers" padded>
      <ul className="notes">
        {noCosts && <li>No cost is on record in this period: what a customer costs and what comes back of the spend can’t be told.</li>}
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Group gap="md" mt="sm">
        {grossMarginPercent === null && maySet && (
          <button type="button" className="as-link" onClick={() => change({ settings: 'open' })}>
            Set the gross margin
          </button>
        )}
        {noCosts && <Go href={paths.costs()}>Enter or import costs</Go>}
        {notes.some((note) => withoutRate.test(note)) && <Go href={paths.costSettings('rates')}>Enter exchange rates</Go>}
        {parts?.customersAtEnd?.count === 0 && <Go href={paths.imports()}>Import revenue</Go>}
      </Group>
    </Sheet>
  );
}
