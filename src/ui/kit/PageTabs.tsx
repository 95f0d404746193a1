import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Go } from './Go.tsx';
import './page-tabs.css';

export interface PageTab {
  readonly label: string;
  readonly href: string;
  /** Whether a path lies under it; unsaid: it is its address, or begins with it. */
  readonly isAt?: (pathname: string) => boolean;
}

/** The pages that belong together, at the head of each. */
export function PageTabs({ label, tabs }: { label: string; tabs: readonly PageTab[] }) {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const row = useRef<HTMLElement>(null);
  // On a phone not all fit: the one that is open is brought into sight.
  useEffect(() => {
    const open = row.current?.querySelector<HTMLElement>('[aria-current]');
    if (row.current && open) row.current.scrollLeft = open.offsetLeft - row.current.offsetLeft - 16;
  }, [pathname]);
  return (
    <nav ref={row} className="page-tabs no-print" aria-label={label}>
      {tabs.map((tab) => (
        <Go key={tab.href} href={tab.href} className="page-tab" {...(isAt(tab, pathname) && { 'aria-current': 'page' as const })}>
          {tab.label}
        </Go>
      ))}
    </nav>
  );
}

const isAt = (tab: PageTab, pathname: string): boolean => (tab.isAt ? tab.isAt(pathname) : isUnder(pathname, tab.href));

/** The address itself or one below it. */
export const isUnder = (pathname: string, href: string): boolean => pathname === href || pathname.startsWith(`${href}/`);
