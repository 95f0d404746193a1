import { Drawer } from '@mantine/core';
import type { IndexAnswer, IndexComponentAnswer } from '#features/alignment/contract/index-answer.ts';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';
import { MendedBy } from '../cost/MendedBy.tsx';
import { ComponentRecords } from './ComponentRecords.tsx';
import { shareText } from './indexWords.ts';
import { ShareBar } from './ScoreBar.tsx';

interface DrawerProps {
  answer: IndexAnswer;
  component: IndexComponentAnswer;
  /** Met, missed or open; null: all that is due. */
  state: string | null;
  choose(state: string | null): void;
  onClose(): void;
}

/** One component: what its figures say, how it is counted, and every record with why it counts as met or missed. */
export function ComponentDrawer({ answer, component, state, choose, onClose }: DrawerProps) {
  useFocusBack();
  const { label, side, sharePercent, targetPercent, floorPercent, opens, recordsUrl, begin } = component;
  return (
    <Drawer opened onClose={onClose} position="right" size="min(1000px, 100%)" title={label}>
      <div className="stack">
        <div>
          <p className="lead-sentence">{component.says}</p>
          <p className="cost-marks">
            <MendedBy side={side} />
            <span>
              {day(answer.start)} to {day(answer.on)}
            </span>
            <Go href={opens}>Where it is moved</Go>
          </p>
          {sharePercent === null ? (
            <p className="notice" style={{ margin: 0 }}>
              <strong>Not measured yet, which is not zero.</strong> {begin}
            </p>
          ) : (
            <ShareBar label={label} percent={sharePercent} floor={floorPercent} target={targetPercent} side={side} />
          )}
        </div>
        <Counted component={component} />
        {recordsUrl !== null && <ComponentRecords component={component} url={recordsUrl} state={state} choose={choose} />}
        {recordsUrl === null && sharePercent !== null && (
          <p style={{ margin: 0 }}>
            The records behind it stand on <Go href={opens}>the page where it is moved</Go>.
          </p>
        )}
      </div>
    </Drawer>
  );
}

function Counted({ component }: { component: IndexComponentAnswer }) {
  const { formula, sharePercent, targetPercent, floorPercent, score, weightPercent, points, pointsAtTarget, formulaAt } = component;
  return (
    <section>
      <h3 className="cost-head">How it is counted</h3>
      <dl className="cost-facts">
        <dt>Share</dt>
        <dd>{formula}.</dd>
        <dt>Score</dt>
        <dd>
          100 × (share − {shareText(floorPercent)}) ÷ ({shareText(targetPercent)} − {shareText(floorPercent)}), not below 0 and not above
          100
          {sharePercent !== null && score !== null && (
            <>
              : {sharePercent} % scores <strong>{score.toFixed(2)}</strong>
            </>
          )}
          .
        </dd>
        <dt>Weight</dt>
        <dd>
          {weightPercent} of 100 of its activity
          {points !== null && pointsAtTarget !== null && (
            <>
              ; it brings <strong>{points.toFixed(2)}</strong> points to the index, {pointsAtTarget.toFixed(2)} at its target
            </>
          )}
          .
        </dd>
        <dt>Documented in</dt>
        <dd className="wrap-any">
          <Go href={paths.document(formulaAt)}>{formulaAt}</Go>
        </dd>
      </dl>
    </section>
  );
}
