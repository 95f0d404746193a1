import { Button, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { z } from 'zod';
import type { CostSummary } from '#features/returns/contract/ledger.ts';
import type { BudgetList, budgetChanged } from '#features/returns/contract/plans.ts';
import { put, wordsOf } from '#ui/api/client.ts';
import { useRights } from '#ui/api/session.ts';
import { count, majorUnits, plural } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { tellUndoable } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { AddBudgetLine } from './AddBudgetLine.tsx';
import { askLedgerAgain } from './asking.ts';
import { BudgetGrid } from './BudgetGrid.tsx';
import {
  type ChangedLine,
  changesOf,
  type GridLine,
  type GridRow,
  keyOfLine,
  rowsOf,
  type Saved,
  savedOf,
  type Typed,
  cellOf,
} from './budgetCells.ts';

interface BudgetFormProps {
  answer: BudgetList;
  months: readonly string[];
  basis: CostSummary['basis'] | undefined;
}

const none: Typed = new Map();

/** The grid under edit. What others save meanwhile shows in every cell that isn't being changed here. */
export function BudgetForm({ answer, months, basis }: BudgetFormProps) {
  const { items, currency, notes } = answer;
  const mayPlan = useRights().may('costs.plan');
  const [typed, setTyped] = useState(none);
  const [added, setAdded] = useState<readonly GridLine[]>([]);
  const [adding, setAdding] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const saved = useMemo(() => savedOf(items, currency), [items, currency]);
  const rows = useMemo(() => rowsOf(items, added, basis), [items, added, basis]);
  const set = useCallback((cells: ReadonlyMap<string, string>) => setTyped((before) => new Map([...before, ...cells])), []);
  const changes = changesOf(rows, months, typed, saved, currency);
  const dirty = changes.lines.length > 0 || changes.wrong.length > 0;
  const whyNot = (side: GridRow['side']): string | null => {
    if (!mayPlan) return 'Budgets are set by heads: a manager, an admin or the owner.';
    return basis?.[side] === 'whole' ? null : `The budget of ${side} is set by its own heads and those of leadership.`;
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      await send(changes.lines);
      setTyped(none);
      tellUndoable(`${plural(changes.lines.length, 'amount')} saved.`, () => send(changes.before));
    } catch (error) {
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={`Planned, in ${currency}`}
      actions={
        <Group gap={6} wrap="nowrap">
          <Button size="xs" variant="default" onClick={() => saveCsv(`budget-${months[0]}.csv`, csvOf(rows, months, saved, currency))}>
            CSV
          </Button>
          <Deed
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            whyNot={mayPlan ? null : whyNot('marketing')}
            onClick={() => setAdding(true)}
          >
            Add a line
          </Deed>
        </Group>
      }
    >
      <Unsaved when={dirty && !busy} what="The budget" />
      <p className="sheet-words dim">
        Lines add up: “Everything else” is for what has no line of its own. Enter and the arrows go from row to row; a block copied from a
        spreadsheet can be pasted into any cell.
      </p>
      {notes.map((note) => (
        <div key={note} className="notice" style={{ margin: '0 14px 10px' }}>
          {note}
        </div>
      ))}
      <BudgetGrid rows={rows} months={months} typed={typed} saved={saved} currency={currency} whyNot={whyNot} set={set} />
      {(dirty || busy) && (
        <Group gap="sm" className="save-cells" role="group" aria-label="Changes not saved">
          <Button loading={busy} disabled={changes.wrong.length > 0} onClick={() => void save()}>
            Save {plural(changes.lines.length, 'change')}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => setTyped(none)}>
            Discard
          </Button>
          {(wrong || changes.wrong.length > 0) && (
            <span role="alert" className="bad wrap-any">
              {wrong ?? `${count(changes.wrong.length)} marked: an amount of ${currency} from 0, or nothing.`}
            </span>
          )}
        </Group>
      )}
      {adding && (
        <AddBudgetLine basis={basis} onClose={() => setAdding(false)} add={(line) => setAdded((before) => withLine(before, line))} />
      )}
    </Sheet>
  );
}

async function send(lines: readonly ChangedLine[]): Promise<void> {
  await put<z.output<typeof budgetChanged>>('/budgets', { lines });
  await askLedgerAgain();
}

const withLine = (lines: readonly GridLine[], line: GridLine): GridLine[] => [
  ...lines.filter((known) => keyOfLine(known) !== keyOfLine(line)),
  line,
];

const csvOf = (rows: readonly GridRow[], months: readonly string[], saved: Saved, currency: string): string[][] => [
  ['side', 'line', ...months],
  ...rows.map(({ side, label, key }) => [side, label, ...months.map((month) => amountText(saved.get(cellOf(key, month)), currency))]),
];
const amountText = (minor: string | undefined, currency: string): string => (minor === undefined ? '' : majorUnits(minor, currency));
