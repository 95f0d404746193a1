import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { RecurringCost } from '#features/returns/contract/ledger.ts';
import { useRights } from '#ui/api/session.ts';
import { capitalised, count, day, dayOfInstant, money, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { AddRecurring } from './AddRecurring.tsx';
import { useRecurring } from './asking.ts';
import { EndRecurring } from './EndRecurring.tsx';
import { LedgerDrawer } from './LedgerDrawer.tsx';
import { aimOf, costName, everyWords } from './ledgerWords.ts';
import { useLedgerDrawer } from './useLedgerDrawer.ts';

const onlyHeads = 'Recurring costs are kept by heads: a manager, an admin or the owner.';

/** Costs that come again: what falls due becomes an entry by itself. */
export function Recurring() {
  const recurring = useRecurring();
  const drawer = useLedgerDrawer();
  const mayPost = useRights().may('costs.post');
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<RecurringCost | null>(null);
  const add = (
    <Deed size="xs" leftSection={<IconPlus size={14} aria-hidden />} whyNot={mayPost ? null : onlyHeads} onClick={() => setAdding(true)}>
      Add
    </Deed>
  );
  return (
    <Sheet title="Costs that come again" actions={add}>
      <Answer of={recurring} what="The recurring costs">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing comes again yet">
              Licences, retainers, salaries: entered once, each falls due by itself and becomes an entry on its day, until you end it.
            </Empty>
          ) : (
            <>
              <p className="sheet-words">{summed(items)}</p>
              <Table items={items} whyNot={mayPost ? null : onlyHeads} end={setEnding} open={drawer.open} />
            </>
          )
        }
      </Answer>
      {adding && <AddRecurring onClose={() => setAdding(false)} />}
      {ending && <EndRecurring cost={ending} onClose={() => setEnding(null)} />}
      <LedgerDrawer drawer={drawer} />
    </Sheet>
  );
}

function summed(items: readonly RecurringCost[]): string {
  const next = items.map(({ nextOn }) => nextOn).filter((on) => on !== null);
  const going = `${next.length === 0 ? 'No cost goes' : plural(next.length, 'cost goes', 'costs go')} on${items.length > next.length ? `, ${count(items.length - next.length)} ended` : ''}.`;
  return next.length === 0 ? going : `${going} The next entry falls due on ${day(next.toSorted()[0])}.`;
}

interface TableProps {
  items: readonly RecurringCost[];
  whyNot: string | null;
  end(cost: RecurringCost): void;
  open(url: string, about: string): void;
}

function Table({ items, whyNot, end, open }: TableProps) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Recurring costs">
      <table className="plain">
        <thead>
          <tr>
            {['What', 'Side', 'Amount', 'How often', 'From', 'Entries so far', 'Next', ''].map((head) => (
              <th key={head} scope="col" className={head === 'Amount' || head === 'Entries so far' ? 'end' : undefined}>
                {head || <span className="visually-hidden">What can be done</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((cost) => (
            <Row
              key={cost.id}
              cost={cost}
              whyNot={whyNot}
              end={() => end(cost)}
              open={() => open(cost.recordsUrl, `${costName(cost)}, ${everyWords[cost.every]}`)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ cost, whyNot, end, open }: { cost: RecurringCost; whyNot: string | null; end(): void; open(): void }) {
  const { side, supplier, description, amount, currency, every, startsOn, endsOn, posted, lastOn, nextOn, endedAt, endedBy } = cost;
  return (
    <tr className={nextOn === null ? 'row-over' : undefined}>
      <th scope="row" className="entry-text">
        {supplier || capitalised(costName(cost))}
        <div className="dim entry-words">{[supplier && costName(cost), aimOf(cost), description].filter(Boolean).join(' · ')}</div>
      </th>
      <td>
        <SideMark side={side} />
      </td>
      <td className="end">{money(amount, currency)}</td>
      <td className="no-break">{everyWords[every]}</td>
      <td className="when">
        {day(startsOn)}
        <div className="dim small-print">
          {endsOn ? `to ${day(endsOn)}` : 'until ended'}
          {cost.recordedBy && `, by ${cost.recordedBy.name}`}
        </div>
      </td>
      <td className="end">
        <OpenNumber value={posted} label={`Entries of ${costName(cost)}`} open={open} />
        {lastOn && <div className="dim small-print">last {day(lastOn)}</div>}
      </td>
      <td className="when">
        {nextOn ? day(nextOn) : <span className="dim">{endedAt ? `ended ${dayOfInstant(endedAt)}` : 'over'}</span>}
        {endedBy && <div className="dim small-print">by {endedBy.name}</div>}
      </td>
      <td className="end">
        {endedAt === null && (
          <Deed size="compact-sm" variant="default" whyNot={whyNot ?? (nextOn === null ? 'It is over already.' : null)} onClick={end}>
            End…
          </Deed>
        )}
      </td>
    </tr>
  );
}
