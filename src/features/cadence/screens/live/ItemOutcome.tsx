import type { MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { ActionRow } from '../actions/ActionRow.tsx';
import { DecisionRow } from '../decisions/DecisionRow.tsx';

/** What came of one item so far. */
export function ItemOutcome({ detail, itemId }: { detail: MeetingDetail; itemId: string }) {
  const decisions = detail.decisionsMade.filter((decision) => decision.itemId === itemId);
  const item = detail.agenda.find(({ id }) => id === itemId);
  const actions = detail.actionsGiven.filter((action) => action.item !== null && action.item === item?.sentence);
  if (decisions.length + actions.length === 0) return null;
  return (
    <section className="item-outcome" aria-label="What came of it">
      <h3>Decided and agreed</h3>
      <ul className="action-list">
        {decisions.map((decision) => (
          <DecisionRow key={decision.id} decision={decision} />
        ))}
        {actions.map((action) => (
          <ActionRow key={action.id} action={action} brief />
        ))}
      </ul>
    </section>
  );
}
