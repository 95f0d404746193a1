import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import './returns.css';

const tabs = [
  { label: 'Return', href: paths.returns() },
  { label: 'Figures', href: paths.figures() },
  { label: 'Attribution', href: paths.attribution() },
  { label: 'Retention', href: paths.retention() },
  { label: 'Costs', href: paths.costs() },
  { label: 'Budget', href: paths.budget() },
  { label: 'Periods', href: paths.periods() },
] as const;

/** The pages of returns, at the head of each. */
export function ReturnsTabs() {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const row = useRef<HTMLElement>(null);
  // On a phone not all fit: the one that is open is brought into sight.
  useEffect(() => {
    const open = row.current?.querySelector<HTMLElement>('[aria-current]');
    if (row.current && open) row.current.scrollLeft = open.offsetLeft - row.current.offsetLeft - 16;
  }, [pathname]);
  return (
    <nav ref={row} className="page-tabs no-print" aria-label="Returns">
      {tabs.map(({ label, href }) => (
        <Go key={href} href={href} className="page-tab" {...(isAt(pathname, href) && { 'aria-current': 'page' as const })}>
          {label}
        </Go>
      ))}
    </nav>
  );
}

const isAt = (pathname: string, href: string): boolean =>
  href === paths.returns() ? pathname === href : pathname === href || pathname.startsWith(`${href}/`) || journeyUnder(pathname, href);
const journeyUnder = (pathname: string, href: string): boolean => href === paths.attribution() && pathname.startsWith('/returns/journeys/');
