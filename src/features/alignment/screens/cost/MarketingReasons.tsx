import { Checkbox } from '@mantine/core';
import type { CostAssumptions, CostSettings } from '#features/alignment/contract/cost-settings.ts';
import { plural } from '#ui/formats.ts';
import type { Set } from './AssumptionsDialog.tsx';

interface ReasonsProps {
  stated: CostAssumptions;
  set: Set;
  reasons: CostSettings['reasons'];
}

/** Which of the reasons on lost deals marketing owns: told by their words until somebody says. */
export function MarketingReasons({ stated, set, reasons }: ReasonsProps) {
  const byWords = stated.marketingReasons === null;
  const owned = new Set(stated.marketingReasons ?? reasons.filter(({ marketing }) => marketing).map(({ reason }) => reason));
  const change = (reason: string, on: boolean): void => {
    const next = new Set(owned);
    if (on) next.add(reason);
    else next.delete(reason);
    set({ marketingReasons: [...next] });
  };
  return (
    <fieldset className="cost-reasons">
      <legend>Reasons for a lost deal that marketing owns</legend>
      {reasons.length === 0 ? (
        <p className="dim" style={{ margin: 0 }}>
          No lost deal states a reason yet.
        </p>
      ) : (
        <>
          <Checkbox
            label="Tell them by their words (fit, expectations, wrong audience)"
            checked={byWords}
            onChange={(event) => set({ marketingReasons: event.currentTarget.checked ? null : [...owned] })}
          />
          <div className="cost-reason-list" tabIndex={0} role="region" aria-label="Reasons on lost deals">
            {reasons.map(({ reason, deals }) => (
              <Checkbox
                key={reason}
                label={`${reason} (${plural(deals, 'deal')})`}
                checked={owned.has(reason)}
                onChange={(event) => change(reason, event.currentTarget.checked)}
              />
            ))}
          </div>
        </>
      )}
    </fieldset>
  );
}
