import { Title } from '@mantine/core';
import { createContext, useContext, useEffect, useRef, type ReactNode } from 'react';

/** What people say about a page: given by who joins the pages, shown by `Page` in its head and at its foot. */
export const PageTalk = createContext<{ readonly head: ReactNode; readonly foot: ReactNode } | null>(null);

interface PageProps {
  title: string;
  /** Shown in place of the title where it needs more than words. */
  heading?: ReactNode;
  actions?: ReactNode;
  /** Content takes the whole height and scrolls inside. */
  fill?: boolean;
  narrow?: boolean;
  children: ReactNode;
}

export function Page({ title, heading, actions, fill, narrow, children }: PageProps) {
  const talk = useContext(PageTalk);
  useEffect(() => {
    document.title = `${title} · Accord`;
  }, [title]);
  return (
    <main id="content" tabIndex={-1} className={`page${fill ? ' page-fill' : ''}`}>
      <div
        className={narrow ? 'page-narrow' : undefined}
        style={fill ? { display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 } : undefined}
      >
        <div className="page-head">
          <Title order={1} className="wrap-any">
            {heading ?? title}
          </Title>
          <div style={{ flex: 1 }} />
          {!fill && talk?.head}
          {actions}
        </div>
        {children}
        {!fill && talk?.foot}
      </div>
    </main>
  );
}

export function Sheet({
  title,
  actions,
  children,
  padded = false,
  id,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  padded?: boolean;
  id?: string;
}) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    // A link to this sheet was followed before what it holds had arrived.
    if (id && window.location.hash === `#${id}`) place.current?.scrollIntoView();
  }, [id]);
  return (
    <section className="sheet" id={id} ref={place}>
      {title && (
        <div className="sheet-head">
          <h2>{title}</h2>
          {actions}
        </div>
      )}
      <div className={padded ? 'sheet-body' : undefined}>{children}</div>
    </section>
  );
}
