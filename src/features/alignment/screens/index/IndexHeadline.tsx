import type { IndexAnswer } from '#features/alignment/contract/index-answer.ts';
import { day } from '#ui/formats.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { MendedBy } from '../cost/MendedBy.tsx';
import { changeLook, changeText, scoreText } from './indexWords.ts';

interface HeadlineProps {
  answer: IndexAnswer;
  open(component: string): void;
}

/** The one sentence that matters, with its number and where it comes from. */
export function IndexHeadline({ answer, open }: HeadlineProps) {
  const { score, says, moved } = answer;
  return (
    <div>
      <div className="index-head">
        {score !== null && (
          <p className="index-figure">
            <strong>{scoreText(score)}</strong>
            {moved.change !== null && (
              <span className={`index-change ${changeLook(moved.change)}`}>
                {changeText(moved.change)} since {day(moved.since)}
              </span>
            )}
          </p>
        )}
        <p className="lead-sentence">
          {says} <HowItIsMade answer={answer} />
        </p>
      </div>
      <First answer={answer} open={open} />
    </div>
  );
}

const HowItIsMade = ({ answer: { activities, measuredPercent, version, on } }: { answer: IndexAnswer }) => (
  <Explain label="How the index is made">
    <p style={{ margin: 0 }}>
      Index = Σ weight × score over the activities that are measured. Each of the six counts the same, as far as it is measured; within an
      activity each component has its weight, and scores 100 × (share − floor) ÷ (target − floor), not below 0 and not above 100.
    </p>
    <table className="plain index-weights">
      <thead>
        <tr>
          <th scope="col">Activity</th>
          <th scope="col" className="figure">
            Weight
          </th>
          <th scope="col" className="figure">
            Score
          </th>
        </tr>
      </thead>
      <tbody>
        {activities.map(({ activity, label, weightPercent, score }) => (
          <tr key={activity}>
            <th scope="row">{label}</th>
            <td className="figure">{weightPercent.toFixed(1)} %</td>
            <td className="figure">{score === null ? 'not yet' : score.toFixed(2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <p className="dim" style={{ margin: '8px 0 0' }}>
      {measuredPercent.toFixed(0)} % of all weights are measured; what is not measured counts neither for nor against. Formulas {version},
      as of {day(on)}.
    </p>
  </Explain>
);

/** The illness to look at first, or that there is none. */
function First({ answer: { first, score }, open }: HeadlineProps) {
  if (!first)
    return score === null ? null : (
      <p className="cost-first notice">
        <strong>Nothing is surely out of the ordinary.</strong> What can be won is below.
      </p>
    );
  return (
    <p className="cost-first notice warn">
      <strong>Look here first: </strong>
      <button type="button" className="as-link" onClick={() => open(first.component)}>
        {first.label}
      </button>{' '}
      <MendedBy side={first.side} /> {first.says} <Go href={first.opens}>Go there</Go>
    </p>
  );
}
