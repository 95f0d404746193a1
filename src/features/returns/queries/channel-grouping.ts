/** Which channel group a touch belongs to, and by which rule. */

import { type Ga4Group, ga4Groups, groupTouch, type TouchOrigin } from '#engine/attribution/channel-groups.ts';
import { ruleOf } from '#engine/attribution/stated-rules.ts';
import type { ChannelRule } from '../contract/channel-groups.ts';

/** What rules look at; null where the touch doesn't say. */
export interface TouchWords {
  readonly channel: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  /** The campaign's name, and its own channel: that of a touch that states none. */
  readonly campaign: string | null;
  readonly campaignChannel: string | null;
  readonly kind: string;
  readonly side: string;
}

export interface Grouped {
  readonly group: string;
  /** `own:<position>`, or `channel`, `ga4`, `sales` or `none`. */
  readonly by: string;
}

export type Grouping = (words: TouchWords) => Grouped;

export function makeGrouping(ownRules: readonly ChannelRule[]): Grouping {
  const rules = ownRules.map(ruleOf);
  return (words) => {
    const touch = originOf(words);
    const { group, by } = groupTouch(touch, rules);
    if (by !== 'own rule') return { group, by };
    return { group, by: `own:${rules.findIndex((rule) => groupTouch(touch, [rule]).by === 'own rule')}` };
  };
}

const originOf = ({ channel, campaignChannel, side, ...words }: TouchWords): TouchOrigin => ({
  ...words,
  side: side as TouchOrigin['side'],
  channel: channel ?? campaignChannel,
  landingPage: null,
});

const tests = { eq: 'is', contains: 'contains', begins: 'begins with', blank: 'is blank' } as const;

/** “source contains google, medium is blank”. */
export const ruleInWords = ({ all }: ChannelRule): string =>
  all.map(({ field, is, value }) => `${field} ${tests[is]}${value === undefined ? '' : ` “${value}”`}`).join(', ');

/** How what decided is called; `own` rules say themselves. */
export const deciding: Readonly<Record<string, string>> = {
  channel: 'the touch’s own channel',
  ga4: 'the published rule on source, medium and campaign',
  sales: 'an act of sales, by its kind',
  none: 'no rule',
};

const paid = 'medium is cp…, ppc, retargeting or paid…';
/** The published default rules, in short; they stand in full in engine/attribution/channel-groups.ts. */
const ga4Words: Readonly<Record<Ga4Group, string>> = {
  Direct: 'source is direct, medium is blank or none',
  'Cross-network': 'campaign contains cross-network',
  'Paid Shopping': `source is a shopping site or campaign is about a shop; ${paid}`,
  'Paid Search': `source is a search site; ${paid}`,
  'Paid Social': `source is a social site; ${paid}`,
  'Paid Video': `source is a video site; ${paid}`,
  Display: 'medium is display, banner, expandable, interstitial or cpm',
  'Paid Other': paid,
  'AI Assistant': 'source is an assistant, medium is blank, a referral or ai-assistant',
  'Organic Shopping': 'source is a shopping site or campaign is about a shop',
  'Organic Social': 'source is a social site or medium is social',
  'Organic Video': 'source is a video site or medium contains video',
  'Organic Search': 'source is a search site or medium is organic',
  Email: 'source or medium is e-mail',
  Affiliates: 'medium is affiliate',
  Referral: 'medium is referral, app or link',
  Audio: 'medium is audio',
  SMS: 'source or medium is sms',
  'Mobile Push Notifications': 'medium ends with push or contains mobile or notification, or source is firebase',
};
export const publishedRules: readonly { group: string; rule: string }[] = ga4Groups.map((group) => ({ group, rule: ga4Words[group] }));
