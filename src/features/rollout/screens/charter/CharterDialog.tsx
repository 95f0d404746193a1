import type { CharterAnswer } from '#features/rollout/contract/charter.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { CharterFields } from './CharterFields.tsx';
import { useCharterDraft } from './useCharterDraft.ts';

export function CharterDialog({ answer, onClose }: { answer: CharterAnswer; onClose(): void }) {
  const draft = useCharterDraft(answer);
  return (
    <FormDialog
      title="The charter"
      label="Write it"
      ready={draft.ready}
      missing="A sponsor, a number, what it should be and by when."
      size="lg"
      onClose={onClose}
      send={async () => {
        await draft.send();
        tell('Written. Its sponsor signs it on this page.');
      }}
    >
      {(reasons) => <CharterFields draft={draft} answer={answer} reasons={reasons} />}
    </FormDialog>
  );
}
