import type { ReactNode } from 'react';
import { Go } from '#ui/kit/Go.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { RecordsDrawer } from '#ui/figures/RecordsDrawer.tsx';
import { paths } from '#ui/paths.ts';
import { LeadsBehind } from './LeadsBehind.tsx';

interface OpensProps {
  /** Where the records are, as the server says; null: there are none to open. */
  url: string | null;
  /** What the number is, read out before it and shown above its records. */
  about: string;
  children: ReactNode;
}

/** A number that opens into the very records behind it. */
export function Opens({ url, about, children }: OpensProps) {
  const [, change] = useUrlSearch();
  if (url === null) return children;
  const page = pageOf(url);
  if (page) return <Go href={page}>{children}</Go>;
  return (
    <button type="button" className="as-link" onClick={() => change({ open: url, about })}>
      <span className="visually-hidden">{about}: </span>
      {children}
    </button>
  );
}

/** A number that is a page of its own. */
function pageOf(url: string): string | null {
  const { pathname, searchParams } = new URL(url, 'http://of.here');
  if (pathname !== '/api/v1/budgets') return null;
  return paths.budget({ start: searchParams.get('start'), end: searchParams.get('end') });
}

const figures = ['/api/v1/figures/', '/api/v1/retention/'];

/** The records of the number that was opened last; stands once on each page. */
export function OpenRecords() {
  const [{ open, about }, change] = useUrlSearch();
  if (!open) return null;
  const close = (): void => change({ open: null, about: null });
  const Drawer = figures.some((start) => open.startsWith(start)) ? RecordsDrawer : LeadsBehind;
  return <Drawer url={open} about={about} onClose={close} />;
}
