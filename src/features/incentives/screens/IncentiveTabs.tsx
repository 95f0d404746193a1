import { PageTabs, type PageTab } from '#ui/kit/PageTabs.tsx';
import { paths } from '#ui/paths.ts';
import './incentives.css';

const others = [paths.incentivePlans(), paths.payoutRuns(), paths.disputes()];
const tabs: readonly PageTab[] = [
  { label: 'Pay', href: paths.incentives(), isAt: (pathname) => !others.some((href) => pathname.startsWith(href)) },
  { label: 'Plans', href: paths.incentivePlans() },
  { label: 'Runs', href: paths.payoutRuns() },
  { label: 'Disputes', href: paths.disputes() },
];

/** The pages about pay, at the head of each. */
export const IncentiveTabs = () => <PageTabs label="Incentives" tabs={tabs} />;
