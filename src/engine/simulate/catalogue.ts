/** The words of the sample company: channels, trades, titles, reasons, subjects. */

export interface Channel {
  readonly name: string;
  /** True push on the logit of SQL for every lead whose journey has it. */
  readonly push: number;
  /** Media cost per lead, minor units. */
  readonly costPerLeadCents: number;
  readonly touchKind: 'ad_click' | 'visit' | 'email' | 'event' | 'social';
  /** Weight among the touches before the inquiry. */
  readonly journeyWeight: number;
  /** Weight of leads that come by it without any campaign. */
  readonly ownWeight: number;
}

/** Named as the default channel groups of Google Analytics 4, with “Events” for what happens offline. */
export const channels: readonly Channel[] = [
  { name: 'Paid Search', push: 0.1, costPerLeadCents: 8200, touchKind: 'ad_click', journeyWeight: 18, ownWeight: 0 },
  { name: 'Organic Search', push: 0.12, costPerLeadCents: 0, touchKind: 'visit', journeyWeight: 26, ownWeight: 20 },
  { name: 'Paid Social', push: -0.02, costPerLeadCents: 6400, touchKind: 'ad_click', journeyWeight: 14, ownWeight: 0 },
  { name: 'Organic Social', push: 0.03, costPerLeadCents: 0, touchKind: 'social', journeyWeight: 9, ownWeight: 5 },
  { name: 'Email', push: 0.18, costPerLeadCents: 700, touchKind: 'email', journeyWeight: 14, ownWeight: 0 },
  { name: 'Referral', push: 0.3, costPerLeadCents: 2500, touchKind: 'visit', journeyWeight: 5, ownWeight: 6 },
  { name: 'Direct', push: 0.05, costPerLeadCents: 0, touchKind: 'visit', journeyWeight: 12, ownWeight: 12 },
  { name: 'Display', push: -0.05, costPerLeadCents: 4800, touchKind: 'ad_click', journeyWeight: 8, ownWeight: 0 },
  { name: 'Events', push: 0.35, costPerLeadCents: 14500, touchKind: 'event', journeyWeight: 2, ownWeight: 0 },
];
export const channelOf = (name: string): number => channels.findIndex((channel) => channel.name === name);

export const fitTrades = [
  ['Manufacturing', 'Werke'],
  ['Logistics', 'Logistik'],
  ['Software', 'Software'],
  ['Healthcare', 'Medica'],
  ['Energy', 'Energie'],
] as const;
export const misfitTrades = [
  ['Hospitality', 'Hotels'],
  ['Retail', 'Markt'],
  ['Education', 'Academy'],
  ['Agriculture', 'Agrar'],
  ['Personal services', 'Studio'],
] as const;

export const jobTitles = [
  'Head of Operations',
  'Operations Manager',
  'IT Director',
  'Chief Technology Officer',
  'Procurement Manager',
  'Managing Director',
  'Plant Manager',
  'Finance Director',
  'Project Lead',
  'Quality Manager',
  'Student',
  'Consultant',
];

/** Origin of a lead that came by no campaign, and of one by the type of its campaign. */
export const ownOrigins = ['Website form', 'Demo request', 'Pricing request', 'Newsletter'];
export const originOfType: Record<string, string> = {
  'Search ads': 'Demo request',
  'Social ads': 'Content download',
  'Display ads': 'Content download',
  Webinar: 'Webinar',
  'Trade fair': 'Trade fair',
  'Content offer': 'Content download',
  'Email series': 'Newsletter',
  'Partner programme': 'Partner',
};
export const unknownOrigin = 'unknown';
export const landingPages: Record<string, string> = {
  'Website form': '/contact',
  'Demo request': '/demo',
  'Pricing request': '/pricing',
  Newsletter: '/newsletter',
  'Content download': '/guides/planning',
  Webinar: '/webinars',
  'Trade fair': '',
  Partner: '/partners',
  'Earlier lead': '/welcome-back',
};

/** What a rejection names: clauses of the definition of an MQL. */
export const misfitReasons = ['Industry outside ICP', 'Company too small', 'Country not served'];
export const otherReasons = ['No budget', 'No authority', 'Wrong contact data', 'Student or competitor', 'Already in contact'];
export const disqualifiedReasons = ['No need', 'No budget this year', 'Chose to build it', 'Not the decision maker'];
/** The reasons for a lost deal that marketing owns come last. */
export const lostReasons = ['Price', 'Competitor', 'No decision', 'Product gap', 'Timing', 'Wrong expectations', 'Not a fit'];
export const marketingOwnedReasons = ['Wrong expectations', 'Not a fit'];

export const dealStages = ['Discovery', 'Evaluation', 'Proposal', 'Negotiation'] as const;
export const dealStageProbability = [15, 35, 60, 80] as const;
export const products = ['Planner', 'Planner Plus', 'Control Room'];
export const pipeline = 'New business';
export const expansionPipeline = 'Existing customers';

export const callMisses = ['No answer', 'No answer', 'No answer', 'Voicemail', 'Voicemail', 'Busy', 'Gatekeeper'];
export const attemptSubjects = [
  'Your request',
  'A quick question about your planning',
  'Following up',
  'Two ideas for you',
  'Still of interest?',
  'Closing the loop',
];
export const autoReplySubjects = [
  'Automatic reply: out of the office',
  'Abwesenheitsnotiz',
  'Réponse automatique : absence',
  'Re: your message',
];
export const replySubjects = ['Re: your request', 'Re: a quick question', 'AW: Ihre Nachricht', 'RE : votre message'];
