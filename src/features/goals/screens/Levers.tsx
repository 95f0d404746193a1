import { type GoalDetail, goalStates, type Lever } from '#features/goals/contract/goals.ts';
import { gainRange, gainText, type Shown } from './goalWords.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { Opens } from './Opens.tsx';
import { Ranges } from './Ranges.tsx';

/** What would close the gap: each way with its range, and where it comes from. */
export function Levers({ known: { levers, gap, goal }, of }: { known: GoalDetail; of: Shown }) {
  if (levers.length === 0) return null;
  const short = gap !== null && gap.mid.startsWith('-') === (goal.direction === 'atLeast') && Number(gap.mid) !== 0;
  const behind = short || goalStates[goal.state].offPace;
  const told = levers.filter(({ effect }) => effect !== null);
  return (
    <section>
      <h3>{behind ? 'What would close the gap' : 'What would bring more'}</h3>
      <Ranges
        label="What each would bring by the end"
        of={of}
        rows={told.map(({ key, label, effect }) => ({ key, label, value: effect!, colour: 'good' }))}
        {...(short && gap && { mark: { value: gap.mid.replace('-', ''), label: 'the gap' } })}
      />
      <ul className="levers">
        {levers.map((lever) => (
          <LeverItem key={lever.key} lever={lever} of={of} />
        ))}
      </ul>
      <p className="small-print">
        <Go href={paths.whatIf({ version: goal.versionId })}>Try what they would do to the whole plan</Go>
      </p>
    </section>
  );
}

function LeverItem({ lever: { label, sentence, effect, closesPercent, why, from, caveat }, of }: { lever: Lever; of: Shown }) {
  return (
    <li>
      <strong>{label}.</strong> {sentence}{' '}
      {effect && (
        <span>
          About <strong>{gainText(effect.mid, of)}</strong> by the end ({gainRange(effect, of)})
          {closesPercent !== null && `: ${closesPercent} % of the gap`}.
        </span>
      )}
      {why && <span className="dim"> {why}</span>}
      {(from.length > 0 || caveat) && (
        <details>
          <summary>Where it comes from</summary>
          <ul>
            {from.map(({ text, recordsUrl }) => (
              <li key={text}>
                <Opens url={recordsUrl} about={label}>
                  {text}
                </Opens>
              </li>
            ))}
          </ul>
          {caveat && <p className="dim small-print">{caveat}</p>}
        </details>
      )}
    </li>
  );
}
