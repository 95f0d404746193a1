import { Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { type MouseEvent, useEffect, useRef } from 'react';
import { useGo } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Wrong } from '#ui/kit/States.tsx';
import './document.css';

/** Made of docs/ when the app is built (`documents` in vite.config.ts); the tour is of the source, for who builds it. */
const documents = import.meta.glob<string>(['../../../docs/*.md', '../../../docs/{reference,decisions}/*.md', '!**/tour.md'], {
  query: '?html',
  import: 'default',
});

/** A document as it stands in docs/: formulas and why they are as they are. A number’s link leads to its own place in it. */
export function DocumentPage() {
  const name = useRouterState({ select: ({ location }) => location.pathname.slice('/help/'.length) });
  const hash = useRouterState({ select: ({ location }) => location.hash });
  const load = documents[`../../../docs/${name}.md`];
  const read = useQuery({ queryKey: ['document', name], queryFn: () => load?.() ?? null, staleTime: Infinity });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hash && read.data) place.current?.querySelector(`[id="${CSS.escape(hash)}"]`)?.scrollIntoView();
  }, [hash, read.data]);
  const go = useGo();
  const follow = (event: MouseEvent<HTMLDivElement>): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(`${link.pathname}${link.hash}`);
  };
  if (read.error) return <Wrong error={read.error} retry={() => void read.refetch()} what="This document" />;
  if (read.isPending)
    return (
      <Page title="Document" narrow>
        <Loader aria-label="Loading" />
      </Page>
    );
  if (read.data === null)
    return (
      <Page title="No such document" narrow>
        <p>There is no document “{name}” in this version of Accord.</p>
      </Page>
    );
  const [title, text] = titleAndText(read.data);
  return (
    <Page title={title} narrow>
      {/* Our own text, made HTML when the app was built. Links inside stay links; clicks on them stay in the app. */}
      <div ref={place} className="document" onClick={follow} dangerouslySetInnerHTML={{ __html: text }} />
    </Page>
  );
}

function titleAndText(html: string): [title: string, text: string] {
  const heading = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html);
  const plain = new DOMParser().parseFromString(heading?.[1] ?? 'Document', 'text/html').body.textContent;
  return [plain ?? 'Document', heading ? html.replace(heading[0], '') : html];
}
