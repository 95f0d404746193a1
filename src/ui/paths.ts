/** Every URL of the web app. Screens and shell link through these and nothing else. */

export type RecordsPath = 'leads' | 'accounts' | 'contacts' | 'deals' | 'campaigns';

const withSearch = (path: string, search: Record<string, string | null | undefined> = {}): string => {
  const pairs = Object.entries(search).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return pairs.length ? `${path}?${new URLSearchParams(pairs).toString()}` : path;
};

export const paths = {
  setUp: () => '/set-up',
  signIn: (next?: string) => withSearch('/sign-in', { next }),
  forgotten: () => '/forgotten-password',
  reset: (token: string) => `/reset-password/${token}`,
  invitation: (token: string) => `/invitations/${token}`,
  welcome: () => '/welcome',
  today: () => '/',
  scoreboard: (search?: Record<string, string | null | undefined>) => withSearch('/scoreboard', search),
  records: (kind: RecordsPath, search?: Record<string, string | null | undefined>) => withSearch(`/${kind}`, search),
  record: (kind: RecordsPath, id: string) => `/${kind}/${id}`,
  duplicates: (kind: 'accounts' | 'contacts' = 'accounts') => withSearch('/duplicates', { kind }),
  agreement: () => '/agreement',
  /** A term's definition; `version` names one of its versions by id. */
  definition: (term: string, search?: Record<string, string | null | undefined>) => withSearch(`/agreement/definitions/${term}`, search),
  /** The clauses as a page to read and sign; `new` for a draft. */
  contract: (id: string, search?: Record<string, string | null | undefined>) => withSearch(`/agreement/contracts/${id}`, search),
  attainment: (search?: Record<string, string | null | undefined>) => withSearch('/attainment', search),
  evidence: (search?: Record<string, string | null | undefined>) => withSearch('/attainment/evidence', search),
  inbox: (search?: Record<string, string | null | undefined>) => withSearch('/inbox', search),
  rejections: (search?: Record<string, string | null | undefined>) => withSearch('/rejections', search),
  speed: (search?: Record<string, string | null | undefined>) => withSearch('/speed', search),
  handoffMatrix: (search?: Record<string, string | null | undefined>) => withSearch('/speed/who', search),
  /** What both sides spend and what comes back, on one page. */
  returns: (search?: Record<string, string | null | undefined>) => withSearch('/returns', search),
  figures: (search?: Record<string, string | null | undefined>) => withSearch('/returns/figures', search),
  attribution: (search?: Record<string, string | null | undefined>) => withSearch('/returns/attribution', search),
  channelGroups: (search?: Record<string, string | null | undefined>) => withSearch('/returns/attribution/channels', search),
  /** One conversion and what led to it. */
  journey: (unitId: string, place: number | string) => `/returns/journeys/${unitId}/${place}`,
  retention: (search?: Record<string, string | null | undefined>) => withSearch('/returns/retention', search),
  costs: (search?: Record<string, string | null | undefined>) => withSearch('/returns/costs', search),
  periods: () => '/returns/periods',
  budget: (search?: Record<string, string | null | undefined>) => withSearch('/returns/budget', search),
  /** Recurring costs, exchange rates, allocation keys. */
  costSettings: (part: CostSettingsPart = 'recurring') => `/returns/costs/settings/${part}`,
  campaignCalendar: (search?: Record<string, string | null | undefined>) => withSearch('/campaigns/calendar', search),
  /** What sales asks of marketing: campaigns, content, answers to objections. */
  proposals: (search?: Record<string, string | null | undefined>) => withSearch('/campaigns/proposals', search),
  library: (search?: Record<string, string | null | undefined>) => withSearch('/campaigns/library', search),
  asset: (id: string) => `/campaigns/library/${id}`,
  goals: (search?: Record<string, string | null | undefined>) => withSearch('/goals', search),
  /** One plan of goals, to edit, read and sign. */
  goalPlan: (id: string, search?: Record<string, string | null | undefined>) => withSearch(`/goals/plans/${id}`, search),
  whatIf: (search?: Record<string, string | null | undefined>) => withSearch('/goals/what-if', search),
  incentives: (search?: Record<string, string | null | undefined>) => withSearch('/incentives', search),
  incentivePlans: () => '/incentives/plans',
  incentivePlan: (id: string, search?: Record<string, string | null | undefined>) => withSearch(`/incentives/plans/${id}`, search),
  payoutRuns: () => '/incentives/runs',
  payoutRun: (id: string) => `/incentives/runs/${id}`,
  statement: (id: string) => `/incentives/statements/${id}`,
  disputes: () => '/incentives/disputes',
  feedback: (search?: Record<string, string | null | undefined>) => withSearch('/feedback', search),
  feedbackThemes: (search?: Record<string, string | null | undefined>) => withSearch('/feedback/themes', search),
  feedbackHealth: (search?: Record<string, string | null | undefined>) => withSearch('/feedback/health', search),
  pulse: (search?: Record<string, string | null | undefined>) => withSearch('/feedback/pulse', search),
  /** What people think a number is, before it is shown. */
  perception: (search?: Record<string, string | null | undefined>) => withSearch('/feedback/perception', search),
  /** One’s own anonymous feedback. The receipt stands behind `#`, which browsers send to nobody. */
  anonymousFeedback: (receipt?: string) => `/feedback/anonymous${receipt ? `#${receipt}` : ''}`,
  alignment: (search?: Record<string, string | null | undefined>) => withSearch('/alignment', search),
  misalignmentCost: (search?: Record<string, string | null | undefined>) => withSearch('/alignment/cost', search),
  meetings: (search?: Record<string, string | null | undefined>) => withSearch('/meetings', search),
  /** One meeting: its agenda, live, and its minutes. */
  meeting: (id: string, search?: Record<string, string | null | undefined>) => withSearch(`/meetings/${id}`, search),
  meetingActions: (search?: Record<string, string | null | undefined>) => withSearch('/meetings/actions', search),
  meetingDecisions: (search?: Record<string, string | null | undefined>) => withSearch('/meetings/decisions', search),
  meetingHealth: (search?: Record<string, string | null | undefined>) => withSearch('/meetings/health', search),
  notices: (search?: Record<string, string | null | undefined>) => withSearch('/notices', search),
  announcements: (search?: Record<string, string | null | undefined>) => withSearch('/notices/announcements', search),
  /** One’s own digest, as it would be now. */
  digest: () => '/notices/digest',
  rollout: (search?: Record<string, string | null | undefined>) => withSearch('/rollout', search),
  rolloutStep: (step: string) => `/rollout/${step}`,
  /** A newcomer’s first afternoon. */
  rolloutStart: () => '/rollout/start',
  imports: () => '/imports',
  import: (id: string) => `/imports/${id}`,
  opening: (id: string) => `/opening/${id}`,
  /** @param at as answers name a place in the documentation: `docs/reference/x.md#anchor` */
  document: (at: string) => `/help/${at.replace(/^docs\//, '').replace('.md', '')}`,
  settings: (part: SettingsPart = 'account') => `/settings/${part}`,
  /** Sites, forms, hooks and what arrived; `part` names one of them. */
  tracking: (search?: Record<string, string | null | undefined>) => withSearch('/settings/tracking', search),
};

export const settingsParts = [
  'account',
  'notices',
  'workspace',
  'members',
  'teams',
  'calendars',
  'routing',
  'tracking',
  'channels',
  'fields',
  'tokens',
  'imports',
  'about',
] as const;
export type SettingsPart = (typeof settingsParts)[number];

export const costSettingsParts = ['recurring', 'rates', 'keys'] as const;
export type CostSettingsPart = (typeof costSettingsParts)[number];

/** As the router matches them. */
export const patterns = {
  document: '/help/$',
  reset: '/reset-password/$token',
  invitation: '/invitations/$token',
  record: (kind: RecordsPath) => `/${kind}/$id`,
  definition: '/agreement/definitions/$term',
  contract: '/agreement/contracts/$id',
  journey: '/returns/journeys/$unitId/$place',
  costSettings: '/returns/costs/settings/$part',
  asset: '/campaigns/library/$id',
  goalPlan: '/goals/plans/$id',
  incentivePlan: '/incentives/plans/$id',
  payoutRun: '/incentives/runs/$id',
  statement: '/incentives/statements/$id',
  meeting: '/meetings/$id',
  rolloutStep: '/rollout/$step',
  import: '/imports/$id',
  opening: '/opening/$id',
  settings: '/settings/$part',
};
