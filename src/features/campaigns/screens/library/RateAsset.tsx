import { Rating, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { AssetDetail } from '#features/campaigns/contract/library.ts';
import { post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { keeping } from './asking.ts';

/** One to five, with a reason, which comes to who answers for the content as work. */
export function RateAsset({ detail, onClose }: { detail: AssetDetail; onClose(): void }) {
  const [stars, setStars] = useState(0);
  const [reason, setReason] = useState('');
  const send = async (): Promise<void> => {
    await keeping(post(`/library/${detail.id}/ratings`, { stars, reason }));
    tell(detail.owner ? `It goes to ${detail.owner.name}.` : 'It goes to marketing.');
  };
  return (
    <FormDialog
      title={`Rate “${detail.title}”`}
      label="Rate"
      ready={stars > 0 && reason.trim() !== ''}
      missing={stars === 0 ? 'Choose one to five.' : 'Say why.'}
      onClose={onClose}
      send={send}
    >
      <div>
        <Text size="sm" fw={500} id="stars">
          How much does it help?
        </Text>
        <Rating value={stars} onChange={setStars} size="lg" aria-labelledby="stars" getSymbolLabel={(value) => `${value} of 5`} />
      </div>
      <Textarea
        label="What is good, or what is missing"
        description="Who answers for it reads this, and answers."
        maxLength={2_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
        autosize
        minRows={2}
      />
    </FormDialog>
  );
}
