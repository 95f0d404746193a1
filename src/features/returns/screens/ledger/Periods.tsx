import { useState } from 'react';
import type { Period, PeriodList } from '#features/returns/contract/ledger.ts';
import { day, month, plural, today } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { ReturnsTabs } from '../ReturnsTabs.tsx';
import { usePeriods } from './asking.ts';
import { ClosePeriods } from './ClosePeriods.tsx';
import { LedgerDrawer } from './LedgerDrawer.tsx';
import './ledger.css';
import { withoutPayOf } from './ledgerWords.ts';
import { chainOf } from './periodChain.ts';
import { PeriodSheet } from './PeriodSheet.tsx';
import { PeriodTable } from './PeriodTable.tsx';
import { ReopenPeriod } from './ReopenPeriod.tsx';
import { useLedgerDrawer } from './useLedgerDrawer.ts';

type Doing = { what: 'close' | 'reopen'; period: Period } | null;

/** Months of the ledger: which finance can rely on, and what stands in the way of the others. */
export function Periods() {
  const [search, change] = useUrlSearch();
  const periods = usePeriods();
  const drawer = useLedgerDrawer();
  const [doing, setDoing] = useState<Doing>(null);
  return (
    <Page title="Periods">
      <ReturnsTabs />
      <Answer of={periods} what="The months" lines={12}>
        {(answer) => {
          if (answer.items.every(({ state, entries }) => state === 'open' && entries === 0)) return <NothingToClose />;
          const chosen = answer.items.find((each) => each.month === search['month']) ?? usual(answer);
          return (
            <>
              <Sentence answer={answer} />
              <div className="period-columns">
                {chosen && (
                  <PeriodSheet
                    key={chosen.month}
                    period={chosen}
                    chain={chainOf(answer.items, chosen, today())}
                    asked={search['month'] !== undefined}
                    open={drawer.open}
                    close={() => setDoing({ what: 'close', period: chosen })}
                    reopen={() => setDoing({ what: 'reopen', period: chosen })}
                  />
                )}
                <Sheet title="Months" actions={<CloseAll items={answer.items} close={(period) => setDoing({ what: 'close', period })} />}>
                  <PeriodTable
                    answer={answer}
                    chosen={chosen?.month ?? null}
                    choose={(name) => change({ month: name })}
                    open={drawer.open}
                    close={(period) => setDoing({ what: 'close', period })}
                  />
                </Sheet>
              </div>
              {doing?.what === 'close' && (
                <ClosePeriods
                  chain={chainOf(answer.items, doing.period, today())}
                  month={doing.period.month}
                  onClose={() => setDoing(null)}
                />
              )}
              {doing?.what === 'reopen' && <ReopenPeriod period={doing.period} items={answer.items} onClose={() => setDoing(null)} />}
            </>
          );
        }}
      </Answer>
      <LedgerDrawer drawer={drawer} />
    </Page>
  );
}

function NothingToClose() {
  return (
    <Empty title="Nothing to close yet" action={<Go href={paths.imports()}>Import costs</Go>}>
      A month that is over is closed once all its costs are in: it then takes no more entries, and its sums stay as finance reported them.
    </Empty>
  );
}

/** The one to be closed next, else the latest. */
const usual = ({ items }: PeriodList): Period | undefined => items.findLast(({ state }) => state === 'open') ?? items[0];

/** All that are over, in order. */
function CloseAll({ items, close }: { items: readonly Period[]; close(period: Period): void }) {
  const due = items.filter(({ state, month: name }) => state === 'open' && name < today().slice(0, 7));
  if (due.length < 2) return null;
  return (
    <Deed size="xs" variant="default" whyNot={chainOf(items, due[0]!, today()).whyNot} onClick={() => close(due[0]!)}>
      Close all up to {month(due[0]!.month)}…
    </Deed>
  );
}

function Sentence({ answer: { items, firstOpenDay } }: { answer: PeriodList }) {
  const closed = items.filter(({ state }) => state === 'closed');
  const due = items.filter(({ state, month: name }) => state === 'open' && name < today().slice(0, 7));
  const hidden = items[0] && withoutPayOf(items[0].basis);
  return (
    <p className="leader-headline" style={{ marginBottom: 12 }}>
      {closed.length === 0
        ? 'No month is closed yet.'
        : `Closed up to ${month(lastClosed(closed, firstOpenDay))}; the first day that takes entries is ${day(firstOpenDay)}.`}{' '}
      {due.length === 0
        ? 'No month that is over waits to be closed.'
        : `${plural(due.length, 'month')} that ${due.length === 1 ? 'is' : 'are'} over ${due.length === 1 ? 'waits' : 'wait'} to be closed.`}
      {hidden && <span className="dim"> Sums are without pay of {hidden}, which you may not see.</span>}
    </p>
  );
}

/** The last one before the first open day: a month reopened in between ends what can be relied on. */
function lastClosed(closed: readonly Period[], firstOpenDay: string): string {
  return closed.find((each) => each.month < firstOpenDay.slice(0, 7))?.month ?? closed[0]!.month;
}
