import { Answer } from '#ui/kit/States.tsx';
import { ActionRow } from '../actions/ActionRow.tsx';
import { useAction } from '../asking.ts';

/** The open action that is talked about: done, moved or dropped there and then. */
export function ActionNow({ id }: { id: string }) {
  const action = useAction(id);
  return (
    <Answer of={action} what="The action" lines={2}>
      {(found) => (
        <ul className="action-list item-outcome" aria-label="The action">
          <ActionRow action={found} brief />
        </ul>
      )}
    </Answer>
  );
}
