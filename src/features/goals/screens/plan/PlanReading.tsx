import type { PlanVersion } from '#features/goals/contract/plans.ts';
import { day } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { asTree, depthOf } from './goalOrder.ts';
import { FeasibilitySheet } from './FeasibilitySheet.tsx';
import { PlanHeadline } from './PlanHeadline.tsx';
import { PlanSigning } from './PlanSigning.tsx';
import { WorkedSheet } from './WorkedSheet.tsx';

/** A version as both sides read it: what is wanted, what that takes, whether it can be kept, who has signed. */
export function PlanReading({ plan }: { plan: PlanVersion }) {
  const { content, diff, feasibility, working } = plan;
  const undecided = plan.status === 'draft' || plan.status === 'proposed';
  return (
    <div className="stack">
      <PlanHeadline plan={plan} />
      {feasibility && undecided && <FeasibilitySheet feasibility={feasibility} currency={plan.currency} />}
      <div className="record contract-record">
        <div className="stack">
          <GoalsOfPlan plan={plan} />
          {diff && diff.added.length + diff.removed.length > 0 && (
            <Sheet title={`Against version ${diff.against}`} padded>
              <ul className="changes">
                {diff.removed.map((text) => (
                  <li key={`- ${text}`}>
                    <del>{text}</del>
                  </li>
                ))}
                {diff.added.map((text) => (
                  <li key={`+ ${text}`}>
                    <ins>{text}</ins>
                  </li>
                ))}
              </ul>
            </Sheet>
          )}
        </div>
        <div className="stack">
          <PlanSigning plan={plan} />
        </div>
      </div>
      {working && <WorkedSheet working={working} />}
      {feasibility && !undecided && <FeasibilitySheet feasibility={feasibility} currency={plan.currency} />}
      <p className="dim small-print">
        {day(content.start)} to {day(content.end)}
        {working && ` · worked back from what was on record on ${day(working.asOf)} · formulas ${working.version}`}
      </p>
    </div>
  );
}

function GoalsOfPlan({ plan: { content, sentences } }: { plan: PlanVersion }) {
  const said = new Map(sentences.map(({ goalId, sentence }) => [goalId, sentence]));
  return (
    <Sheet title="Goals" padded>
      {content.note && <p className="wrap-any">{content.note}</p>}
      {content.goals.length === 0 && <p className="dim">It says how much is to be won, without goals of its own.</p>}
      <ul className="goal-sentences">
        {asTree(content.goals).map((goal) => (
          <li key={goal.id} className="wrap-any" style={{ '--depth': depthOf(content.goals, goal) } as React.CSSProperties}>
            {said.get(goal.id)}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
