import type { GoalStanding } from '#features/goals/contract/goals.ts';
import { drawn, shown, type Shown } from './goalWords.ts';

/** As much of a goal as its picture shows. */
export type Paced = Pick<GoalStanding, 'title' | 'unit' | 'target' | 'value' | 'pace' | 'forecast' | 'state'>;

/** Where it is, where it should be by now, where it is going and where it wants to be, on one line. */
export function PaceBar({ goal, currency }: { goal: Paced; currency: string }) {
  const of: Shown = { unit: goal.unit, currency };
  const at = (value: string): number => drawn(value, of);
  const forecast = goal.forecast.value;
  const values = [goal.target, goal.value ?? '0', goal.pace?.ideal ?? '0', forecast?.high ?? '0'].map(at);
  const full = Math.max(...values) * 1.04 || 1;
  const place = (value: string): string => `${Math.max(0, Math.min(100, (at(value) / full) * 100))}%`;
  return (
    <div className="pace-bar" role="img" aria-label={inWords(goal, of)} title={inWords(goal, of)} data-state={goal.state}>
      {forecast && (
        <span
          className="pace-ahead"
          style={{ left: place(forecast.low), width: `calc(${place(forecast.high)} - ${place(forecast.low)})` }}
        />
      )}
      {goal.value !== null && <span className="pace-value" style={{ width: place(goal.value) }} />}
      {goal.pace && goal.pace.ideal !== goal.target && <span className="pace-ideal" style={{ left: place(goal.pace.ideal) }} />}
      <span className="pace-target" style={{ left: place(goal.target) }} />
    </div>
  );
}

function inWords({ value, pace, target, forecast }: Paced, of: Shown): string {
  const now = value === null ? 'No value yet' : `${shown(value, of)} now`;
  const ideal = pace && pace.ideal !== target ? `, ${shown(pace.ideal, of)} by the pace` : '';
  const ahead = forecast.value ? `, ${shown(forecast.value.low, of)} to ${shown(forecast.value.high, of)} at the end` : '';
  return `${now}${ideal}${ahead}; target ${shown(target, of)}`;
}

/** What the marks of the picture mean, once beside the table. */
export const PaceKey = () => (
  <p className="dim small-print pace-key">
    <span className="key-value" aria-hidden /> where it is <span className="key-ideal" aria-hidden /> where the pace wants it by now{' '}
    <span className="key-ahead" aria-hidden /> where it is going <span className="key-target" aria-hidden /> target
  </p>
);
