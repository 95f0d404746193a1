import type { CostAnswer } from '#features/alignment/contract/cost.ts';
import { day, plural } from '#ui/formats.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { about, counted } from './costWords.ts';
import { MendedBy } from './MendedBy.tsx';
import { RangeBar } from './RangeBar.tsx';

interface HeadlineProps {
  answer: CostAnswer;
  open(cause: string): void;
}

/** The one sentence that matters: what it cost, most of what, and what is named first. */
export function CostHeadline({ answer, open }: HeadlineProps) {
  const { total, currency, causes } = answer;
  const whole = about(total, currency);
  if (whole === null)
    return (
      <p className="lead-sentence">
        What not working together cost from {day(answer.start)} to {day(answer.end)} <strong>can’t be told yet</strong>: there is not enough
        on record. Each cause below says what it needs.
      </p>
    );
  const most = causes[0];
  return (
    <div>
      <p className="lead-sentence">
        Not working together cost about <strong className="figure-strong">{whole}</strong>
        {spread(answer)} from {day(answer.start)} to {day(answer.end)}
        {most && most.amount !== null && most.amount !== '0' && (
          <>
            ; most of it:{' '}
            <button type="button" className="as-link" onClick={() => open(most.cause)}>
              {most.label}
            </button>
            , about {about(most, currency)}
          </>
        )}
        .{' '}
        <Explain label="How this sum is made">
          <p style={{ margin: 0 }}>
            Lost revenue of {about(total.lostRevenue, currency)} and {about(total.spent, currency)} paid for nothing. In{' '}
            {answer.confidencePercent} of 100 draws it lies in the range.
          </p>
          <p className="dim" style={{ margin: '8px 0 0' }}>
            It is the sum of the causes below: {counted(total.leads, 'lead')}, {counted(total.deals, 'deal')} and{' '}
            {counted(total.customers, 'account')}, each in the list of its cause. Each falls to the first cause that holds; nothing is
            counted twice. Formulas {answer.version}, as of {day(answer.asOf)}.
          </p>
        </Explain>
      </p>
      {total.amount !== null && total.low !== null && total.high !== null && (
        <div className="cost-whole">
          <RangeBar amount={total.amount} low={total.low} high={total.high} currency={currency} full={Number(total.high)} side="both" />
        </div>
      )}
      <First answer={answer} open={open} />
      {total.without.length > 0 && (
        <p className="dim small-print cost-without">
          {plural(total.without.length, 'cause')} of {causes.length} {total.without.length === 1 ? 'has' : 'have'} no amount and{' '}
          {total.without.length === 1 ? 'is' : 'are'} not in it: why stands beside {total.without.length === 1 ? 'it' : 'each'}.
        </p>
      )}
    </div>
  );
}

function spread({ total, currency }: CostAnswer): string {
  const { low, high } = total;
  if (low === null || high === null || low === high) return '';
  return ` (between ${about({ ...total, amount: low }, currency)} and ${about({ ...total, amount: high }, currency)})`;
}

/** Not the greatest amount: the cause that is furthest above what is ordinary. */
function First({ answer: { first }, open }: HeadlineProps) {
  if (!first)
    return (
      <p className="cost-first notice">
        <strong>Nothing is surely out of the ordinary.</strong> Every company loses some of this; no cause here is, beyond what chance
        explains, above what companies lose that are neither well nor badly aligned.
      </p>
    );
  return (
    <p className="cost-first notice warn">
      <strong>Look here first: </strong>
      <button type="button" className="as-link" onClick={() => open(first.cause)}>
        {first.label}
      </button>{' '}
      <MendedBy side={first.side} /> {first.says.replace(`${first.label}: `, 'It took ')}
    </p>
  );
}
