/** What columns and tables are called in the wild. */

import type { ImportKind } from '#features/intake/contract.ts';

/** Singular and plural; the first is used in sentences. */
export const kindWords: Record<ImportKind, readonly [string, ...string[]]> = {
  member: ['members', 'member', 'users', 'user', 'reps', 'sales reps', 'sales team', 'sales teams', 'employees', 'staff', 'team', 'agents'],
  account: ['accounts', 'account', 'companies', 'company', 'organizations', 'organisations', 'customers', 'customer', 'clients', 'firmen'],
  contact: ['contacts', 'contact', 'people', 'persons', 'person', 'kontakte'],
  campaign: ['campaigns', 'campaign', 'kampagnen'],
  lead: ['leads', 'lead', 'mqls', 'mql', 'prospects', 'inquiries'],
  deal: ['deals', 'deal', 'opportunities', 'opportunity', 'pipeline', 'opps'],
  campaignMember: ['campaign members', 'campaign member', 'campaign responses'],
  touch: ['touches', 'touch', 'activities', 'activity', 'events', 'interactions', 'calls', 'meetings', 'engagements'],
  revenue: ['revenue', 'invoices', 'invoice', 'orders', 'order items', 'payments', 'sales', 'bookings'],
  dealStage: ['deal stages', 'stage history', 'opportunity history', 'deal history'],
};

const person = {
  email: ['email', 'email address', 'e mail', 'mail', 'work email', 'e mail adresse'],
  phone: ['phone', 'phone number', 'telephone', 'mobile', 'mobile phone', 'telefon', 'tel'],
  title: ['job title', 'title', 'position', 'role', 'job', 'jobtitle'],
  country: ['country', 'country region', 'land', 'office location', 'country code'],
  city: ['city', 'town', 'stadt', 'ort'],
};
const owner = ['owner', 'owner name', 'owner email', 'owner id', 'sales rep', 'rep', 'sales agent', 'account manager', 'account executive', 'assigned to', 'salesperson', 'responsible'];
const created = ['created', 'created at', 'created on', 'create date', 'created date', 'creation date', 'date created', 'date added', 'erstellt', 'angelegt am'];
const accountNames = ['account', 'account name', 'account id', 'company', 'company name', 'company id', 'organization', 'organisation', 'customer', 'customer name', 'customer id', 'client', 'firma'];
const campaignNames = ['campaign', 'campaign name', 'campaign id', 'utm campaign', 'kampagne'];
const contactNames = ['contact', 'contact name', 'contact id', 'contact person', 'person id', 'contact email'];
const amount = ['amount', 'value', 'deal value', 'deal amount', 'price', 'total', 'close value', 'arr', 'acv', 'betrag', 'umsatz', 'deal size'];

const byKind: Partial<Record<ImportKind, Readonly<Record<string, readonly string[]>>>> = {
  member: { ...person, name: ['name', 'full name', 'sales agent', 'user', 'rep', 'employee'], team: ['team', 'regional office', 'department', 'region', 'office'], managerId: ['manager', 'manager name', 'reports to', 'supervisor'], side: ['side', 'department'] },
  account: { ...person, name: ['name', ...accountNames.filter((name) => !name.endsWith(' id'))], domain: ['domain', 'website', 'web site', 'url', 'homepage', 'company domain'], industry: ['industry', 'sector', 'branche', 'vertical'], segment: ['segment', 'tier', 'size'], employees: ['employees', 'number of employees', 'employee count', 'headcount', 'mitarbeiter'], annualRevenue: ['annual revenue', 'revenue', 'turnover', 'umsatz'], ownerId: owner, openedAt: created },
  contact: { ...person, fullName: ['name', 'full name', 'contact name', 'contact'], givenName: ['first name', 'firstname', 'given name', 'vorname'], familyName: ['last name', 'lastname', 'surname', 'family name', 'nachname'], accountId: accountNames, ownerId: owner, openedAt: created },
  campaign: { name: ['name', 'campaign', 'campaign name', 'title'], channel: ['channel', 'medium'], type: ['type', 'campaign type'], status: ['status', 'state'], startsOn: ['start date', 'starts', 'start', 'from', 'begin'], endsOn: ['end date', 'ends', 'end', 'to', 'until'], budget: ['budget', 'planned cost', 'budgeted cost'], ownerId: owner },
  lead: {
    ...person, name: ['name', 'full name', 'lead name', 'contact name', 'lead'], company: ['company', 'company name', 'organization', 'firma'], origin: ['origin', 'source', 'lead source', 'original source', 'utm source', 'quelle', 'herkunft'], channel: ['channel', 'medium', 'utm medium', 'kanal'],
    segment: ['segment', 'business segment', 'tier', 'industry'], landingPage: ['landing page', 'landing page id', 'landing page url', 'first page'], status: ['status', 'lead status', 'state', 'stage', 'lifecycle stage'], campaignId: campaignNames, contactId: contactNames, ownerId: owner, qualifierId: ['sdr', 'bdr', 'sdr id', 'qualifier', 'qualified by'],
    openedAt: [...created, 'first contact date', 'date', 'inquiry date', 'lead date', 'submitted at'], mqlAt: ['mql date', 'mql at', 'marketing qualified date', 'mql'], salAt: ['sal date', 'accepted date', 'sal'], sqlAt: ['sql date', 'sql at', 'sales qualified date', 'sql'], wonAt: ['won date', 'won at', 'customer date'], lostAt: ['lost date', 'lost at'], value: amount,
  },
  deal: {
    name: ['name', 'deal', 'deal name', 'opportunity', 'opportunity name', 'title'], accountId: accountNames, contactId: contactNames, campaignId: campaignNames, leadId: ['lead', 'lead id'], pipeline: ['pipeline'], stage: ['stage', 'deal stage', 'sales stage', 'phase'], status: ['status', 'outcome', 'result', 'state'],
    product: ['product', 'product name', 'produkt'], amount, currency: ['currency', 'currency code', 'waehrung', 'währung'], probabilityPercent: ['probability', 'win probability'], ownerId: owner, openedAt: [...created, 'open date', 'engage date'], expectedCloseOn: ['expected close', 'expected close date', 'close date'], closedAt: ['closed', 'closed at', 'closed date', 'won date'], lostReason: ['lost reason', 'loss reason', 'reason lost'],
  },
  campaignMember: { campaignId: campaignNames, contactId: contactNames, leadId: ['lead', 'lead id'], status: ['status', 'response'], joinedAt: ['added', 'joined', 'date added', 'member since', ...created], respondedAt: ['responded', 'first responded date', 'response date'] },
  touch: { occurredAt: ['when', 'date', 'time', 'timestamp', 'occurred at', 'activity date', 'event time', 'datum', 'date time', 'datetime', 'created at'], side: ['side', 'department'], kind: ['kind', 'type', 'activity type', 'event type', 'activity', 'event'], channel: ['channel', 'medium', 'source'], direction: ['direction'], outcome: ['outcome', 'result', 'disposition'], subject: ['subject', 'title', 'description', 'note'], campaignId: campaignNames, memberId: ['who', 'user', 'rep', 'owner', 'agent', 'member', 'assigned to'], accountId: accountNames, contactId: contactNames, leadId: ['lead', 'lead id'], dealId: ['deal', 'deal id', 'opportunity', 'opportunity id'] },
  revenue: { accountId: accountNames, dealId: ['deal', 'deal id', 'opportunity id'], kind: ['kind', 'type', 'revenue type'], occurredOn: ['day', 'date', 'invoice date', 'order date', 'booked on', 'paid on', 'datum'], amount, currency: ['currency', 'currency code'], product: ['product', 'product id', 'product name', 'item', 'sku'], description: ['description', 'note', 'memo'] },
  dealStage: { dealId: ['deal', 'deal id', 'opportunity', 'opportunity id'], stage: ['stage', 'stage name', 'new stage', 'to stage'], enteredAt: ['entered', 'entered at', 'date', 'changed at', 'changed on', ...created] },
};

export const aliasesOf = (kind: ImportKind, field: string): readonly string[] => byKind[kind]?.[field] ?? [];
