/** Which group of channels a touch belongs to: the company's own rules, then those that Google Analytics 4 publishes. */

import { siteKind } from './known-sites.ts';

/** What tells where a visit came from. Blank texts count as null. */
export interface Traffic {
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
}

/** Google's names, in the order of its rules; the first that matches wins. */
export const ga4Groups = [
  'Direct',
  'Cross-network',
  'Paid Shopping',
  'Paid Search',
  'Paid Social',
  'Paid Video',
  'Display',
  'Paid Other',
  'AI Assistant',
  'Organic Shopping',
  'Organic Social',
  'Organic Video',
  'Organic Search',
  'Email',
  'Affiliates',
  'Referral',
  'Audio',
  'SMS',
  'Mobile Push Notifications',
] as const;
export type Ga4Group = (typeof ga4Groups)[number];

/** No rule matched. */
export const unassigned = 'Unassigned';

const paid = /^(.*cp.*|ppc|retargeting|paid.*)$/;
const shopCampaign = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;
const emailWord = /^e[-_ ]?mail$/;
const oneOf = (words: string): ReadonlySet<string> => new Set(words.split(', '));
const noMedium = oneOf(', (not set), (none), none');
const displayMedium = oneOf('display, banner, expandable, interstitial, cpm');
const socialMedium = oneOf('social, social-network, social-media, sm, social network, social media');
const referralMedium = oneOf('referral, app, link');

/**
 * Google's rules for traffic that is tagged by hand, as published in the Analytics help (“Default channel group”), with AI
 * Assistant as announced on 13 May 2026. Google writes the medium `ai-assistant` itself where an assistant refers; here the
 * same follows from the source, since touches come from elsewhere too.
 */
const ga4Rules: Readonly<Record<Ga4Group, (source: string, medium: string, campaign: string) => boolean>> = {
  Direct: (source, medium) => (source === '(direct)' || source === 'direct') && noMedium.has(medium),
  'Cross-network': (_source, _medium, campaign) => campaign.includes('cross-network'),
  'Paid Shopping': (source, medium, campaign) => paid.test(medium) && (siteKind(source) === 'shopping' || shopCampaign.test(campaign)),
  'Paid Search': (source, medium) => paid.test(medium) && siteKind(source) === 'search',
  'Paid Social': (source, medium) => paid.test(medium) && siteKind(source) === 'social',
  'Paid Video': (source, medium) => paid.test(medium) && siteKind(source) === 'video',
  Display: (_source, medium) => displayMedium.has(medium),
  'Paid Other': (_source, medium) => paid.test(medium),
  'AI Assistant': (source, medium) =>
    medium === 'ai-assistant' || (siteKind(source) === 'assistant' && (noMedium.has(medium) || referralMedium.has(medium))),
  'Organic Shopping': (source, _medium, campaign) => siteKind(source) === 'shopping' || shopCampaign.test(campaign),
  'Organic Social': (source, medium) => siteKind(source) === 'social' || socialMedium.has(medium),
  'Organic Video': (source, medium) => siteKind(source) === 'video' || medium.includes('video'),
  'Organic Search': (source, medium) => siteKind(source) === 'search' || medium === 'organic',
  Email: (source, medium) => emailWord.test(source) || emailWord.test(medium),
  Affiliates: (_source, medium) => medium === 'affiliate',
  Referral: (_source, medium) => referralMedium.has(medium),
  Audio: (_source, medium) => medium === 'audio',
  SMS: (source, medium) => source === 'sms' || medium === 'sms',
  'Mobile Push Notifications': (source, medium) =>
    medium.endsWith('push') || medium.includes('mobile') || medium.includes('notification') || source === 'firebase',
};

/** The default channel group of Google Analytics 4; case makes no difference. */
export function ga4Group(traffic: Traffic): Ga4Group | typeof unassigned {
  const [source, medium, campaign] = [plain(traffic.source), plain(traffic.medium), plain(traffic.campaign)];
  return ga4Groups.find((group) => ga4Rules[group](source, medium, campaign)) ?? unassigned;
}

const plain = (text: string | null): string => (text ?? '').trim().toLowerCase();

/** What a touch tells about its channel. */
export interface TouchOrigin extends Traffic {
  readonly side: 'marketing' | 'sales' | 'customer';
  readonly kind: string;
  /** As the source system wrote it. */
  readonly channel: string | null;
  readonly landingPage: string | null;
}

/** One condition on a field; case and blanks around make no difference. */
export type GroupCondition = { readonly field: keyof TouchOrigin } & (
  | { readonly is: string }
  | { readonly in: readonly string[] }
  | { readonly contains: string }
  | { readonly beginsWith: string }
  | { readonly blank: boolean }
);

/** A company's own rule: all conditions must hold; without any it takes every touch. */
export interface GroupRule {
  readonly group: string;
  readonly all: readonly GroupCondition[];
}

export interface TouchGroup {
  readonly group: string;
  /** What decided: a rule of the company, the touch's channel text, Google's rules, the kind of a sales act, or nothing. */
  readonly by: 'own rule' | 'channel' | 'ga4' | 'sales' | 'none';
}

/**
 * The group of a touch; the first that decides: the company's own rules in their order; a channel text that names one of
 * Google's groups in any spelling, or else is a group of its own; Google's rules on source, medium and campaign; for an act
 * of sales, its kind. What falls through is “Unassigned”.
 */
export function groupTouch(touch: TouchOrigin, ownRules: readonly GroupRule[]): TouchGroup {
  const own = ownRules.find((rule) => rule.all.every((condition) => holds(condition, touch)));
  if (own !== undefined) return { group: own.group, by: 'own rule' };
  const channel = (touch.channel ?? '').trim();
  if (channel !== '') return { group: channelGroup(channel, touch), by: 'channel' };
  const ga4 = ga4Group(touch);
  if (ga4 !== unassigned) return { group: ga4, by: 'ga4' };
  if (touch.side === 'sales') return { group: salesGroups.get(touch.kind) ?? 'Sales other', by: 'sales' };
  return { group: unassigned, by: 'none' };
}

function holds(condition: GroupCondition, touch: TouchOrigin): boolean {
  const text = plain(touch[condition.field]);
  if ('is' in condition) return text === plain(condition.is);
  if ('in' in condition) return condition.in.some((each) => text === plain(each));
  if ('contains' in condition) return text.includes(plain(condition.contains));
  if ('beginsWith' in condition) return text.startsWith(plain(condition.beginsWith));
  return (text === '') === condition.blank;
}

/** A text such as “cpc” is a medium: with a source that says more (facebook), Google's rules read it; alone it has its usual meaning. */
function channelGroup(channel: string, touch: TouchOrigin): string {
  const key = spelling(channel);
  const named = groupNames.get(key);
  if (named !== undefined) return named;
  const meant = mediumNames.get(key);
  if (meant === undefined) return channel;
  const read = plain(touch.source) === '' ? unassigned : ga4Group({ ...touch, medium: channel });
  return read === unassigned || read === 'Paid Other' ? meant : read;
}

const spelling = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** Other words for the groups, among them the traffic sources of HubSpot; spelled without blanks and signs. */
const otherNames: Readonly<Partial<Record<Ga4Group, string>>> = {
  Direct: 'directtraffic none',
  'Cross-network': 'pmax performancemax',
  'Paid Search': 'sem searchads paidsearchads googleads adwords googleadwords searchengineadvertising',
  'Paid Social': 'socialads paidsocialmedia socialmediaads socialpaid',
  'Paid Video': 'videoads',
  Display: 'displayads displayadvertising bannerads banners programmatic',
  'Paid Other': 'otherpaid otheradvertising',
  'AI Assistant': 'aiassistants aireferral aireferrals',
  'Organic Social': 'socialmedia socialorganic',
  'Organic Search': 'seo searchorganic',
  Email: 'emailmarketing emails',
  Affiliates: 'affiliate affiliatemarketing',
  Referral: 'referrals referraltraffic',
  Audio: 'podcast podcasts audioads',
  SMS: 'textmessage textmessages',
  'Mobile Push Notifications': 'push pushnotification pushnotifications mobilepush',
};

const groupNames: ReadonlyMap<string, Ga4Group> = new Map(
  ga4Groups.flatMap((group) => [spelling(group), ...(otherNames[group]?.split(' ') ?? [])].map((name) => [name, group] as const)),
);

const mediumNames: ReadonlyMap<string, Ga4Group> = new Map([
  ['cpc', 'Paid Search'],
  ['ppc', 'Paid Search'],
  ['cpm', 'Display'],
  ['banner', 'Display'],
  ['retargeting', 'Paid Other'],
  ['paid', 'Paid Other'],
  ['organic', 'Organic Search'],
  ['social', 'Organic Social'],
  ['video', 'Organic Video'],
]);

const salesGroups: ReadonlyMap<string, string> = new Map([
  ['call', 'Sales calls'],
  ['email', 'Sales e-mails'],
  ['meeting', 'Sales meetings'],
  ['event', 'Sales events'],
  ['webinar', 'Sales events'],
  ['message', 'Sales messages'],
  ['chat', 'Sales messages'],
  ['social', 'Sales messages'],
]);
