import { PageTabs, type PageTab } from '#ui/kit/PageTabs.tsx';
import { paths } from '#ui/paths.ts';
import './notices.css';

const tabs: readonly PageTab[] = [
  { label: 'Notices', href: paths.notices(), isAt: (pathname) => pathname === paths.notices() },
  { label: 'Announcements', href: paths.announcements() },
  { label: 'Digest', href: paths.digest() },
];

export const NoticesTabs = () => <PageTabs label="Notices" tabs={tabs} />;
