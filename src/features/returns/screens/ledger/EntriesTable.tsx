import type { CostEntry } from '#features/returns/contract/ledger.ts';
import { categoryLabels } from '#features/returns/contract/ledger.ts';
import { day, money } from '#ui/formats.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import { aimOf, costName } from './ledgerWords.ts';

interface EntriesTableProps {
  items: readonly CostEntry[];
  label: string;
  open(id: string): void;
}

/** Entries as a table; on a phone as cards. Each opens. */
export function EntriesTable({ items, label, open }: EntriesTableProps) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="plain stacked entries">
        <thead>
          <tr>
            {['Day', 'Side', 'Category', 'For', 'Supplier and what', 'Amount'].map((head) => (
              <th key={head} scope="col" className={head === 'Amount' ? 'end' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => (
            <EntryRow key={entry.id} entry={entry} open={open} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EntryRow({ entry, open }: { entry: CostEntry; open(id: string): void }) {
  const { id, occurredOn, side, category, supplier, description, amount, currency } = entry;
  const aim = aimOf(entry);
  return (
    <tr className={entry.reversedById || entry.reversesId ? 'entry-gone' : undefined}>
      <th scope="row">
        <button
          type="button"
          className="as-link no-break"
          aria-label={`Entry of ${day(occurredOn)}, ${costName(entry)}, ${money(amount, currency)}`}
          onClick={() => open(id)}
        >
          {day(occurredOn)}
        </button>
      </th>
      <td data-label="Side">
        <SideMark side={side} />
      </td>
      <td data-label="Category">{categoryLabels[category]}</td>
      <td data-label="For" className={`entry-text${aim ? '' : ' blank'}`}>
        {aim ? <span className="clamped">{aim}</span> : <span className="dim">–</span>}
      </td>
      <td data-label="What" className={`entry-text${supplier || description ? '' : ' blank'}`}>
        {supplier && <span className="clamped">{supplier}</span>}
        {description && <div className="dim entry-words">{description}</div>}
        {!supplier && !description && <span className="dim">–</span>}
      </td>
      <td data-label="Amount" className="end">
        <Amount entry={entry} />
      </td>
    </tr>
  );
}

/** What is booked, the amount as it was paid where that is in another currency, and what is particular about it. */
function Amount({ entry }: { entry: CostEntry }) {
  const { booked, bookedCurrency, amount, currency, reversedById, reversesId } = entry;
  const state = reversedById ? 'taken back' : reversesId ? 'takes one back' : null;
  return (
    <>
      <span className="entry-amount">{booked === null ? money(amount, currency) : money(booked, bookedCurrency)}</span>
      {booked !== null && currency !== bookedCurrency && <div className="dim small-print">{money(amount, currency)}</div>}
      {booked === null && <div className="warn small-print">waits for a rate</div>}
      {state && <div className="dim small-print">{state}</div>}
    </>
  );
}
