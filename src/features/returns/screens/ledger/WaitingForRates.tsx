import { useState } from 'react';
import type { CostSummary } from '#features/returns/contract/ledger.ts';
import { useRights } from '#ui/api/session.ts';
import { money, plural } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { useRates } from './asking.ts';
import { RateDialog } from './RateDialog.tsx';
import { narrowedUrl } from './useLedgerDrawer.ts';

interface WaitingForRatesProps {
  answer: CostSummary;
  open(url: string, about: string): void;
}

/** What is in no sum because there is no rate for its day, and the way to mend it. */
export function WaitingForRates({ answer, open }: WaitingForRatesProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const mayPlan = useRights().may('costs.plan');
  if (answer.unbooked.length === 0) return null;
  return (
    <div className="notice warn" role="status">
      {answer.unbooked.map(({ currency, amount, entries }) => (
        <div key={currency} className="waiting-line">
          <span>
            {money(amount, currency)} in {plural(entries, 'entry', 'entries')} {entries === 1 ? 'waits' : 'wait'} for a rate of {currency}{' '}
            and {entries === 1 ? 'is' : 'are'} in no sum here.
          </span>
          <button
            type="button"
            className="as-link"
            onClick={() => open(narrowedUrl(answer.total.recordsUrl, { currency, state: 'unbooked' }), `Waiting for a rate of ${currency}`)}
          >
            Show {entries === 1 ? 'it' : 'them'}
          </button>
          <Deed
            size="compact-sm"
            variant="default"
            whyNot={mayPlan ? null : 'Rates are entered by heads: a manager, an admin or the owner.'}
            onClick={() => setAsked(currency)}
          >
            Enter a rate…
          </Deed>
        </div>
      ))}
      {asked && <RateWanted currency={asked} into={answer.currency} onClose={() => setAsked(null)} />}
    </div>
  );
}

/** Begins with the day of the first entry that waits, so that one rate is enough for all of them. */
function RateWanted({ currency, into, onClose }: { currency: string; into: string; onClose(): void }) {
  const rates = useRates(null);
  const first = rates.data?.pages[0];
  if (!first && !rates.error) return null;
  const firstOn = first?.wanted.find((wanted) => wanted.currency === currency)?.firstOn;
  return <RateDialog currency={currency} into={into} {...(firstOn && { onDay: firstOn })} onClose={onClose} />;
}
