import { useMemo } from 'react';
import type { WhatIfAnswer } from '#features/goals/contract/what-if.ts';
import { month, moneyAxis } from '#ui/formats.ts';
import { Chart, type Series } from '#ui/kit/Chart.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { drawn, gainText, rangeText, shown, type Shown } from '../goalWords.ts';
import { Ranges } from '../Ranges.tsx';
import { BeforeAfter } from './BeforeAfter.tsx';
import { EffectsSheet } from './EffectsSheet.tsx';

/** The plan’s range before and after: a sentence, a picture, the table, and what each change does by itself. */
export function WhatIfResult({ answer }: { answer: WhatIfAnswer }) {
  const { before, after, currency, tooLittle } = answer;
  if (tooLittle !== null)
    return (
      <Sheet title="Before and after" padded>
        <p className="dim">It can’t be told: {tooLittle}</p>
      </Sheet>
    );
  const of: Shown = { unit: 'amount', currency };
  return (
    <div className="stack">
      <p className="lead-sentence">
        <Verdict answer={answer} />
      </p>
      <Sheet title="What is won in the period" padded>
        <Ranges
          label="Revenue of the period before and after"
          of={of}
          gains={false}
          rows={[
            { key: 'before', label: 'As it is', value: before.revenue, colour: 'mid' },
            { key: 'after', label: 'If it is done', value: after.revenue, colour: 'ink' },
          ]}
          mark={{ value: after.target, label: 'the target' }}
        />
        <ByMonth answer={answer} />
        <BeforeAfter answer={answer} />
      </Sheet>
      <EffectsSheet answer={answer} />
      {answer.notes.length > 0 && <p className="dim small-print">{answer.notes.join(' ')}</p>}
    </div>
  );
}

function Verdict({ answer: { before, after, currency } }: { answer: WhatIfAnswer }) {
  const of: Shown = { unit: 'amount', currency };
  const gained = BigInt(after.revenue.mid) - BigInt(before.revenue.mid);
  if (gained === 0n)
    return (
      <>
        As it is, the period brings {rangeText(before.revenue, of)}; {shown(before.target, of)} is reached in {before.reachedPercent} of 100
        such periods.
      </>
    );
  return (
    <>
      In the middle <strong className={gained > 0n ? 'good' : 'bad'}>{gainText(String(gained), of)}</strong>: {rangeText(after.revenue, of)}{' '}
      instead of {rangeText(before.revenue, of)}. {shown(after.target, of)} is reached in <strong>{after.reachedPercent}</strong> of 100
      such periods instead of {before.reachedPercent}.
    </>
  );
}

function ByMonth({ answer: { months, currency } }: { answer: WhatIfAnswer }) {
  const picture = useMemo(() => {
    const of: Shown = { unit: 'amount', currency };
    const read = (pick: (line: WhatIfAnswer['months'][number]) => string) => months.map((line) => drawn(pick(line), of));
    const series: Series[] = [
      { name: 'To be won', type: 'bar', colour: 'mid', values: read(({ target }) => target) },
      { name: 'As it is', type: 'line', look: 'guide', colour: 'ink', values: read(({ before }) => before.mid) },
      { name: 'If it is done', type: 'line', colour: 'leadership', values: read(({ after }) => after.mid) },
    ];
    return { series, categories: months.map((line) => month(line.month)), axis: moneyAxis(currency) };
  }, [months, currency]);
  return <Chart label="Won by month, before and after" height={220} {...picture} />;
}
