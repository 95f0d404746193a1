import { Button, Group } from '@mantine/core';
import type { WhereNextAnswer } from '#features/returns/contract/changes.ts';
import { day } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { RecordsDrawer } from '#ui/figures/RecordsDrawer.tsx';
import { AmountInput } from './AmountInput.tsx';
import { useFigures } from './asking.ts';
import { figureDrawer } from './drawerState.ts';
import { Notes } from './Notes.tsx';
import { ScopeBar } from './ScopeBar.tsx';
import { type Change, type FiguresScope, queryOf, useFiguresScope } from './scope.ts';
import { csvOf, WhereNextTable } from './WhereNextTable.tsx';

/** Where the next amount would bring most, with its range; or that it can't be told. */
export function WhereNext() {
  const [scope, change, search] = useFiguresScope();
  const next = useFigures<WhereNextAnswer>('/returns/where-next', queryOf(scope));
  const drawer = figureDrawer(search, change);
  const shown = next.data;
  return (
    <>
      <ScopeBar scope={scope} change={change} answer={shown} formulas={shown ? [shown.formula] : []}>
        <AmountInput
          label="The next amount"
          width={176}
          value={scope.amount ?? (shown?.amount === '0' ? null : shown?.amount) ?? null}
          currency={shown?.currency ?? ''}
          onChange={(amount) => change({ amount })}
        />
      </ScopeBar>
      <Answer of={next} what="Where next" lines={8}>
        {(answer) =>
          answer.rows.length === 0 ? (
            <NothingSpent answer={answer} scope={scope} change={change} />
          ) : (
            <div className="stack" style={{ opacity: next.isPlaceholderData ? 0.6 : 1 }} aria-busy={next.isPlaceholderData}>
              <Places answer={answer} scope={scope} change={change} open={drawer.openRecords} />
              <Notes notes={answer.notes} />
            </div>
          )
        }
      </Answer>
      {drawer.recordsUrl && <RecordsDrawer url={drawer.recordsUrl} about={drawer.about} onClose={drawer.closeRecords} />}
    </>
  );
}

interface PlacesProps {
  answer: WhereNextAnswer;
  scope: FiguresScope;
  change: Change;
}

function Places({ answer, scope, change, open }: PlacesProps & { open(url: string, about: string): void }) {
  return (
    <Sheet
      title="What the next amount would bring"
      actions={
        <Button
          variant="default"
          size="xs"
          onClick={() => saveCsv(`where-next-by-${answer.by}-${answer.start}-${answer.end}.csv`, csvOf(answer))}
        >
          CSV
        </Button>
      }
    >
      <div className="sheet-body">
        <p className="leader-headline">{answer.sentence}</p>
        <p className="dim" style={{ margin: '8px 0 0' }}>
          {answer.caveat} Read from {day(answer.start)} to {day(answer.end)}
          {answer.costBasis === 'programme' && ', costs without pay, which you may not see'}.
        </p>
        {answer.best === null && <LookFurther scope={scope} change={change} />}
      </div>
      <WhereNextTable answer={answer} open={open} />
    </Sheet>
  );
}

/** A short period tells nothing: months are held against months. */
function LookFurther({ scope, change }: Omit<PlacesProps, 'answer'>) {
  if (scope.start === null && scope.end === null) return null;
  return (
    <Button variant="default" size="xs" mt="sm" onClick={() => change({ start: null, end: null })}>
      Over the last 24 months on record
    </Button>
  );
}

function NothingSpent({ answer, scope, change }: PlacesProps) {
  return (
    <Empty
      title="No spend to compare in this period"
      action={
        <Group>
          <LookFurther scope={scope} change={change} />
          <Go href={paths.costs()}>Enter or import costs</Go>
        </Group>
      }
    >
      Months with more spend on a {answer.by} are held against months with less: costs need a {answer.by}, and some months must have passed.
    </Empty>
  );
}
