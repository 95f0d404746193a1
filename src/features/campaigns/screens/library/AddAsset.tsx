import { Divider } from '@mantine/core';
import { useState } from 'react';
import type { LibraryPage } from '#features/campaigns/contract/library.ts';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { keeping } from './asking.ts';
import { type AssetDraft, blankAsset, blankSource, gapOfSource, type SourceDraft } from './assetDraft.ts';
import { AssetFields } from './AssetFields.tsx';
import { sendVersion } from './sendVersion.ts';
import { SourceFields } from './SourceFields.tsx';

interface AddAssetProps {
  known: Pick<LibraryPage, 'segments' | 'objections'> | undefined;
  onClose(): void;
  made(id: string): void;
}

/** Content with its first version, in one go. Where the file is refused, what was typed stays and only the file is sent anew. */
export function AddAsset({ known, onClose, made }: AddAssetProps) {
  const me = useMe().member;
  const [draft, setDraft] = useState(() => blankAsset(me.id));
  const [source, setSource] = useState(() => blankSource(today()));
  const [addedId, setAddedId] = useState<string | null>(null);
  const change = (changes: Partial<AssetDraft>): void => setDraft((before) => ({ ...before, ...changes }));
  const changeSource = (changes: Partial<SourceDraft>): void => setSource((before) => ({ ...before, ...changes }));
  const gap = draft.title.trim().length < 2 ? 'Give it a title.' : gapOfSource(source);
  const send = async (): Promise<void> => {
    const id = addedId ?? (await keeping(post<{ id: string }>('/library', draft))).id;
    setAddedId(id);
    await keeping(sendVersion(id, source));
    tell(`“${draft.title}” is in the library.`);
    made(id);
  };
  // Its version was refused and one leaves it at that: what is there is shown, to be mended or archived.
  const leave = (): void => {
    onClose();
    if (addedId === null) return;
    tell(`“${draft.title}” is in the library, without anything to send yet.`);
    made(addedId);
  };
  return (
    <FormDialog title="Add content" label="Add" size="lg" ready={gap === null} missing={gap} onClose={leave} onSent={onClose} send={send}>
      {(reasons) => (
        <>
          <AssetFields draft={draft} change={change} known={known} reasons={reasons} />
          <Divider />
          <SourceFields draft={source} change={changeSource} reasons={reasons} />
        </>
      )}
    </FormDialog>
  );
}
