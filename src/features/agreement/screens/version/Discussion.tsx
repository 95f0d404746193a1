import { ago, instant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import type { DefinitionVersion } from '../../contract.ts';

/** What was said about a version before every page had comments, oldest first: it is part of how the version came to be. */
export function Discussion({ comments }: { comments: DefinitionVersion['comments'] }) {
  if (comments.length === 0) return null;
  return (
    <Sheet title={`Said about this version, ${comments.length}`} id="discussion">
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
    </Sheet>
  );
}
