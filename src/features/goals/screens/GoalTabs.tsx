import { PageTabs, type PageTab } from '#ui/kit/PageTabs.tsx';
import { paths } from '#ui/paths.ts';
import './goals.css';

const tabs: readonly PageTab[] = [
  { label: 'Goals', href: paths.goals(), isAt: (pathname) => !pathname.startsWith(paths.whatIf()) },
  { label: 'What if', href: paths.whatIf() },
];

/** The pages about goals, at the head of each. */
export const GoalTabs = () => <PageTabs label="Goals" tabs={tabs} />;
