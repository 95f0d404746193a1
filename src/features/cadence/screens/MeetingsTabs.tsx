import { PageTabs, type PageTab } from '#ui/kit/PageTabs.tsx';
import { paths } from '#ui/paths.ts';
import './cadence.css';

const tabs: readonly PageTab[] = [
  { label: 'Meetings', href: paths.meetings(), isAt: (pathname) => pathname === paths.meetings() },
  { label: 'Actions', href: paths.meetingActions() },
  { label: 'Decisions', href: paths.meetingDecisions() },
  { label: 'Health', href: paths.meetingHealth() },
];

/** The pages of meetings, at the head of each. */
export const MeetingsTabs = () => <PageTabs label="Meetings" tabs={tabs} />;
