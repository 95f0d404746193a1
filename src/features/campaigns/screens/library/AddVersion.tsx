import { Text } from '@mantine/core';
import { useState } from 'react';
import type { AssetDetail } from '#features/campaigns/contract/library.ts';
import { today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { keeping } from './asking.ts';
import { blankSource, gapOfSource, type SourceDraft } from './assetDraft.ts';
import { sendVersion } from './sendVersion.ts';
import { SourceFields } from './SourceFields.tsx';

export function AddVersion({ detail, onClose }: { detail: AssetDetail; onClose(): void }) {
  const [source, setSource] = useState(() => ({ ...blankSource(today()), source: detail.version?.source ?? ('file' as const) }));
  const gap = gapOfSource(source);
  const change = (changes: Partial<SourceDraft>): void => setSource((before) => ({ ...before, ...changes }));
  const send = async (): Promise<void> => {
    const number = await keeping(sendVersion(detail.id, source));
    tell(`Version ${number} is added.`);
  };
  return (
    <FormDialog title={`New version of “${detail.title}”`} label="Add" ready={gap === null} missing={gap} onClose={onClose} send={send}>
      {(reasons) => (
        <>
          <Text size="sm" c="dimmed">
            From its first day on it is the one that is sent. Links sent before lead to the version they were made for, until that expires.
          </Text>
          <SourceFields draft={source} change={change} reasons={reasons} />
        </>
      )}
    </FormDialog>
  );
}
