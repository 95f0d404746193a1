import { PageTabs, type PageTab } from '#ui/kit/PageTabs.tsx';
import { paths } from '#ui/paths.ts';
import './feedback.css';

const tabs: readonly PageTab[] = [
  { label: 'Feedback', href: paths.feedback(), isAt: (pathname) => pathname === paths.feedback() },
  { label: 'What recurs', href: paths.feedbackThemes() },
  { label: 'Health', href: paths.feedbackHealth() },
  { label: 'Pulse', href: paths.pulse() },
  { label: 'Perception', href: paths.perception() },
  { label: 'Mine, anonymous', href: paths.anonymousFeedback() },
];

/** The pages of feedback, at the head of each. */
export const FeedbackTabs = () => <PageTabs label="Feedback" tabs={tabs} />;
