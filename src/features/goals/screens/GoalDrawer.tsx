import { Drawer } from '@mantine/core';
import type { GoalDetail } from '#features/goals/contract/goals.ts';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useFocusBack } from '#ui/kit/useFocusBack.ts';
import { paths } from '#ui/paths.ts';
import { useGoal } from './asking.ts';
import { CourseChart } from './CourseChart.tsx';
import { GoalMark } from './GoalMark.tsx';
import { Owners } from './GoalTable.tsx';
import { rangeText, shown, type Shown } from './goalWords.ts';
import { Levers } from './Levers.tsx';
import { Opens } from './Opens.tsx';

/** One goal: its course, what it is made of, where it is going, and what would close the gap. */
export function GoalDrawer({ id, onClose }: { id: string; onClose(): void }) {
  useFocusBack();
  const goal = useGoal(id);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(880px, 100%)" title={goal.data?.goal.title ?? 'Goal'}>
      <Answer of={goal} what="The goal" lines={10}>
        {(known) => <Detail known={known} />}
      </Answer>
    </Drawer>
  );
}

function Detail({ known }: { known: GoalDetail }) {
  const { goal, currency } = known;
  const of: Shown = { unit: goal.unit, currency };
  return (
    <div className="stack">
      <p className="lead-sentence">
        <GoalMark state={goal.state} /> {goal.says}
      </p>
      {known.course.length > 0 && <CourseChart known={known} of={of} />}
      <div className="columns">
        <section>
          <h3>What it is made of</h3>
          <dl className="figures-list">
            {goal.parts.map(({ label, count: counted, amount, recordsUrl }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  {amount !== null && <>{shown(amount, { unit: 'amount', currency })} · </>}
                  {counted === null ? (
                    <Opens url={recordsUrl} about={label}>
                      Records
                    </Opens>
                  ) : (
                    <Opens url={recordsUrl} about={label}>
                      {shown(String(counted), { unit: 'count', currency })}
                    </Opens>
                  )}
                </dd>
              </div>
            ))}
          </dl>
          <p className="dim small-print">{goal.formula}.</p>
        </section>
        <Forecast known={known} of={of} />
      </div>
      <Levers known={known} of={of} />
      <div className="columns">
        <section>
          <h3>Owned by both sides</h3>
          <Owners owners={goal.owners} />
          <p className="dim small-print">
            {day(goal.start)} to {day(goal.end)} · told to both when more than {goal.tolerancePercent} % off pace ·{' '}
            <Go href={paths.goalPlan(goal.versionId)}>The plan it stands in</Go>
          </p>
        </section>
        <Misses misses={known.misses} of={of} />
      </div>
    </div>
  );
}

function Forecast({ known: { goal, gap }, of }: { known: GoalDetail; of: Shown }) {
  const { value, parts, reachedPercent, why, formula, notes } = goal.forecast;
  return (
    <section>
      <h3>Where it is going</h3>
      {value === null ? (
        <p className="dim">{why}</p>
      ) : (
        <>
          <dl className="figures-list">
            {parts && (
              <>
                <Line label="There already" text={shown(parts.actual, of)} />
                <Line label="Of what is under way" text={rangeText(parts.underWay, of)} />
                <Line label="Still to come" text={rangeText(parts.toCome, of)} />
              </>
            )}
            <Line label={`By ${day(goal.end)}`} text={rangeText(value, of)} strong />
            {gap && <Line label="Against the target" text={gapText(gap, of)} />}
            {reachedPercent !== null && <Line label="Reached in" text={`${reachedPercent} of 100 such courses`} />}
          </dl>
          <p className="dim small-print">
            {formula}. {notes.join(' ')}
          </p>
        </>
      )}
    </section>
  );
}

const Line = ({ label, text, strong = false }: { label: string; text: string; strong?: boolean }) => (
  <div>
    <dt>{label}</dt>
    <dd>{strong ? <strong>{text}</strong> : text}</dd>
  </div>
);

function gapText({ mid }: { mid: string }, of: Shown): string {
  if (Number(mid) === 0) return 'just there';
  return `${shown(mid.replace('-', ''), of)} ${mid.startsWith('-') ? 'below' : 'above'} it, in the middle`;
}

function Misses({ misses, of }: { misses: GoalDetail['misses']; of: Shown }) {
  if (misses.length === 0) return null;
  return (
    <section>
      <h3>Weeks off pace</h3>
      <ul className="plain-list">
        {misses.slice(0, 8).map(({ week, value, ideal }) => (
          <li key={week}>
            Week of {day(week)}: {value === null ? 'told' : shown(value, of)}
            {ideal !== null && <span className="dim"> where {shown(ideal, of)} was the pace</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
