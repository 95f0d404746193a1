import type { Period, PeriodList } from '#features/returns/contract/ledger.ts';
import { count, month, today } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { type Chain, chainOf } from './periodChain.ts';
import { OpenAmount } from './SummaryTable.tsx';
import { narrowedUrl } from './useLedgerDrawer.ts';

interface PeriodTableProps {
  answer: PeriodList;
  /** `YYYY-MM` */
  chosen: string | null;
  choose(month: string): void;
  open(url: string, about: string): void;
  close(period: Period): void;
}

/** The latest first: state, what both sides spent, and whether it can be closed. */
export function PeriodTable({ answer, chosen, choose, open, close }: PeriodTableProps) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Months">
      <table className="plain middle">
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">State</th>
            {['Marketing', 'Sales', 'Both', 'Entries'].map((head) => (
              <th key={head} scope="col" className="end">
                {head}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">Closing</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.items.map((period) => (
            <Row
              key={period.month}
              period={period}
              chain={chainOf(answer.items, period, today())}
              next={period === answer.items.findLast((each) => each.state === 'open')}
              chosen={chosen === period.month}
              choose={choose}
              open={open}
              close={close}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Omit<PeriodTableProps, 'answer' | 'chosen'> {
  period: Period;
  chain: Chain;
  /** The earliest open one: months are closed in order. */
  next: boolean;
  chosen: boolean;
}

function Row({ period, chain, next, chosen, choose, open, close }: RowProps) {
  const { month: name, state, currency, entries, recordsUrl, hints } = period;
  const over = name < today().slice(0, 7);
  return (
    <tr aria-current={chosen || undefined} className={chosen ? 'row-chosen' : undefined}>
      <th scope="row">
        <button type="button" className="as-link no-break" aria-pressed={chosen} onClick={() => choose(name)}>
          {month(name)}
        </button>
      </th>
      <td className="no-break">
        <span className={`state ${state === 'closed' ? 'state-good' : over ? 'state-waiting' : ''}`}>
          {state === 'closed' ? 'closed' : over ? 'open' : 'running'}
        </span>
        {state === 'open' && over && hints.length > 0 && <span className="dim small-print"> {count(hints.length)} to look at</span>}
      </td>
      {(['marketing', 'sales', 'total'] as const).map((part) => (
        <td key={part} className="end">
          <OpenAmount
            amount={period[part]}
            currency={currency}
            about={`${month(name)}${part === 'total' ? '' : `, ${part}`}`}
            url={part === 'total' ? recordsUrl : narrowedUrl(recordsUrl, { side: part })}
            open={open}
          />
        </td>
      ))}
      <td className="end">
        <OpenNumber value={entries} label={`Entries, ${month(name)}`} open={() => open(recordsUrl, month(name))} />
      </td>
      <td className="end">
        {next && over && (
          <Deed size="compact-sm" variant="default" whyNot={chain.whyNot} onClick={() => close(period)}>
            Close…
            <span className="visually-hidden"> {month(name)}</span>
          </Deed>
        )}
      </td>
    </tr>
  );
}
