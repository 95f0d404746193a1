import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PostedCost } from '#features/returns/contract/ledger.ts';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { day, today } from '#ui/formats.ts';
import { tellUndoable } from '#ui/kit/toast.tsx';
import { askLedgerAgain } from './asking.ts';
import { blankDraft, changedDraft, contentOf, type CostDraft, wrongAmount } from './costDraft.ts';
import { CostFields } from './CostFields.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { costName } from './ledgerWords.ts';

interface AddCostProps {
  /** To begin with: what was taken back, or one like another. */
  start?: CostDraft;
  onClose(): void;
  posted?: (id: string) => void;
}

/** One entry, posted by hand. What slipped can be taken back at once. */
export function AddCost({ start, onClose, posted }: AddCostProps) {
  const { workspace, member } = useMe();
  const [draft, setDraft] = useState(
    () => start ?? blankDraft(member.side === 'sales' ? 'sales' : 'marketing', workspace.currency, today()),
  );
  const change = (changes: Partial<CostDraft>): void => setDraft((before) => changedDraft(before, changes));
  const send = async (): Promise<void> => {
    const made = await post<PostedCost>('/costs', { occurredOn: draft.occurredOn, ...contentOf(draft) });
    await askLedgerAgain();
    posted?.(made.id);
    const waits = made.booked === null ? ' It waits for a rate.' : '';
    tellUndoable(`${costName(draft)} of ${day(made.occurredOn)} is posted.${waits}`, async () => {
      await post(`/costs/${made.id}/reversal`, { reason: 'Posted by mistake: taken back at once.' });
      await askLedgerAgain();
    });
  };
  return (
    <FormDialog
      title="Add a cost"
      label="Post"
      size="lg"
      ready={draft.occurredOn !== '' && wrongAmount(draft) === null}
      missing={wrongAmount(draft) ?? 'Say the day.'}
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <CostFields
          draft={draft}
          onChange={change}
          reasons={reasons}
          when={
            <TextInput
              type="date"
              label="Day"
              required
              value={draft.occurredOn}
              error={reasons['occurredOn']}
              onChange={(event) => change({ occurredOn: event.currentTarget.value })}
            />
          }
        />
      )}
    </FormDialog>
  );
}
