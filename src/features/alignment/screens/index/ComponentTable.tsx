import type { IndexComponentAnswer } from '#features/alignment/contract/index-answer.ts';
import { Go } from '#ui/kit/Go.tsx';
import { MendedBy } from '../cost/MendedBy.tsx';
import { scoreText, shareText } from './indexWords.ts';
import { ShareBar } from './ScoreBar.tsx';

interface TableProps {
  label: string;
  components: readonly IndexComponentAnswer[];
  open(component: string): void;
}

const heads = ['What is counted', 'Who can mend it', 'Share and target', 'Score', 'Points'];

/** What one activity is made of. Each share opens into its records and its formula. */
export function ComponentTable({ label, components, open }: TableProps) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={`Parts of “${label}”`}>
      <table className="plain stacked index-table">
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={head} scope="col" className={at > 2 ? 'figure' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {components.map((component) => (
            <Row key={component.component} component={component} open={() => open(component.component)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ component, open }: { component: IndexComponentAnswer; open(): void }) {
  const { label, side, sharePercent, targetPercent, floorPercent, score, points, pointsAtTarget, notYet, begin } = component;
  return (
    <tr>
      <th scope="row">
        <button type="button" className="as-link" onClick={open}>
          {label}
        </button>
      </th>
      <td data-label="Who can mend it">
        <MendedBy side={side} />
      </td>
      {sharePercent === null ? (
        <td data-label="Share" colSpan={3} className="cost-whynot">
          <strong className="dim">Not measured yet.</strong> <span className="dim">{notYet}</span>{' '}
          {begin && (
            <>
              {begin} <Go href={component.opens}>Begin</Go>
            </>
          )}
        </td>
      ) : (
        <>
          <td data-label="Share and target">
            <ShareBar label={label} percent={sharePercent} floor={floorPercent} target={targetPercent} side={side} />
            <button type="button" className="as-link" aria-label={`${label}: ${shareText(sharePercent)}`} onClick={open}>
              {shareText(sharePercent)}
            </button>{' '}
            <span className="dim small-print">target {shareText(targetPercent)}</span>
          </td>
          <td data-label="Score" className="figure">
            {scoreText(score)}
          </td>
          <td data-label="Points" className="figure no-break">
            {points === null ? '–' : points.toFixed(2)} <span className="dim">of {pointsAtTarget?.toFixed(2) ?? '–'}</span>
          </td>
        </>
      )}
    </tr>
  );
}
