/** How journeys are read, in words. */

import { ruleModelWords } from '#engine/attribution/models.ts';
import type { AttributionContent, ConversionKind, JourneyBasis } from '#features/returns/contract/attribution.ts';
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

export const conversionsText = (number: number, kind: ConversionKind | undefined): string =>
  kind ? plural(number, conversionWords[kind].one, conversionWords[kind].many) : plural(number, 'conversion');

/** What a setting says, as a list to read. */
export function settingFacts(content: AttributionContent): [string, string][] {
  return [
    ['A journey is of one', `${basisWords[content.basis].label.toLowerCase()}: ${basisWords[content.basis].about}`],
    ['It ends when', conversionWords[content.conversion].label.toLowerCase()],
    ['Touches count', `up to ${plural(content.lookBackDays, 'day')} before`],
    ['Of', content.sides.map((side) => sideLabels[side].toLowerCase()).join(', ')],
    ['What machines sent', content.automated ? 'counts too' : 'does not count'],
    ['Counts in figures', ruleModelWords[content.model].label],
    ['Half-life of time decay', plural(content.halfLifeDays, 'day')],
    ['Own channel rules', content.ownRules.length === 0 ? 'none' : count(content.ownRules.length)],
  ];
}

/** A kind of touch as people read it: `form_submission` → “form submission”. */
export const kindWords = (kind: string): string => kind.replaceAll('_', ' ');

/** Channels that sales' own acts fall into. @returns the accent of a channel */
export const channelSide = (channel: string): 'marketing' | 'sales' => (/^Sales /.test(channel) ? 'sales' : 'marketing');
