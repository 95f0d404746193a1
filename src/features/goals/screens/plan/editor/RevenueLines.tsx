import { Button, Checkbox, Select } from '@mantine/core';
import type { GoalChoices } from '#features/goals/contract/goals.ts';
import { monthsBetween, type PlanContent, type WorkBack } from '#features/goals/contract/plans.ts';
import { month } from '#ui/formats.ts';
import { MoneyField } from '#ui/kit/MoneyField.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';

interface RevenueLinesProps {
  plan: PlanContent;
  choices: GoalChoices;
  onChange(plan: PlanContent): void;
}

const noChanges: WorkBack['changes'] = { moves: [], reps: 0, definition: null, answerWithinMinutes: null };

/** How much is to be won, by segment: what the sheet is worked back from. */
export function RevenueLines({ plan, choices, onChange }: RevenueLinesProps) {
  const { workBack } = plan;
  const set = (changes: Partial<WorkBack>): void => {
    if (workBack) onChange({ ...plan, workBack: { ...workBack, ...changes } });
  };
  return (
    <Sheet title="How much is to be won" padded>
      <div className="stack">
        <Checkbox
          label="Work it back to deals, SQLs, MQLs, value and budget"
          checked={workBack !== null}
          onChange={(event) =>
            onChange({
              ...plan,
              workBack: event.currentTarget.checked
                ? { revenue: [{ segment: null, amount: '0' }], monthWeights: null, changes: noChanges }
                : null,
            })
          }
        />
        {workBack && <Lines workBack={workBack} choices={choices} set={set} />}
        {workBack && <MonthWeights plan={plan} workBack={workBack} set={set} />}
        {workBack && hasChanges(workBack.changes) && (
          <div className="notice">
            It is taken that something changes, as tried on the what-if sheet.{' '}
            <Button size="compact-sm" variant="default" onClick={() => set({ changes: noChanges })}>
              Take it as it was
            </Button>
          </div>
        )}
      </div>
    </Sheet>
  );
}

const hasChanges = ({ moves, reps, definition, answerWithinMinutes }: WorkBack['changes']): boolean =>
  moves.length > 0 || reps !== 0 || definition !== null || answerWithinMinutes !== null;

interface PartProps {
  workBack: WorkBack;
  set(changes: Partial<WorkBack>): void;
}

function Lines({ workBack: { revenue }, choices, set }: PartProps & { choices: GoalChoices }) {
  const taken = new Set(revenue.map(({ segment }) => segment));
  const free = [...choices.segments, null].find((segment) => !taken.has(segment));
  return (
    <div className="revenue-lines">
      {revenue.map((line, at) => {
        const replace = (next: Partial<typeof line>): void =>
          set({ revenue: revenue.map((each, place) => (place === at ? { ...each, ...next } : each)) });
        return (
          <div key={line.segment ?? ''} className="revenue-line">
            <Select
              label="Segment"
              w={220}
              allowDeselect={false}
              value={line.segment ?? ''}
              data={[
                ...(line.segment !== null && !choices.segments.includes(line.segment) ? [line.segment] : []),
                ...choices.segments.filter((segment) => segment === line.segment || !taken.has(segment)),
                ...(line.segment === null || !taken.has(null) ? [{ value: '', label: 'Without a segment' }] : []),
              ]}
              onChange={(value) => replace({ segment: value || null })}
            />
            <MoneyField
              label="To be won"
              currency={choices.currency}
              value={line.amount}
              onChange={(amount) => amount !== null && replace({ amount })}
            />
            {revenue.length > 1 && (
              <Button variant="default" onClick={() => set({ revenue: revenue.filter((_, place) => place !== at) })}>
                Remove<span className="visually-hidden"> {line.segment ?? 'without a segment'}</span>
              </Button>
            )}
          </div>
        );
      })}
      {free !== undefined && (
        <Button
          variant="default"
          size="compact-sm"
          w="fit-content"
          onClick={() => set({ revenue: [...revenue, { segment: free, amount: '0' }] })}
        >
          Add a segment
        </Button>
      )}
    </div>
  );
}

/** How the revenue is shared over the months: by working days, or by weights of one's own. */
function MonthWeights({ plan, workBack: { monthWeights }, set }: PartProps & { plan: PlanContent }) {
  const months = monthsBetween(plan.start, plan.end);
  if (months === null || months < 2 || months > 12) return null;
  const weights = Array.from({ length: months }, (_, at) => monthWeights?.[at] ?? 1);
  return (
    <div>
      <Checkbox
        label="Months don’t weigh the same"
        description="Else it is shared over the months by their working days."
        checked={monthWeights !== null}
        onChange={(event) => set({ monthWeights: event.currentTarget.checked ? weights : null })}
      />
      {monthWeights !== null && (
        <div className="goal-card-fields" style={{ marginTop: 8 }}>
          {weights.map((weight, at) => (
            <WholeNumber
              key={at}
              label={month(monthAfter(plan.start, at))}
              width={84}
              max={1000}
              decimals={1}
              value={weight}
              onChange={(value) => set({ monthWeights: weights.map((each, place) => (place === at ? (value ?? 0) : each)) })}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function monthAfter(start: string, by: number): string {
  const [year, first] = start.split('-').map(Number) as [number, number];
  const place = year * 12 + first - 1 + by;
  return `${Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, '0')}`;
}
