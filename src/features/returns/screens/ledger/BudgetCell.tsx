import { memo, type ClipboardEvent, type KeyboardEvent } from 'react';
import { amountOf, cellText } from './budgetCells.ts';

interface BudgetCellProps {
  cell: string;
  /** `row,month`: how the keyboard finds it. */
  place: string;
  label: string;
  text: string | undefined;
  saved: string | undefined;
  currency: string;
  readOnly: boolean;
  set(cells: ReadonlyMap<string, string>): void;
  paste(text: string, at: number): void;
}

/** One amount of the grid. There are many: each is drawn anew only when it changes. */
export const BudgetCell = memo(function BudgetCell({ cell, place, label, text, saved, currency, readOnly, set, paste }: BudgetCellProps) {
  const shown = text ?? cellText(saved, currency);
  if (readOnly) return <td className="end">{shown || <span className="dim">–</span>}</td>;
  const amount = text === undefined ? undefined : amountOf(text, currency);
  const wrong = text !== undefined && amount === undefined;
  const changed = text !== undefined && amount !== undefined && amount !== (saved ?? null);
  const onPaste = (event: ClipboardEvent): void => {
    const block = event.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(block.trim())) return;
    event.preventDefault();
    paste(block, Number(place.split(',')[1]));
  };
  return (
    <td className={`budget-cell${changed ? ' budget-changed' : ''}${wrong ? ' budget-wrong' : ''}`}>
      <input
        data-cell={place}
        aria-label={label}
        aria-invalid={wrong || undefined}
        inputMode="decimal"
        autoComplete="off"
        value={shown}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => set(new Map([[cell, event.currentTarget.value]]))}
        onBlur={() => changed && amount && set(new Map([[cell, cellText(amount, currency)]]))}
        onKeyDown={goOn}
        onPaste={onPaste}
      />
    </td>
  );
});

/** Enter and the arrows up and down go to the same month of the row above or below. */
function goOn(event: KeyboardEvent<HTMLInputElement>): void {
  const step =
    event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey) ? 1 : event.key === 'ArrowUp' || event.key === 'Enter' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const [row, month] = (event.currentTarget.dataset['cell'] ?? '').split(',').map(Number);
  const next = event.currentTarget.closest('table')?.querySelector<HTMLInputElement>(`[data-cell="${row! + step},${month}"]`);
  next?.focus();
}
