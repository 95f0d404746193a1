import { isUnder, PageTabs, type PageTab } from '#ui/kit/PageTabs.tsx';
import { paths } from '#ui/paths.ts';
import './returns.css';

const tabs: readonly PageTab[] = [
  { label: 'Return', href: paths.returns(), isAt: (pathname) => pathname === paths.returns() },
  { label: 'Figures', href: paths.figures() },
  {
    label: 'Attribution',
    href: paths.attribution(),
    isAt: (pathname) => isUnder(pathname, paths.attribution()) || pathname.startsWith('/returns/journeys/'),
  },
  { label: 'Retention', href: paths.retention() },
  { label: 'Costs', href: paths.costs() },
  { label: 'Budget', href: paths.budget() },
  { label: 'Periods', href: paths.periods() },
];

/** The pages of returns, at the head of each. */
export const ReturnsTabs = () => <PageTabs label="Returns" tabs={tabs} />;
