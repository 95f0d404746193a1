import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { CostAnswer, CostCause } from '#features/alignment/contract/cost.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { about, counted, rangeText, share } from './costWords.ts';
import { MendedBy } from './MendedBy.tsx';
import { RangeBar } from './RangeBar.tsx';
import { saveCauses } from './saveCost.ts';

interface CausesProps {
  answer: CostAnswer;
  open(cause: string): void;
}

/** Every cause with its amount, its range, and whether it is out of the ordinary. */
export function CausesSheet({ answer, open }: CausesProps) {
  const full = answer.causes.reduce((most, { high }) => Math.max(most, Number(high ?? 0)), 0) || 1;
  return (
    <Sheet
      title="Of what it is made up"
      actions={
        <Button
          className="no-print"
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveCauses(answer)}
        >
          Export
        </Button>
      }
    >
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Causes">
        <table className="plain stacked cost-table">
          <thead>
            <tr>
              {['Cause', 'Who can mend it', `About, and between (${answer.confidencePercent} of 100)`, 'Ordinary?', 'Records'].map(
                (head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {answer.causes.map((cause) => (
              <Row key={cause.cause} cause={cause} answer={answer} full={full} open={() => open(cause.cause)} />
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}

interface RowProps {
  cause: CostCause;
  answer: CostAnswer;
  full: number;
  open(): void;
}

function Row({ cause, answer: { currency, first }, full, open }: RowProps) {
  const { label, side, amount, low, high, whyNot } = cause;
  return (
    <tr data-first={first?.cause === cause.cause || undefined}>
      <th scope="row">
        <span className="cost-name">
          <button type="button" className="as-link" onClick={open}>
            {label}
          </button>
          <CauseExplained cause={cause} />
        </span>
      </th>
      <td data-label="Who can mend it">
        <MendedBy side={side} />
      </td>
      {amount === null || low === null || high === null ? (
        <td data-label="About" colSpan={2} className="dim cost-whynot">
          {whyNot}
        </td>
      ) : (
        <>
          <td data-label="About">
            <RangeBar {...{ amount, low, high, currency, full, side }} />
            <span className="cost-figures">
              <strong>{about(cause, currency)}</strong> <span className="dim">{rangeText(cause, currency)}</span>
            </span>
          </td>
          <td data-label="Ordinary?">
            <Ordinary cause={cause} />
          </td>
        </>
      )}
      <td data-label="Records">
        {cause.recordsUrl === null ? (
          <span className="dim">none</span>
        ) : (
          <button type="button" className="as-link" aria-label={`${label}: ${counted(cause.count, cause.of)}`} onClick={open}>
            {counted(cause.count, cause.of)}
          </button>
        )}
        {cause.unsettled > 0 && <div className="dim small-print">{counted(cause.unsettled, cause.of)} too young to count</div>}
      </td>
    </tr>
  );
}

/** The share it takes, beside the share that is no cause for alarm. Above it is what even the low end of the range exceeds. */
export function Ordinary({ cause: { share: held } }: { cause: CostCause }) {
  if (!held) return <span className="dim">nothing to hold it against</span>;
  const words = held.above ? 'Above' : held.value > held.threshold ? 'Perhaps above' : 'Ordinary';
  return (
    <>
      <span className={`state ${held.above ? 'cost-above' : ''}`}>{words}</span>
      <div className="dim small-print">
        {share(held.value)}; up to {share(held.threshold)} is ordinary
        {words === 'Perhaps above' && '; chance alone may explain it'}
      </div>
    </>
  );
}

/** What holds, how it is counted, and on what of the own past it rests. */
function CauseExplained({ cause: { label, holds, formula, formulaAt, basis } }: { cause: CostCause }) {
  return (
    <span className="no-print">
      <Explain label={`How “${label}” is counted`}>
        <p style={{ margin: 0 }}>{holds}</p>
        <p style={{ margin: '8px 0 0' }}>
          {formula}. <Go href={paths.document(formulaAt)}>As documented</Go>
        </p>
        <p className="dim" style={{ margin: '8px 0 0' }}>
          {basis}
        </p>
      </Explain>
    </span>
  );
}
