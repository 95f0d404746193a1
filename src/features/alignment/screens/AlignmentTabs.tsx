import { PageTabs, type PageTab } from '#ui/kit/PageTabs.tsx';
import { paths } from '#ui/paths.ts';
import './alignment.css';

const tabs: readonly PageTab[] = [
  { label: 'Index', href: paths.alignment(), isAt: (pathname) => pathname === paths.alignment() },
  { label: 'Cost of misalignment', href: paths.misalignmentCost() },
];

/** The pages about alignment, at the head of each. */
export const AlignmentTabs = () => <PageTabs label="Alignment" tabs={tabs} />;
