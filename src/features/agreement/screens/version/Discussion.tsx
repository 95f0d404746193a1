import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { useRights } from '#ui/api/session.ts';
import { ago, instant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import type { DefinitionVersion } from '../../contract.ts';
import { useDeed } from './useDeed.ts';

interface DiscussionProps {
  comments: DefinitionVersion['comments'];
  /** Where a comment is posted, below the API's root. */
  path: string;
}

/** What was said about a version, oldest first. What is said stays: it is part of how the version came to be. */
export function Discussion({ comments, path }: DiscussionProps) {
  const may = useRights().may('agreement.comment');
  const [text, setText] = useState('');
  const deed = useDeed();
  const say = async (): Promise<void> => {
    if (text.trim() && (await deed.run(() => post(path, { text })))) setText('');
  };
  return (
    <Sheet title={comments.length ? `Discussion, ${comments.length}` : 'Discussion'} id="discussion">
      {comments.map((comment) => (
        <article key={comment.id} className="comment">
          <div className="comment-head">
            <strong>{comment.member.name}</strong> <SideMark side={comment.side} />
            <time className="dim" dateTime={comment.saidAt} title={instant(comment.saidAt)}>
              {ago(comment.saidAt)}
            </time>
          </div>
          <div className="comment-text">{comment.text}</div>
        </article>
      ))}
      {comments.length === 0 && <p className="dim comment-none">Nobody has said anything about this version yet.</p>}
      {may && (
        <form
          className="comment-form no-print"
          onSubmit={(event) => {
            event.preventDefault();
            void say();
          }}
        >
          <Textarea
            aria-label="Say something about this version"
            placeholder="Say something about this version"
            autosize
            minRows={2}
            maxRows={10}
            maxLength={5_000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" size="compact-md" variant="default" loading={deed.busy} disabled={!text.trim()}>
            Say it
          </Button>
        </form>
      )}
    </Sheet>
  );
}
