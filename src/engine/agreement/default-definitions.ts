/** Definitions of the field's terms to begin with, as executable rules over what a company has on record. */

import type { FieldCondition, Rule, Scalar } from '#engine/rules/rule.ts';

/** What is on record, so that no rule asks for what a company never states. */
export interface OnRecord {
  /** Touches of the customer: forms, visits, replies. */
  readonly customerTouches: boolean;
  readonly meetingsOrCalls: boolean;
  readonly revenue: boolean;
  /** Segments and industries without those that clearly buy less often than the mean; empty where the past doesn't tell. */
  readonly idealSegments: readonly string[];
  readonly idealIndustries: readonly string[];
  /** Origins on record that are of sales' own making: cold calls, outbound. */
  readonly salesOrigins: readonly string[];
}

export interface SuggestedDefinition {
  readonly term: string;
  readonly text: string;
  readonly rule: Rule;
  readonly examples: readonly { readonly text: string; readonly meets: boolean }[];
  readonly from: 'own' | 'practice' | 'blank';
  readonly why: string;
}

export function suggestedDefinitions(known: OnRecord): SuggestedDefinition[] {
  return [mql(known), sal, sqlDefinition(known), icp(known), attempt, sourced(known), customer(known), churned];
}

const lead = (field: string, is: FieldCondition['is'], value?: Scalar | readonly Scalar[]): FieldCondition =>
  condition('lead', field, is, value);
const touch = (field: string, is: FieldCondition['is'], value?: Scalar | readonly Scalar[]): FieldCondition =>
  condition('touch', field, is, value);

function condition(of: FieldCondition['of'], field: string, is: FieldCondition['is'], value?: Scalar | readonly Scalar[]): FieldCondition {
  return value === undefined ? { of, field, is } : { of, field, is, value };
}

function mql(known: OnRecord): SuggestedDefinition {
  const reachable: Rule = { any: [lead('email', 'notBlank'), lead('phone', 'notBlank')] };
  const interested: Rule = known.customerTouches
    ? { touches: { where: [touch('side', 'eq', 'customer')], withinDays: 90 }, is: 'gte', value: 1 }
    : lead('origin', 'notBlank');
  return {
    term: 'mql',
    text: 'Somebody at a company we know, whom we can reach, and who came to us of their own accord in the last three months.',
    rule: { all: [reachable, lead('company', 'notBlank'), interested] },
    examples: [
      { text: 'The head of operations of a factory filled in the demo form yesterday.', meets: true },
      { text: 'An address bought from a list, which never did anything.', meets: false },
    ],
    from: 'practice',
    why: known.customerTouches
      ? 'Reachable, of a company, and interested by what it did itself: the least a rep needs. Add your fit (segment, size, industry), then back-test.'
      : 'Nothing that customers did themselves is on record yet, so the stated origin stands for interest.',
  };
}

const sal: SuggestedDefinition = {
  term: 'sal',
  text: 'A rep looked at the lead and agreed to work it.',
  rule: {
    all: [
      { stage: 'mql', is: 'reached' },
      { stage: 'sal', is: 'reached' },
    ],
  },
  examples: [{ text: 'The rep pressed “Accept”.', meets: true }],
  from: 'practice',
  why: 'Accepting is an act of the rep with a date; nothing else is needed.',
};

function sqlDefinition(known: OnRecord): SuggestedDefinition {
  const talked: Rule = {
    touches: { where: [touch('side', 'eq', 'sales'), touch('kind', 'in', ['call', 'meeting', 'chat'])], withinDays: null },
    is: 'gte',
    value: 1,
  };
  const stage: Rule = { stage: 'sql', is: 'reached' };
  return {
    term: 'sql',
    text: 'A conversation confirmed a real opportunity: a need, somebody who decides, a time.',
    rule: { all: known.meetingsOrCalls ? [stage, talked] : [stage] },
    examples: [
      { text: 'They want to replace their planning tool this year and the director was in the call.', meets: true },
      { text: 'They asked for a price list and never answered since.', meets: false },
    ],
    from: 'practice',
    why: known.meetingsOrCalls
      ? 'A status alone is not evidence: a conversation must be on record.'
      : 'No calls or meetings are on record, so the stage alone decides.',
  };
}

function icp({ idealSegments, idealIndustries }: OnRecord): SuggestedDefinition {
  const own: Rule[] = [];
  if (idealSegments.length > 0) own.push(lead('segment', 'in', idealSegments));
  if (idealIndustries.length > 0) own.push(condition('account', 'industry', 'in', idealIndustries));
  const told = own.length > 0;
  return {
    term: 'icp',
    text: 'The companies we want: those that buy, stay and are worth it.',
    rule: { all: told ? own : [condition('account', 'industry', 'notBlank'), condition('account', 'employees', 'gte', 50)] },
    examples: [],
    from: told ? 'own' : 'blank',
    why: told
      ? 'Without those that, in your own past, clearly bought less often than the mean. Look also at who stayed.'
      : 'Nothing tells yet who buys: put in your own industries and size.',
  };
}

const attempt: SuggestedDefinition = {
  term: 'attempt',
  text: 'A rep tries to reach the lead in person, by whatever way. Machines never do, and neither does a note.',
  rule: { all: [touch('kind', 'in', ['call', 'email', 'meeting', 'message', 'chat', 'social']), touch('direction', 'ne', 'in')] },
  examples: [
    { text: 'A call that nobody answered.', meets: true },
    { text: 'A mail that the rep wrote.', meets: true },
    { text: 'A mail from a sequence that no person sent, or an out-of-office reply.', meets: false },
    { text: 'The status set to “contacted”.', meets: false },
  ],
  from: 'practice',
  why: 'Counted is what was done, not what was ticked. Automatic messages never count, whatever the rule says.',
};

function sourced({ salesOrigins }: OnRecord): SuggestedDefinition {
  const byMarketing: Rule = {
    any: [
      lead('campaignId', 'notBlank'),
      lead('channel', 'notBlank'),
      { touches: { where: [touch('side', 'eq', 'marketing')], withinDays: null }, is: 'gte', value: 1 },
    ],
  };
  const notBySales = lead('origin', 'notIn', salesOrigins.length > 0 ? salesOrigins : ['Outbound', 'Cold call', 'Sales']);
  return {
    term: 'sourced',
    text: 'The lead exists because of marketing: it came by a campaign or channel, and sales did not find it.',
    rule: { all: [byMarketing, notBySales] },
    examples: [
      { text: 'Came by a search ad.', meets: true },
      { text: 'A rep found the company and called it.', meets: false },
    ],
    from: salesOrigins.length > 0 ? 'own' : 'practice',
    why: 'The first thing that brought the lead decides; influence is counted apart and never added.',
  };
}

const paidEver: Rule = { revenue: { withinDays: null }, is: 'gte', value: '1' };

function customer({ revenue }: OnRecord): SuggestedDefinition {
  const won: Rule = { stage: 'won', is: 'reached' };
  return {
    term: 'customer',
    text: 'The lead’s company bought something.',
    rule: revenue ? { any: [won, paidEver] } : won,
    examples: [{ text: 'The deal is won, the first invoice is not written yet.', meets: true }],
    from: 'practice',
    why: revenue ? 'Won, or with revenue on record.' : 'No revenue is on record, so a won deal decides.',
  };
}

const churned: SuggestedDefinition = {
  term: 'churned',
  text: 'A company that paid and has paid nothing, on balance, for a year.',
  rule: { all: [paidEver, { revenue: { withinDays: 365 }, is: 'lte', value: '0' }] },
  examples: [{ text: 'The contract of two years ago was not renewed.', meets: true }],
  from: 'practice',
  why: 'A year without revenue holds for yearly contracts; with monthly ones, take 60 days.',
};
