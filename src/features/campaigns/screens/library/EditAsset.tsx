import { useState } from 'react';
import type { AssetDetail } from '#features/campaigns/contract/library.ts';
import { patch } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { keeping } from './asking.ts';
import { type AssetDraft, draftOf } from './assetDraft.ts';
import { AssetFields } from './AssetFields.tsx';

export function EditAsset({ detail, onClose }: { detail: AssetDetail; onClose(): void }) {
  const [draft, setDraft] = useState(() => draftOf(detail));
  const change = (changes: Partial<AssetDraft>): void => setDraft((before) => ({ ...before, ...changes }));
  const send = async (): Promise<void> => {
    await keeping(patch(`/library/${detail.id}`, draft));
    tell('Saved.');
  };
  return (
    <FormDialog
      title={`Edit “${detail.title}”`}
      label="Save"
      size="lg"
      ready={draft.title.trim().length >= 2}
      missing="Give it a title."
      onClose={onClose}
      send={send}
    >
      {(reasons) => <AssetFields draft={draft} change={change} known={undefined} reasons={reasons} />}
    </FormDialog>
  );
}
