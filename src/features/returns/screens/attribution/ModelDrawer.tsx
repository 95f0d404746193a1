import { Drawer } from '@mantine/core';
import type { AttributionAnswer, ModelTotal } from '#features/returns/contract/attribution.ts';
import { ago, count, instant, money, percent, plural } from '#ui/formats.ts';
import { Work } from './Freshness.tsx';
import { labelOf } from './modelRanges.ts';

/** What a model says, how it comes to it, and what it doesn't know. */
export function ModelDrawer({ answer, model, onClose }: { answer: AttributionAnswer; model: string; onClose(): void }) {
  const total = answer.models.find((each) => each.model === model);
  if (!total) return null;
  return (
    <Drawer opened onClose={onClose} position="right" size="min(860px, 100%)" title={total.label}>
      <div className="stack">
        <p style={{ margin: 0 }}>{total.formula}</p>
        {total.estimate && <Estimated of={total} estimate={total.estimate} />}
        {total.whyNot && total.estimate?.state !== 'running' && <div className="notice">{total.whyNot}</div>}
        {total.remark && (
          <div className={total.kind === 'driven' ? 'notice warn' : 'notice'}>
            {total.kind === 'driven' && <strong>Observed, not tested. </strong>}
            {total.remark}
          </div>
        )}
        {total.conversions !== null && <Credits answer={answer} of={total} />}
      </div>
    </Drawer>
  );
}

function Estimated({ of, estimate }: { of: ModelTotal; estimate: NonNullable<ModelTotal['estimate']> }) {
  const { state, asOf, stale, progress, replicates, nulls } = estimate;
  const working = state === 'waiting' || state === 'running';
  return (
    <div role="status">
      {asOf && (
        <div>
          Of the journeys as they were {ago(asOf)} ({instant(asOf)}). {stale && 'Journeys changed since; a new answer is on its way.'}
        </div>
      )}
      {replicates !== null && of.conversions !== null && (
        <div className="dim">
          {replicates > 0 ? `Ranges rest on ${plural(replicates, 'drawn sample')}.` : 'Ranges are still being drawn.'}
          {nulls !== null && ` Learned also from ${plural(nulls, 'journey')} that did not convert.`}
        </div>
      )}
      {working && (
        <>
          <div>
            {progress && progress.of > 0
              ? `Being calculated: ${count(progress.done)} of ${count(progress.of)} steps.`
              : 'Waits for its turn to be calculated.'}
          </div>
          <Work done={progress} label={of.label} />
        </>
      )}
    </div>
  );
}

function Credits({ answer, of }: { answer: AttributionAnswer; of: ModelTotal }) {
  const { currency, by } = answer;
  const removal = answer.rows.some(({ models }) => typeof models[of.model]?.removalEffect === 'number');
  const ranges = of.kind === 'driven';
  const heads = ['Value', ...(ranges ? ['90 % of answers'] : []), 'Share', 'Conversions', ...(removal ? ['Removal effect'] : [])];
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={`Credit by ${of.label}`}>
      <table className="plain model-figures">
        <thead>
          <tr>
            <th scope="col" style={{ textTransform: 'capitalize' }}>
              {by}
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className="figure">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row) => {
            const credit = row.models[of.model];
            const range = credit?.valueInterval;
            return (
              <tr key={row.group ?? ''}>
                <th scope="row">{labelOf(by, row.label)}</th>
                <td className="figure">{money(credit?.value, currency)}</td>
                {ranges && <td className="figure dim">{range ? `${money(range.low, currency)} – ${money(range.high, currency)}` : '–'}</td>}
                <td className="figure">{percent(credit?.share)}</td>
                <td className="figure">{count(credit?.conversions)}</td>
                {removal && <td className="figure">{percent(credit?.removalEffect)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
