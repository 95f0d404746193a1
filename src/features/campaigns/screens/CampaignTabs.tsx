import { PageTabs, type PageTab } from '#ui/kit/PageTabs.tsx';
import { paths } from '#ui/paths.ts';
import './campaigns-content.css';

const others = [paths.campaignCalendar(), paths.proposals(), paths.library()];
const isOther = (pathname: string): boolean => others.some((href) => pathname.startsWith(href));

const tabs: readonly PageTab[] = [
  {
    label: 'Campaigns',
    href: paths.records('campaigns'),
    isAt: (pathname) => pathname.startsWith(paths.records('campaigns')) && !isOther(pathname),
  },
  { label: 'Calendar', href: paths.campaignCalendar() },
  { label: 'Proposals', href: paths.proposals() },
  { label: 'Library', href: paths.library() },
];

/** The pages about campaigns, at the head of each. */
export const CampaignTabs = () => <PageTabs label="Campaigns" tabs={tabs} />;
