import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { AssetRating } from '#features/campaigns/contract/library.ts';
import { post } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { keeping } from './asking.ts';

/** What who answers for the content says to a rating of it. */
export function AnswerRating({ rating, onClose }: { rating: AssetRating; onClose(): void }) {
  const [text, setText] = useState('');
  const send = async (): Promise<void> => {
    await keeping(post(`/content-ratings/${rating.id}/answer`, { text }));
    tell('Answered.');
  };
  return (
    <FormDialog
      title={`Answer ${rating.member.name}`}
      label="Answer"
      ready={text.trim() !== ''}
      missing="Say what you will do, or why not."
      onClose={onClose}
      send={send}
    >
      <blockquote className="said">{rating.reason}</blockquote>
      <Textarea
        label="What you will do about it, or why not"
        maxLength={2_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
        autosize
        minRows={2}
      />
    </FormDialog>
  );
}
