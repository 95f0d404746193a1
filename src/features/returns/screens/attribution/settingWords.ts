/** How journeys are read, in words. */

import { ga4Groups } from '#engine/attribution/channel-groups.ts';
import { ruleModelWords } from '#engine/attribution/models.ts';
import type { AttributionContent, ConversionKind, JourneyBasis } from '#features/returns/contract/attribution.ts';
import type { JourneyAnswer } from '#features/returns/contract/credits.ts';
import { count, plural } from '#ui/formats.ts';

export const basisWords: Record<JourneyBasis, { label: string; about: string }> = {
  account: { label: 'Account', about: 'all touches with anybody at a company' },
  contact: { label: 'Contact', about: 'all touches with one person' },
  lead: { label: 'Lead', about: 'the touches of one qualification cycle' },
  deal: { label: 'Deal', about: 'the touches with the people of one deal' },
};

export const conversionWords: Record<ConversionKind, { label: string; one: string; many: string; past: string }> = {
  won: { label: 'A deal is won', one: 'deal won', many: 'deals won', past: 'was won' },
  deal: { label: 'A deal is opened', one: 'deal opened', many: 'deals opened', past: 'was opened' },
  sql: { label: 'A lead becomes SQL', one: 'SQL', many: 'SQLs', past: 'became SQL' },
  mql: { label: 'A lead becomes MQL', one: 'MQL', many: 'MQLs', past: 'became MQL' },
};

export const sideLabels = { marketing: 'Marketing', sales: 'Sales', customer: 'Customer' } as const;

/** What a setting says, as a list to read. */
export function settingFacts(content: AttributionContent): [string, string][] {
  return [
    ['One journey', basisWords[content.basis].about],
    ['Ends when', conversionWords[content.conversion].label.toLowerCase()],
    ['Look-back', plural(content.lookBackDays, 'day')],
    ['Touches of', content.sides.map((side) => sideLabels[side].toLowerCase()).join(', ')],
    ['What machines sent', content.automated ? 'counts too' : 'does not count'],
    ['Counts in figures', ruleModelWords[content.model].label],
    ['Half-life of time decay', plural(content.halfLifeDays, 'day')],
    ['Own channel rules', content.ownRules.length === 0 ? 'none' : count(content.ownRules.length)],
  ];
}

/** A kind of touch as people read it: `form_submission` → “form submission”. */
export const kindWords = (kind: string): string => kind.replaceAll('_', ' ');

/** Whose accent a channel wears: that of sales' own acts, of traffic, or neither: e-mail and names of one's own may be anybody's. */
export function channelSide(channel: string): 'marketing' | 'sales' | 'neither' {
  if (channel.startsWith('Sales ')) return 'sales';
  return channel !== 'Email' && (ga4Groups as readonly string[]).includes(channel) ? 'marketing' : 'neither';
}

export const milestoneWords: Record<JourneyAnswer['touches'][number]['milestones'][number], string> = {
  first: 'First touch',
  lead: 'Made the lead',
  deal: 'Led to the deal',
  last: 'Last touch',
};
