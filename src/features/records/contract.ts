/**
 * The shared record: which kinds there are and which fields each has. This table is read by the
 * server (columns, folding of facts, bulk apply), by intake (mapping targets), by the web app and by
 * the documentation, so a field exists everywhere or nowhere.
 */

/** How a field's value is written in JSON and checked. */
export type FieldType =
  | 'text' // NFC, no NUL, at most 10,000 characters
  | 'email' // as given; identity uses the normalised key
  | 'phone' // as given; identity uses E.164 when it can be told
  | 'domain' // registrable domain, lower case, no scheme
  | 'integer'
  | 'percent' // 0..100, up to 2 decimals, as a decimal string
  | 'boolean'
  | 'instant' // ISO 8601 in UTC, e.g. 2026-03-27T20:00:00Z
  | 'day' // YYYY-MM-DD in the workspace's zone
  | 'amount' // decimal string of minor units; the record's `currency` stands beside it
  | 'currency' // ISO 4217
  | 'choice' // one of `choices`
  | 'member' // id of a member; in files: name, e-mail or the source's owner id
  | 'account'
  | 'contact'
  | 'lead'
  | 'deal'
  | 'campaign';

export interface Field {
  /** camelCase in JSON; the column is the same in snake_case. */
  readonly name: string;
  readonly type: FieldType;
  readonly label: string;
  readonly required?: boolean;
  readonly choices?: readonly string[];
  /** Other words that files write for a choice, in small letters and joined by `_`. */
  readonly spellings?: Readonly<Record<string, string>>;
  readonly help?: string;
}

const owner: Field = { name: 'ownerId', type: 'member', label: 'Owner' };
const currency: Field = { name: 'currency', type: 'currency', label: 'Currency' };

export const accountFields = [
  { name: 'name', type: 'text', label: 'Name', required: true },
  { name: 'domain', type: 'domain', label: 'Domain' },
  { name: 'industry', type: 'text', label: 'Industry' },
  { name: 'segment', type: 'text', label: 'Segment' },
  { name: 'country', type: 'text', label: 'Country' },
  { name: 'city', type: 'text', label: 'City' },
  { name: 'phone', type: 'phone', label: 'Phone' },
  { name: 'employees', type: 'integer', label: 'Employees' },
  { name: 'annualRevenue', type: 'amount', label: 'Annual revenue' },
  currency,
  owner,
  { name: 'openedAt', type: 'instant', label: 'Created', help: 'when the source says the account was created' },
] as const satisfies readonly Field[];

export const contactFields = [
  { name: 'accountId', type: 'account', label: 'Account' },
  { name: 'fullName', type: 'text', label: 'Name' },
  { name: 'givenName', type: 'text', label: 'First name' },
  { name: 'familyName', type: 'text', label: 'Last name' },
  { name: 'email', type: 'email', label: 'E-mail' },
  { name: 'phone', type: 'phone', label: 'Phone' },
  { name: 'title', type: 'text', label: 'Job title' },
  { name: 'country', type: 'text', label: 'Country' },
  { name: 'city', type: 'text', label: 'City' },
  owner,
  { name: 'openedAt', type: 'instant', label: 'Created' },
] as const satisfies readonly Field[];

export const campaignFields = [
  { name: 'name', type: 'text', label: 'Name', required: true },
  { name: 'channel', type: 'text', label: 'Channel' },
  { name: 'type', type: 'text', label: 'Type' },
  { name: 'status', type: 'text', label: 'Status' },
  { name: 'startsOn', type: 'day', label: 'Starts' },
  { name: 'endsOn', type: 'day', label: 'Ends' },
  { name: 'budget', type: 'amount', label: 'Budget' },
  currency,
  owner,
] as const satisfies readonly Field[];

/** A lead is one qualification cycle of a contact. Its stage follows from the times below. */
export const leadFields = [
  { name: 'name', type: 'text', label: 'Name', help: 'what the lead is called in lists: the person, else the company' },
  { name: 'company', type: 'text', label: 'Company' },
  { name: 'email', type: 'email', label: 'E-mail' },
  { name: 'phone', type: 'phone', label: 'Phone' },
  { name: 'title', type: 'text', label: 'Job title' },
  { name: 'country', type: 'text', label: 'Country' },
  { name: 'city', type: 'text', label: 'City' },
  { name: 'contactId', type: 'contact', label: 'Contact' },
  { name: 'accountId', type: 'account', label: 'Account' },
  { name: 'campaignId', type: 'campaign', label: 'Campaign' },
  { name: 'previousLeadId', type: 'lead', label: 'Earlier cycle' },
  { name: 'cycle', type: 'integer', label: 'Cycle' },
  { name: 'origin', type: 'text', label: 'Origin', help: 'where the lead came from, in the source’s own words; blank stays blank' },
  { name: 'channel', type: 'text', label: 'Channel' },
  { name: 'segment', type: 'text', label: 'Segment' },
  { name: 'landingPage', type: 'text', label: 'Landing page' },
  { name: 'status', type: 'text', label: 'Status', help: 'the source’s own status, kept as it is' },
  { name: 'ownerId', type: 'member', label: 'Rep' },
  { name: 'qualifierId', type: 'member', label: 'SDR' },
  { name: 'openedAt', type: 'instant', label: 'Created (inquiry)' },
  { name: 'mqlAt', type: 'instant', label: 'MQL' },
  { name: 'salAt', type: 'instant', label: 'SAL' },
  { name: 'sqlAt', type: 'instant', label: 'SQL' },
  { name: 'dealAt', type: 'instant', label: 'Deal opened' },
  { name: 'wonAt', type: 'instant', label: 'Won' },
  { name: 'lostAt', type: 'instant', label: 'Lost' },
  { name: 'rejectedAt', type: 'instant', label: 'Rejected' },
  { name: 'rejectedReason', type: 'text', label: 'Rejection reason' },
  { name: 'recycledAt', type: 'instant', label: 'Recycled' },
  { name: 'recycledUntil', type: 'day', label: 'Recycled until' },
  { name: 'disqualifiedAt', type: 'instant', label: 'Disqualified' },
  { name: 'disqualifiedReason', type: 'text', label: 'Disqualification reason' },
  { name: 'lostReason', type: 'text', label: 'Lost reason' },
  { name: 'value', type: 'amount', label: 'Value', help: 'amount of the deal it became' },
  currency,
] as const satisfies readonly Field[];

export const dealFields = [
  { name: 'name', type: 'text', label: 'Name', required: true },
  { name: 'accountId', type: 'account', label: 'Account' },
  { name: 'contactId', type: 'contact', label: 'Contact' },
  { name: 'leadId', type: 'lead', label: 'Lead' },
  { name: 'campaignId', type: 'campaign', label: 'Campaign' },
  { name: 'type', type: 'text', label: 'Type', help: 'new business, renewal, expansion…' },
  { name: 'pipeline', type: 'text', label: 'Pipeline' },
  { name: 'stage', type: 'text', label: 'Stage', help: 'the source’s own stage, kept as it is' },
  { name: 'status', type: 'choice', label: 'Status', choices: ['open', 'won', 'lost'], required: true },
  { name: 'product', type: 'text', label: 'Product' },
  { name: 'segment', type: 'text', label: 'Segment' },
  { name: 'amount', type: 'amount', label: 'Amount' },
  currency,
  { name: 'probabilityPercent', type: 'percent', label: 'Probability' },
  owner,
  { name: 'qualifierId', type: 'member', label: 'SDR' },
  { name: 'openedAt', type: 'instant', label: 'Opened' },
  { name: 'expectedCloseOn', type: 'day', label: 'Expected close' },
  { name: 'closedAt', type: 'instant', label: 'Closed', help: 'when it was won or lost' },
  { name: 'lostReason', type: 'text', label: 'Lost reason' },
] as const satisfies readonly Field[];

export const campaignMemberFields = [
  { name: 'campaignId', type: 'campaign', label: 'Campaign', required: true },
  { name: 'contactId', type: 'contact', label: 'Contact' },
  { name: 'leadId', type: 'lead', label: 'Lead' },
  { name: 'status', type: 'text', label: 'Status' },
  { name: 'joinedAt', type: 'instant', label: 'Added' },
  { name: 'respondedAt', type: 'instant', label: 'Responded' },
] as const satisfies readonly Field[];

/** Append-only: a touch is itself a fact. It may be voided, never changed. */
export const touchFields = [
  { name: 'occurredAt', type: 'instant', label: 'When', required: true },
  { name: 'side', type: 'choice', label: 'Side', choices: ['marketing', 'sales', 'customer'], required: true },
  {
    name: 'kind',
    type: 'choice',
    label: 'Kind',
    required: true,
    choices: [
      'ad_click',
      'visit',
      'form',
      'email',
      'call',
      'meeting',
      'webinar',
      'event',
      'content',
      'chat',
      'social',
      'message',
      'note',
      'other',
    ],
  },
  { name: 'channel', type: 'text', label: 'Channel' },
  { name: 'direction', type: 'choice', label: 'Direction', choices: ['in', 'out'] },
  { name: 'automated', type: 'boolean', label: 'Automated', help: 'sent by a machine: no attempt' },
  { name: 'outcome', type: 'text', label: 'Outcome' },
  { name: 'subject', type: 'text', label: 'Subject' },
  { name: 'campaignId', type: 'campaign', label: 'Campaign' },
  { name: 'memberId', type: 'member', label: 'Who' },
  { name: 'accountId', type: 'account', label: 'Account' },
  { name: 'contactId', type: 'contact', label: 'Contact' },
  { name: 'leadId', type: 'lead', label: 'Lead' },
  { name: 'dealId', type: 'deal', label: 'Deal' },
] as const satisfies readonly Field[];

/** Append-only. Amounts of kind `contraction` and `refund` are stated positive and count negative. */
export const revenueFields = [
  { name: 'accountId', type: 'account', label: 'Account', required: true },
  { name: 'dealId', type: 'deal', label: 'Deal' },
  { name: 'kind', type: 'choice', label: 'Kind', choices: ['new', 'renewal', 'expansion', 'contraction', 'refund'], required: true },
  { name: 'occurredOn', type: 'day', label: 'Day', required: true },
  { name: 'amount', type: 'amount', label: 'Amount', required: true },
  { ...currency, required: true },
  { name: 'product', type: 'text', label: 'Product' },
  { name: 'description', type: 'text', label: 'Description' },
] as const satisfies readonly Field[];

/** Append-only history of a deal's own stages. */
export const dealStageFields = [
  { name: 'dealId', type: 'deal', label: 'Deal', required: true },
  { name: 'stage', type: 'text', label: 'Stage', required: true },
  { name: 'enteredAt', type: 'instant', label: 'Entered', required: true },
] as const satisfies readonly Field[];

export const costSides = ['marketing', 'sales'] as const;
type CostSide = (typeof costSides)[number];
export const costCategories = [
  'media',
  'agency',
  'event',
  'content',
  'tools',
  'salaries',
  'commissions',
  'travel',
  'entertainment',
  'samples',
  'misc',
] as const;
type CostCategory = (typeof costCategories)[number];
/** Which categories a side has, in the order they are shown. A category that only one side has tells the side. */
export const costCategoriesOf: Readonly<Record<CostSide, readonly CostCategory[]>> = {
  marketing: ['media', 'agency', 'event', 'content', 'tools', 'salaries', 'commissions', 'misc'],
  sales: ['salaries', 'commissions', 'travel', 'entertainment', 'samples', 'tools', 'misc'],
};
/** What is somebody's pay: shown to those who may see it, and to nobody else. */
export const payCategories: readonly CostCategory[] = ['salaries', 'commissions'];

const spelled = (words: Readonly<Partial<Record<CostCategory, string>>>): Record<string, string> =>
  Object.fromEntries(Object.entries(words).flatMap(([category, list]) => list.split(' ').map((word) => [word, category])));
const categorySpellings = spelled({
  media: 'ads ad advertising advertisements ad_spend adspend media_spend paid_media ppc sponsoring werbung anzeigen',
  agency: 'agencies agency_fee agency_fees freelancer freelancers agentur agenturen',
  event: 'events trade_fair trade_fairs trade_show trade_shows conference conferences webinar webinars messe messen veranstaltungen',
  content: 'contents content_production creative creatives inhalte',
  tools: 'tool software licence licences license licenses subscription subscriptions saas martech lizenzen',
  salaries: 'salary wage wages payroll personnel staff gehalt gehälter löhne lohn personalkosten',
  commissions: 'commission bonus bonuses variable_pay provision provisionen',
  travel: 'travels travel_expense travel_expenses travel_costs trips mileage flights hotels reisekosten reisen',
  entertainment: 'hospitality meals client_entertainment entertaining bewirtung',
  samples: 'sample sample_products muster',
  misc: 'miscellaneous other others various sonstiges',
});

/** Append-only: what either side spent. Corrected by a reversing entry, never edited, never voided by hand. */
export const costFields = [
  { name: 'occurredOn', type: 'day', label: 'Day', required: true },
  { name: 'side', type: 'choice', label: 'Side', choices: costSides, spellings: { vertrieb: 'sales', selling: 'sales' }, required: true },
  { name: 'category', type: 'choice', label: 'Category', choices: costCategories, spellings: categorySpellings, required: true },
  { name: 'amount', type: 'amount', label: 'Amount', required: true },
  { ...currency, required: true },
  { name: 'campaignId', type: 'campaign', label: 'Campaign' },
  { name: 'accountId', type: 'account', label: 'Account' },
  { name: 'memberId', type: 'member', label: 'Whose', help: 'whom it was spent by or for' },
  { name: 'team', type: 'text', label: 'Team', help: 'by its name' },
  { name: 'segment', type: 'text', label: 'Segment' },
  { name: 'channel', type: 'text', label: 'Channel' },
  { name: 'people', type: 'integer', label: 'People', help: 'of pay: how many persons’ pay is in it' },
  { name: 'supplier', type: 'text', label: 'Supplier' },
  { name: 'description', type: 'text', label: 'Description' },
] as const satisfies readonly Field[];

/** Kinds whose state is folded from facts, in the order in which they may refer to each other. */
export const recordKinds = ['account', 'contact', 'campaign', 'lead', 'deal', 'campaignMember'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** Kinds whose rows are facts themselves: inserted, voided (a cost: reversed), never changed. */
export const entryKinds = ['touch', 'revenue', 'dealStage', 'cost'] as const;
export type EntryKind = (typeof entryKinds)[number];

export type Kind = RecordKind | EntryKind;

export const fieldsOf: Record<Kind, readonly Field[]> = {
  account: accountFields,
  contact: contactFields,
  campaign: campaignFields,
  lead: leadFields,
  deal: dealFields,
  campaignMember: campaignMemberFields,
  touch: touchFields,
  revenue: revenueFields,
  dealStage: dealStageFields,
  cost: costFields,
};

export const tableOf: Record<Kind, string> = {
  account: 'accounts',
  contact: 'contacts',
  campaign: 'campaigns',
  lead: 'leads',
  deal: 'deals',
  campaignMember: 'campaign_members',
  touch: 'touches',
  revenue: 'revenue_entries',
  dealStage: 'deal_stages',
  cost: 'cost_entries',
};

/** Kinds that can carry the company's own fields, kept in `custom` (JSON object of text, number, boolean). */
export const customisableKinds = [
  'account',
  'contact',
  'campaign',
  'lead',
  'deal',
  'touch',
  'revenue',
  'cost',
] as const satisfies readonly Kind[];

/** The stages of a lead in their order, with the field that holds the time of entry. */
export const leadStages = [
  { stage: 'inquiry', field: 'openedAt', label: 'Inquiry' },
  { stage: 'mql', field: 'mqlAt', label: 'MQL' },
  { stage: 'sal', field: 'salAt', label: 'SAL' },
  { stage: 'sql', field: 'sqlAt', label: 'SQL' },
  { stage: 'deal', field: 'dealAt', label: 'Deal' },
  { stage: 'won', field: 'wonAt', label: 'Won' },
  { stage: 'lost', field: 'lostAt', label: 'Lost' },
  { stage: 'rejected', field: 'rejectedAt', label: 'Rejected' },
  { stage: 'recycled', field: 'recycledAt', label: 'Recycled' },
  { stage: 'disqualified', field: 'disqualifiedAt', label: 'Disqualified' },
] as const;
export type LeadStage = (typeof leadStages)[number]['stage'];

/** `ownerId` → `owner_id`. */
export const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
