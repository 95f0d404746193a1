import { Button } from '@mantine/core';
import type { CommentPage } from '#features/notices/contract/comments.ts';
import type { CommentSubject } from '#features/notices/contract/subjects.ts';
import { post } from '#ui/api/client.ts';
import { plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Loading } from '#ui/kit/States.tsx';
import { doing, useComments } from '../asking.ts';
import { Composer } from './Composer.tsx';
import { SaidComment } from './SaidComment.tsx';
import './comments.css';

/** What people say about a record or a page, newest first. Nothing where it isn't to be commented on. */
export function Comments(subject: CommentSubject) {
  const list = useComments(subject);
  if (list.error) return null;
  return (
    <Sheet id="comments" title="Comments" actions={<span className="dim small-print">{total(list.data?.pages)}</span>}>
      <div className="sheet-body comments">
        {list.data ? <Known subject={subject} pages={list.data.pages} /> : <Loading lines={2} />}
        {list.hasNextPage && (
          <Button variant="default" size="compact-sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older ones
          </Button>
        )}
      </div>
    </Sheet>
  );
}

/** In the head of the page: how many there are, and the way to them. */
export function CommentsLink(subject: CommentSubject) {
  const list = useComments(subject);
  const said = list.data?.pages[0]?.total;
  if (list.error || said === undefined) return null;
  const jump = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    const place = document.getElementById('comments');
    place?.scrollIntoView({ block: 'start' });
    place?.querySelector<HTMLElement>('textarea, button')?.focus({ preventScroll: true });
  };
  return (
    <a className="go small-print no-print" href="#comments" onClick={jump}>
      {said === 0 ? 'Comment' : plural(said, 'comment')}
    </a>
  );
}

const total = (pages: readonly CommentPage[] | undefined): string => (pages?.[0]?.total ? plural(pages[0].total, 'comment') : '');

function Known({ subject, pages }: { subject: CommentSubject; pages: readonly CommentPage[] }) {
  const whyNot = pages[0]?.can.comment ?? null;
  const items = pages.flatMap((page) => page.items);
  return (
    <>
      {whyNot === null ? (
        <Composer
          subject={subject}
          label="Write a comment"
          button="Comment"
          send={(text) => doing('comments', post('/comments', { ...subject, text }))}
        />
      ) : (
        items.length === 0 && <p className="dim small-print">{whyNot}</p>
      )}
      {items.length > 0 && (
        <ol className="comment-list" aria-label="Comments, newest first">
          {items.map((comment) => (
            <SaidComment key={comment.id} subject={subject} comment={comment} />
          ))}
        </ol>
      )}
    </>
  );
}
