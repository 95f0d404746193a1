import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { PlanVersion } from '#features/goals/contract/plans.ts';
import { post } from '#ui/api/client.ts';
import { ago } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { askAgain } from '../asking.ts';

/** What is said about a version, oldest first. It stays: it is part of how the plan came to be. */
export function PlanComments({ plan }: { plan: PlanVersion }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const say = async (): Promise<void> => {
    setBusy(true);
    try {
      await post(`/goals/plans/${plan.id}/comments`, { text });
      await askAgain();
      setText('');
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  if (plan.comments.length === 0 && plan.can.comment !== null) return null;
  return (
    <Sheet title="Discussion" padded>
      {plan.comments.map((comment) => (
        <div key={comment.id} className="comment">
          <div>
            <strong>{comment.member.name}</strong> <SideMark side={comment.side} /> <span className="dim">{ago(comment.saidAt)}</span>
          </div>
          <p className="wrap-any">{comment.text}</p>
        </div>
      ))}
      {plan.can.comment === null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') void say();
          }}
        >
          <Textarea
            label="Say something"
            autosize
            minRows={2}
            maxLength={5_000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" mt="xs" loading={busy} disabled={text.trim() === ''}>
            Say it
          </Button>
        </form>
      )}
    </Sheet>
  );
}
