import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { Empty, Loading, Wrong } from '#ui/kit/States.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { patterns, paths, type RecordsPath } from '#ui/paths.ts';
import { commentedPage, commentedRecord } from './talk.tsx';
import { Frame } from './Frame.tsx';

/** Every screen by its path; each is loaded when it is first gone to. */

const root = createRootRoute({ component: Outlet });
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Frame });

const gate = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component });
const page = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => inside, path, component });

const kinds: readonly RecordsPath[] = ['leads', 'accounts', 'contacts', 'deals', 'campaigns'];

const list = lazyRouteComponent(() => import('#features/records/screens/ListScreen.tsx'), 'ListScreen');
const record = lazyRouteComponent(() => import('#features/records/screens/RecordScreen.tsx'), 'RecordScreen');

/** Kinds whose page shows what other features know of the record, too. */
const pageOf: Partial<Record<RecordsPath, ReturnType<typeof lazyRouteComponent>>> = {
  leads: lazyRouteComponent(() => import('./LeadPage.tsx'), 'LeadPage'),
  accounts: lazyRouteComponent(() => import('./AccountPage.tsx'), 'AccountPage'),
  deals: lazyRouteComponent(() => import('./DealPage.tsx'), 'DealPage'),
  campaigns: lazyRouteComponent(() => import('./CampaignPage.tsx'), 'CampaignPage'),
};
const kindOf = { leads: 'lead', accounts: 'account', contacts: 'contact', deals: 'deal', campaigns: 'campaign' } as const satisfies Record<
  RecordsPath,
  string
>;
const listOf: Partial<Record<RecordsPath, ReturnType<typeof lazyRouteComponent>>> = {
  campaigns: lazyRouteComponent(() => import('./CampaignsPage.tsx'), 'CampaignsPage'),
};
const agreementPages = [
  page(
    paths.agreement(),
    lazyRouteComponent(() => import('#features/agreement/screens/AgreementPage.tsx'), 'AgreementPage'),
  ),
  page(
    patterns.definition,
    commentedRecord(
      'definition',
      lazyRouteComponent(() => import('#features/agreement/screens/DefinitionPage.tsx'), 'DefinitionPage'),
      'term',
    ),
  ),
  page(
    patterns.contract,
    commentedRecord(
      'contract',
      lazyRouteComponent(() => import('#features/agreement/screens/ContractPage.tsx'), 'ContractPage'),
    ),
  ),
  page(
    paths.attainment(),
    commentedPage(
      'attainment',
      lazyRouteComponent(() => import('#features/agreement/screens/AttainmentPage.tsx'), 'AttainmentPage'),
    ),
  ),
  page(
    paths.evidence(),
    lazyRouteComponent(() => import('#features/agreement/screens/EvidencePage.tsx'), 'EvidencePage'),
  ),
  page(
    paths.inbox(),
    lazyRouteComponent(() => import('#features/handoff/screens/Inbox.tsx'), 'Inbox'),
  ),
  page(
    paths.rejections(),
    commentedPage(
      'rejections',
      lazyRouteComponent(() => import('#features/handoff/screens/RejectionsPage.tsx'), 'RejectionsPage'),
    ),
  ),
  page(
    paths.speed(),
    commentedPage(
      'speed',
      lazyRouteComponent(() => import('#features/handoff/screens/SpeedPage.tsx'), 'SpeedPage'),
    ),
  ),
  page(
    paths.handoffMatrix(),
    lazyRouteComponent(() => import('#features/handoff/screens/HandoffMatrixPage.tsx'), 'HandoffMatrixPage'),
  ),
];

const campaignPages = [
  page(
    paths.campaignCalendar(),
    lazyRouteComponent(() => import('#features/campaigns/screens/together/Calendar.tsx'), 'Calendar'),
  ),
  page(
    paths.proposals(),
    lazyRouteComponent(() => import('#features/campaigns/screens/proposals/Proposals.tsx'), 'Proposals'),
  ),
  page(
    paths.library(),
    lazyRouteComponent(() => import('#features/campaigns/screens/library/Library.tsx'), 'Library'),
  ),
  page(
    patterns.asset,
    commentedRecord(
      'asset',
      lazyRouteComponent(() => import('./ContentPage.tsx'), 'ContentPage'),
    ),
  ),
];

const returnsPages = [
  page(
    paths.returns(),
    commentedPage(
      'returns',
      lazyRouteComponent(() => import('#features/returns/screens/overview/Overview.tsx'), 'Overview'),
    ),
  ),
  page(
    paths.figures(),
    lazyRouteComponent(() => import('#features/returns/screens/figures/Figures.tsx'), 'Figures'),
  ),
  page(
    paths.attribution(),
    commentedPage(
      'attribution',
      lazyRouteComponent(() => import('#features/returns/screens/attribution/Attribution.tsx'), 'Attribution'),
    ),
  ),
  page(
    paths.channelGroups(),
    lazyRouteComponent(() => import('#features/returns/screens/attribution/ChannelGroups.tsx'), 'ChannelGroups'),
  ),
  page(
    patterns.journey,
    lazyRouteComponent(() => import('#features/returns/screens/attribution/Journey.tsx'), 'Journey'),
  ),
  page(
    paths.retention(),
    commentedPage(
      'retention',
      lazyRouteComponent(() => import('#features/returns/screens/retention/Retention.tsx'), 'Retention'),
    ),
  ),
  page(
    paths.costs(),
    lazyRouteComponent(() => import('#features/returns/screens/ledger/Costs.tsx'), 'Costs'),
  ),
  page(
    patterns.costSettings,
    lazyRouteComponent(() => import('#features/returns/screens/ledger/CostSettings.tsx'), 'CostSettings'),
  ),
  page(
    paths.budget(),
    commentedPage(
      'budget',
      lazyRouteComponent(() => import('#features/returns/screens/ledger/Budget.tsx'), 'Budget'),
    ),
  ),
  page(
    paths.periods(),
    lazyRouteComponent(() => import('#features/returns/screens/ledger/Periods.tsx'), 'Periods'),
  ),
];

const incentivePages = [
  page(
    paths.incentives(),
    lazyRouteComponent(() => import('#features/incentives/screens/mine/Pay.tsx'), 'Pay'),
  ),
  page(
    paths.incentivePlans(),
    lazyRouteComponent(() => import('#features/incentives/screens/plans/Plans.tsx'), 'Plans'),
  ),
  page(
    patterns.incentivePlan,
    commentedRecord(
      'incentivePlan',
      lazyRouteComponent(() => import('#features/incentives/screens/plans/PlanPage.tsx'), 'PlanPage'),
    ),
  ),
  page(
    paths.payoutRuns(),
    lazyRouteComponent(() => import('#features/incentives/screens/runs/Runs.tsx'), 'Runs'),
  ),
  page(
    patterns.payoutRun,
    lazyRouteComponent(() => import('#features/incentives/screens/runs/RunPage.tsx'), 'RunPage'),
  ),
  page(
    patterns.statement,
    commentedRecord(
      'statement',
      lazyRouteComponent(() => import('#features/incentives/screens/statement/StatementPage.tsx'), 'StatementPage'),
    ),
  ),
  page(
    paths.disputes(),
    lazyRouteComponent(() => import('#features/incentives/screens/disputes/Disputes.tsx'), 'Disputes'),
  ),
];

const goalPages = [
  page(
    paths.goals(),
    commentedPage(
      'goals',
      lazyRouteComponent(() => import('#features/goals/screens/GoalsPage.tsx'), 'GoalsPage'),
    ),
  ),
  page(
    patterns.goalPlan,
    commentedRecord(
      'goalPlan',
      lazyRouteComponent(() => import('#features/goals/screens/plan/PlanPage.tsx'), 'PlanPage'),
    ),
  ),
  page(
    paths.whatIf(),
    lazyRouteComponent(() => import('#features/goals/screens/whatif/WhatIf.tsx'), 'WhatIf'),
  ),
];

const alignmentPages = [
  page(
    paths.alignment(),
    commentedPage(
      'alignment',
      lazyRouteComponent(() => import('#features/alignment/screens/index/IndexPage.tsx'), 'IndexPage'),
    ),
  ),
  page(
    paths.misalignmentCost(),
    commentedPage(
      'alignment-cost',
      lazyRouteComponent(() => import('#features/alignment/screens/cost/CostPage.tsx'), 'CostPage'),
    ),
  ),
];

const noticePages = [
  page(
    paths.notices(),
    lazyRouteComponent(() => import('#features/notices/screens/NoticesPage.tsx'), 'NoticesPage'),
  ),
  page(
    paths.announcements(),
    lazyRouteComponent(() => import('#features/notices/screens/announcements/AnnouncementsPage.tsx'), 'AnnouncementsPage'),
  ),
  page(
    paths.digest(),
    lazyRouteComponent(() => import('#features/notices/screens/digest/DigestPage.tsx'), 'DigestPage'),
  ),
];

const feedbackPages = [
  page(
    paths.feedback(),
    lazyRouteComponent(() => import('#features/feedback/screens/FeedbackPage.tsx'), 'FeedbackPage'),
  ),
  page(
    paths.feedbackThemes(),
    lazyRouteComponent(() => import('#features/feedback/screens/themes/ThemesPage.tsx'), 'ThemesPage'),
  ),
  page(
    paths.feedbackHealth(),
    lazyRouteComponent(() => import('#features/feedback/screens/health/HealthPage.tsx'), 'HealthPage'),
  ),
  page(
    paths.pulse(),
    lazyRouteComponent(() => import('#features/feedback/screens/pulse/PulsePage.tsx'), 'PulsePage'),
  ),
  page(
    paths.perception(),
    lazyRouteComponent(() => import('#features/feedback/screens/perception/PerceptionPage.tsx'), 'PerceptionPage'),
  ),
  page(
    paths.anonymousFeedback(),
    lazyRouteComponent(() => import('#features/feedback/screens/anonymous/AnonymousPage.tsx'), 'AnonymousPage'),
  ),
];

const meetingPages = [
  page(
    paths.meetings(),
    lazyRouteComponent(() => import('#features/cadence/screens/MeetingsPage.tsx'), 'MeetingsPage'),
  ),
  page(
    paths.meetingActions(),
    lazyRouteComponent(() => import('#features/cadence/screens/actions/ActionsPage.tsx'), 'ActionsPage'),
  ),
  page(
    paths.meetingDecisions(),
    lazyRouteComponent(() => import('#features/cadence/screens/decisions/DecisionsPage.tsx'), 'DecisionsPage'),
  ),
  page(
    paths.meetingHealth(),
    lazyRouteComponent(() => import('#features/cadence/screens/health/MeetingHealthPage.tsx'), 'MeetingHealthPage'),
  ),
  page(
    patterns.meeting,
    commentedRecord(
      'meeting',
      lazyRouteComponent(() => import('./HeldMeeting.tsx'), 'HeldMeeting'),
    ),
  ),
];

const rolloutPages = [
  page(
    paths.rollout(),
    commentedPage(
      'rollout',
      lazyRouteComponent(() => import('#features/rollout/screens/RolloutPage.tsx'), 'RolloutPage'),
    ),
  ),
  page(
    paths.rolloutStart(),
    lazyRouteComponent(() => import('#features/rollout/screens/start/StartPage.tsx'), 'StartPage'),
  ),
  page(
    patterns.rolloutStep,
    lazyRouteComponent(() => import('#features/rollout/screens/StepPage.tsx'), 'StepPage'),
  ),
];

const routeTree = root.addChildren([
  gate(
    paths.setUp(),
    lazyRouteComponent(() => import('#features/people/screens/SetUp.tsx'), 'SetUp'),
  ),
  gate(
    paths.signIn(),
    lazyRouteComponent(() => import('#features/people/screens/SignIn.tsx'), 'SignIn'),
  ),
  gate(
    paths.forgotten(),
    lazyRouteComponent(() => import('#features/people/screens/ForgottenPassword.tsx'), 'ForgottenPassword'),
  ),
  gate(
    patterns.reset,
    lazyRouteComponent(() => import('#features/people/screens/ResetPassword.tsx'), 'ResetPassword'),
  ),
  gate(
    patterns.invitation,
    lazyRouteComponent(() => import('#features/people/screens/AcceptInvitation.tsx'), 'AcceptInvitation'),
  ),
  gate(
    paths.welcome(),
    lazyRouteComponent(() => import('#features/people/screens/Welcome.tsx'), 'Welcome'),
  ),
  gate(
    patterns.opening,
    lazyRouteComponent(() => import('#features/intake/screens/Opening.tsx'), 'Opening'),
  ),
  inside.addChildren([
    page(
      paths.today(),
      lazyRouteComponent(() => import('./TodayPage.tsx'), 'TodayPage'),
    ),
    page(
      paths.scoreboard(),
      commentedPage(
        'scoreboard',
        lazyRouteComponent(() => import('./ScoreboardPage.tsx'), 'ScoreboardPage'),
      ),
    ),
    ...kinds.flatMap((kind) => [
      page(paths.records(kind), listOf[kind] ?? list),
      page(patterns.record(kind), commentedRecord(kindOf[kind], pageOf[kind] ?? record)),
    ]),
    page(
      '/duplicates',
      lazyRouteComponent(() => import('#features/records/screens/Duplicates.tsx'), 'Duplicates'),
    ),
    ...agreementPages,
    ...alignmentPages,
    ...campaignPages,
    ...returnsPages,
    ...feedbackPages,
    ...noticePages,
    ...rolloutPages,
    ...goalPages,
    ...incentivePages,
    ...meetingPages,
    page(
      paths.imports(),
      lazyRouteComponent(() => import('#features/intake/screens/Imports.tsx'), 'Imports'),
    ),
    page(
      patterns.import,
      lazyRouteComponent(() => import('#features/intake/screens/ImportScreen.tsx'), 'ImportScreen'),
    ),
    page(
      patterns.document,
      lazyRouteComponent(() => import('./DocumentPage.tsx'), 'DocumentPage'),
    ),
    createRoute({ getParentRoute: () => inside, path: '$', component: NotFound }),
    page(
      patterns.settings,
      lazyRouteComponent(() => import('./SettingsScreen.tsx'), 'SettingsScreen'),
    ),
  ]),
]);

/** Texts of the query stay texts: screens read what they know. */
export const router = createRouter({
  routeTree,
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(search as Record<string, string>).toString();
    return text ? `?${text}` : '';
  },
  defaultPendingComponent: () => <Loading />,
  defaultErrorComponent: ({ error, reset }) => <Wrong error={error} retry={reset} what="This page" />,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

function NotFound() {
  return (
    <Page title="Not found">
      <Empty title="There is nothing at this address" action={<Go href={paths.today()}>Go to Today</Go>}>
        The link may be old, or mistyped.
      </Empty>
    </Page>
  );
}
