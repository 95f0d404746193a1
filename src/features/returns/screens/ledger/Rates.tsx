import { Button, Group, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMe, useRights } from '#ui/api/session.ts';
import { day, instant, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { type Rate, type RateList, useRates } from './asking.ts';
import { RateDialog } from './RateDialog.tsx';

const onlyHeads = 'Rates are entered by heads: a manager, an admin or the owner.';

/** Rates of other currencies, by day; what waits for one comes first. */
export function Rates() {
  const [search, change] = useUrlSearch();
  const currency = search['currency'] ?? null;
  const rates = useRates(currency);
  const { currency: into } = useMe().workspace;
  const whyNot = useRights().may('costs.plan') ? null : onlyHeads;
  const [asked, setAsked] = useState<{ currency: string; onDay?: string } | null>(null);
  return (
    <Sheet
      title="Exchange rates"
      actions={
        <Deed
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          whyNot={whyNot}
          onClick={() => setAsked({ currency: currency ?? '' })}
        >
          Enter a rate
        </Deed>
      }
    >
      <Answer of={rates} what="The rates">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const wanted = pages[0]!.wanted;
          return (
            <>
              <Wanted wanted={wanted} whyNot={whyNot} ask={setAsked} />
              {items.length === 0 && currency === null ? (
                <Empty title="No rate is entered yet">
                  Costs in {into} need none. A cost in another currency is booked by the latest rate of its day or before; without one it
                  waits and is in no sum. The rate used stays beside each entry.
                </Empty>
              ) : (
                <>
                  <Which currency={currency} items={items} wanted={wanted} change={(chosen) => change({ currency: chosen })} />
                  <Table items={items} />
                  {rates.hasNextPage && (
                    <div className="more">
                      <Button variant="default" loading={rates.isFetchingNextPage} onClick={() => void rates.fetchNextPage()}>
                        Earlier
                      </Button>
                    </div>
                  )}
                </>
              )}
            </>
          );
        }}
      </Answer>
      {asked && <RateDialog {...asked} into={into} onClose={() => setAsked(null)} />}
    </Sheet>
  );
}

interface WantedProps {
  wanted: RateList['wanted'];
  whyNot: string | null;
  ask(of: { currency: string; onDay: string }): void;
}

function Wanted({ wanted, whyNot, ask }: WantedProps) {
  return wanted.map(({ currency, entries, firstOn }) => (
    <div key={currency} className="notice warn waiting-line" style={{ margin: 10 }}>
      <span>
        {plural(entries, 'entry', 'entries')} in {currency} {entries === 1 ? 'waits' : 'wait'} for a rate, the first of {day(firstOn)}.
      </span>
      <Deed size="compact-sm" variant="default" whyNot={whyNot} onClick={() => ask({ currency, onDay: firstOn })}>
        Enter it…
      </Deed>
    </div>
  ));
}

interface WhichProps {
  currency: string | null;
  items: readonly Rate[];
  wanted: RateList['wanted'];
  change(currency: string | null): void;
}

function Which({ currency, items, wanted, change }: WhichProps) {
  const known = [...new Set([...items, ...wanted].map((each) => each.currency).concat(currency ?? []))].toSorted();
  return (
    <Group px={10} pt={10}>
      <Select
        aria-label="Currency"
        placeholder="All currencies"
        w={170}
        data={known}
        value={currency}
        clearable
        clearButtonProps={{ 'aria-label': 'All currencies' }}
        searchable
        onChange={change}
      />
    </Group>
  );
}

function Table({ items }: { items: readonly Rate[] }) {
  if (items.length === 0) return <Empty title="No rate of this currency" />;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Exchange rates">
      <table className="plain">
        <thead>
          <tr>
            {['Counts from', 'Rate', 'From', 'Recorded', ''].map((head) => (
              <th key={head} scope="col">
                {head || <span className="visually-hidden">Whether it counts</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ id, onDay, currency, intoCurrency, rate, source, recordedAt, recordedBy, counts }) => (
            <tr key={id} className={counts ? undefined : 'row-over'}>
              <th scope="row" className="no-break">
                {day(onDay)}
              </th>
              <td className="no-break">
                1 {currency} = <strong>{rate}</strong> {intoCurrency}
              </td>
              <td className="entry-text">{source ?? <span className="dim">not said</span>}</td>
              <td className="when dim">
                {instant(recordedAt)}
                {recordedBy && `, ${recordedBy.name}`}
              </td>
              <td className="dim">
                {counts ? '' : 'replaced by a later record of the same day, or of a former currency of the workspace'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
