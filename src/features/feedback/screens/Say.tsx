import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FeedbackDetail } from '#features/feedback/contract/feedback.ts';
import { post } from '#ui/api/client.ts';
import { tellProblem } from '#ui/kit/toast.tsx';
import { doing } from './asking.ts';

/** A line in the thread, for those whom it concerns. */
export function Say({ detail }: { detail: FeedbackDetail }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  if (detail.can.say !== null) return <p className="dim small-print">{detail.can.say}</p>;
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await doing(post(`/feedback/${detail.id}/entries`, { text }));
      setText('');
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') void send();
      }}
    >
      <Textarea
        mt="sm"
        aria-label="Write in the thread"
        placeholder={detail.from === null ? 'Write: whoever gave it reads it, and can answer without being known' : 'Write'}
        value={text}
        maxLength={2000}
        autosize
        minRows={1}
        maxRows={8}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" size="compact-sm" mt={6} loading={busy} disabled={text.trim() === ''}>
        Send
      </Button>
    </form>
  );
}
