import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type Comment, partsOf } from '#features/notices/contract/comments.ts';
import type { CommentSubject } from '#features/notices/contract/subjects.ts';
import { patch, post } from '#ui/api/client.ts';
import { ago, instant } from '#ui/formats.ts';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';
import { Composer } from './Composer.tsx';

/** One comment, with what its writer can still do. One that was taken back leaves its place. */
export function SaidComment({ subject, comment }: { subject: CommentSubject; comment: Comment }) {
  const [changing, setChanging] = useState(false);
  const place = useRef<HTMLLIElement>(null);
  const { id, by, saidAt, editedAt, removedAt, can } = comment;
  const isMeant = window.location.hash === `#comment-${id}`;
  useEffect(() => {
    // The link of a notification was followed before the comments had arrived.
    if (isMeant) place.current?.scrollIntoView({ block: 'center' });
  }, [isMeant]);
  if (removedAt)
    return (
      <li ref={place} id={`comment-${id}`} className="dim small-print">
        {by.name} took a comment back.
      </li>
    );
  const takeBack = (): void =>
    void doing('comments', post(`/comments/${id}/removal`)).then(() => tell('Taken back: its words are gone.'), tellProblem);
  return (
    <li ref={place} id={`comment-${id}`} className={`side-of-${by.side}${isMeant ? ' comment-meant' : ''}`}>
      <div className="comment-head">
        <strong>{by.name}</strong>{' '}
        <time className="dim small-print" dateTime={saidAt} title={instant(saidAt)}>
          {ago(saidAt)}
          {editedAt && ', changed'}
        </time>
      </div>
      {changing ? (
        <Composer
          subject={subject}
          label="Change the comment"
          button="Save"
          start={comment}
          send={async (text) => {
            await doing('comments', patch(`/comments/${id}`, { text }));
            setChanging(false);
          }}
          onCancel={() => setChanging(false)}
        />
      ) : (
        <CommentText comment={comment} />
      )}
      {!changing && (can.edit === null || can.remove === null) && (
        <div className="comment-deeds">
          {can.edit === null && (
            <Button variant="subtle" size="compact-xs" onClick={() => setChanging(true)} aria-label={`Change: comment of ${by.name}`}>
              Change
            </Button>
          )}
          {can.remove === null && (
            <Button variant="subtle" size="compact-xs" onClick={takeBack} aria-label={`Take back: comment of ${by.name}`}>
              Take back
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function CommentText({ comment: { text, mentions } }: { comment: Comment }) {
  const names = new Map(mentions.map(({ id, name }) => [id, name]));
  return (
    <p className="comment-text">
      {partsOf(text).map((part, place) =>
        'text' in part ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their places
          <span key={place} className="mention">
            @{names.get(part.mention) ?? 'somebody'}
          </span>
        ),
      )}
    </p>
  );
}
