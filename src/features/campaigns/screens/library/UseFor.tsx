import { SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import type { AssetItem } from '#features/campaigns/contract/library.ts';
import { RecordPicker } from '#ui/kit/RecordPicker.tsx';
import { ContentDialog } from './ContentDialog.tsx';
import { UseAsset } from './UseAsset.tsx';

/** From the content’s own page: first for whom, then how. */
export function UseFor({ asset, onClose }: { asset: AssetItem; onClose(): void }) {
  const [kind, setKind] = useState<'lead' | 'deal'>('lead');
  const [id, setId] = useState<string | null>(null);
  return (
    <ContentDialog title={`Send or show “${asset.title}”`} onClose={onClose}>
      <Text size="sm" c="dimmed">
        A use belongs to a lead or a deal: what the customer opens stands in its timeline.
      </Text>
      <SegmentedControl
        aria-label="For a lead or a deal"
        data={[
          { value: 'lead', label: 'For a lead' },
          { value: 'deal', label: 'For a deal' },
        ]}
        value={kind}
        onChange={(value) => {
          setKind(value as 'lead' | 'deal');
          setId(null);
        }}
      />
      <RecordPicker key={kind} kind={kind} label={kind === 'lead' ? 'Which lead' : 'Which deal'} value={id} onChange={setId} />
      {id && <UseAsset key={id} alone asset={asset} subject={kind === 'lead' ? { leadId: id } : { dealId: id }} />}
    </ContentDialog>
  );
}
