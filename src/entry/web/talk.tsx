import type { lazyRouteComponent } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { CommentedPage, CommentSubject, SubjectKind } from '#features/notices/contract/subjects.ts';
import { PageTalk } from '#ui/kit/Page.tsx';
import { usePathParam } from '#ui/kit/search.ts';

const Comments = lazy(() => import('#features/notices/screens/comments/Comments.tsx').then((file) => ({ default: file.Comments })));
const CommentsLink = lazy(() => import('#features/notices/screens/comments/Comments.tsx').then((file) => ({ default: file.CommentsLink })));

/** A page that is loaded when it is first gone to. */
type LazyPage = ReturnType<typeof lazyRouteComponent>;

/** The page of a record, with what is said about it. @param param of the address that names the record */
export const commentedRecord = (subjectKind: Exclude<SubjectKind, 'page'>, Shown: LazyPage, param = 'id'): LazyPage =>
  Object.assign(() => <Commented subjectKind={subjectKind} subjectKey={usePathParam(param)} Shown={Shown} />, { preload: Shown.preload });

/** A page that is no record's. */
export const commentedPage = (subjectKey: CommentedPage, Shown: LazyPage): LazyPage =>
  Object.assign(() => <Commented subjectKind="page" subjectKey={subjectKey} Shown={Shown} />, { preload: Shown.preload });

function Commented({ Shown, ...subject }: CommentSubject & { Shown: LazyPage }) {
  const foot = (
    <Suspense fallback={null}>
      <div className="page-foot no-print" key={`${subject.subjectKind} ${subject.subjectKey}`}>
        <Comments {...subject} />
      </div>
    </Suspense>
  );
  const head = (
    <Suspense fallback={null}>
      <CommentsLink {...subject} />
    </Suspense>
  );
  return (
    <PageTalk.Provider value={{ head, foot }}>
      <Shown />
    </PageTalk.Provider>
  );
}
