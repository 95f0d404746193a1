import type { Scoreboard } from '#features/alignment/contract/scoreboard.ts';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { changeLook, changeText, scoreText } from '../index/indexWords.ts';
import { ScoreBar } from '../index/ScoreBar.tsx';

/** The index and its six activities; each opens where it is told apart. */
export function IndexTile({ index: { score, change, since, activities, first, opens, measuredPercent } }: { index: Scoreboard['index'] }) {
  return (
    <Sheet title="Alignment" actions={<Go href={opens}>The index</Go>} padded>
      {score === null ? (
        <p className="together-figure dim">Not measured yet</p>
      ) : (
        <p className="together-figure">
          <Go href={opens} className="plain">
            <strong>{scoreText(score)}</strong>
          </Go>{' '}
          <span className="dim">of 100</span>{' '}
          {change !== null && (
            <span className={`small-print ${changeLook(change)}`}>
              {changeText(change)} since {day(since)}
            </span>
          )}
        </p>
      )}
      <ul className="together-list">
        {activities.map(({ activity, label, score: own }) => (
          <li key={activity} className="together-activity">
            <Go href={paths.alignment({ at: activity })}>{label}</Go>
            <ScoreBar label={label} score={own} />
            <span className="figure">{scoreText(own)}</span>
          </li>
        ))}
      </ul>
      <p className="dim small-print together-foot">
        {first ? (
          <>
            Look here first: <Go href={first.opens}>{first.label}</Go>
          </>
        ) : (
          `${measuredPercent.toFixed(0)} % of it is measured.`
        )}
      </p>
    </Sheet>
  );
}
