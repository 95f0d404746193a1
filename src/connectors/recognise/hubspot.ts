/**
 * HubSpot's exports of contacts, companies and deals, by label or internal name. A contact makes a contact and,
 * where it has a lifecycle stage beyond subscriber, a lead status or a traffic source, also a lead: in HubSpot the
 * qualification cycle has no record of its own.
 */

import type { Condition, FieldSource, RecordMapping, ReferencePart, TableMapping } from '#features/intake/contract.ts';
import { resolverFor, type Template } from './template.ts';

/** Several ids or addresses stand in one cell, joined by a semicolon. */
const firstOf = (column: string): { column: string; splitFirst: string } => ({ column, splitFirst: ';' });
const owner = (column: string): ReferencePart => ({ column, by: 'person', missing: 'create' });

const sources = {
  ORGANIC_SEARCH: 'Organic Search',
  PAID_SEARCH: 'Paid Search',
  EMAIL_MARKETING: 'Email Marketing',
  SOCIAL_MEDIA: 'Organic Social',
  REFERRALS: 'Referrals',
  OTHER_CAMPAIGNS: 'Other Campaigns',
  DIRECT_TRAFFIC: 'Direct Traffic',
  OFFLINE: 'Offline Sources',
  PAID_SOCIAL: 'Paid Social',
  AI_REFERRALS: 'AI Referrals',
};
const stages = {
  closedwon: 'Closed Won',
  closedlost: 'Closed Lost',
  appointmentscheduled: 'Appointment Scheduled',
  qualifiedtobuy: 'Qualified To Buy',
  presentationscheduled: 'Presentation Scheduled',
  decisionmakerboughtin: 'Decision Maker Bought-In',
  contractsent: 'Contract Sent',
};

const common = {
  'Record ID': [
    'hs_object_id',
    'Record ID - Contact',
    'Record ID - Deal',
    'Record ID - Company',
    'id',
    'vid',
    'Contact ID',
    'Deal ID',
    'Company ID',
  ],
  'Create Date': ['createdate', 'hs_createdate'],
  Currency: ['deal_currency_code', 'hs_deal_currency_code'],
  'Original Traffic Source': ['Original Source', 'hs_analytics_source', 'Original Source Type'],
};
const contactNames = {
  ...common,
  'First Name': ['firstname'],
  'Last Name': ['lastname'],
  Email: ['email', 'Work email'],
  'Phone Number': ['phone', 'Phone'],
  'Mobile Phone Number': ['mobilephone'],
  'Contact owner': ['hubspot_owner_id', 'Owner'],
  'Lead Status': ['hs_lead_status'],
  'Company Name': ['company', 'Associated Company'],
  'Job Title': ['jobtitle'],
  'Lifecycle Stage': ['lifecyclestage'],
  'Country/Region': ['country', 'Country'],
  City: ['city'],
  'Primary Associated Company ID': ['associatedcompanyid', 'Associated Company IDs', 'Associated Company ID'],
  'First Touch Converting Campaign': ['hs_analytics_first_touch_converting_campaign'],
};
const dealNames = {
  ...common,
  'Deal Name': ['dealname'],
  'Deal Stage': ['dealstage'],
  'Close Date': ['closedate'],
  'Deal owner': ['hubspot_owner_id'],
  Amount: ['amount'],
  Pipeline: ['pipeline'],
  'Deal Type': ['dealtype'],
  'Is Closed Won': ['hs_is_closed_won'],
  'Is closed lost': ['hs_is_closed_lost'],
  'Is Deal Closed?': ['hs_is_closed'],
  'Closed Lost Reason': ['closed_lost_reason'],
  'Deal probability': ['hs_deal_stage_probability'],
  'Associated Company': ['Associated Company Names', 'Company Name'],
  'Associated Company IDs': ['Associated Company ID', 'Primary Associated Company ID'],
  'Associated Contact IDs': ['Associated Contact ID'],
};
const companyNames = {
  ...common,
  'Company name': ['name'],
  'Company Domain Name': ['domain'],
  Industry: ['industry'],
  'Country/Region': ['country', 'Country'],
  City: ['city'],
  'Phone Number': ['phone'],
  'Number of Employees': ['numberofemployees'],
  'Annual Revenue': ['annualrevenue'],
  'Company owner': ['hubspot_owner_id'],
};

/** Lifecycle stages with the lead's field; the names of the date columns follow a pattern. */
const lifecycle = [
  { label: 'Lead', internal: 'lead', field: 'openedAt' },
  { label: 'Marketing Qualified Lead', internal: 'marketingqualifiedlead', field: 'mqlAt' },
  { label: 'Sales Qualified Lead', internal: 'salesqualifiedlead', field: 'sqlAt' },
  { label: 'Opportunity', internal: 'opportunity', field: 'dealAt' },
  { label: 'Customer', internal: 'customer', field: 'wonAt' },
] as const;

const isLead: Condition = {
  any: [
    { column: 'Lifecycle Stage', blank: false, notIn: ['subscriber', 'other', 'evangelist'] },
    { column: 'Lead Status', blank: false },
    { column: 'Original Traffic Source', blank: false },
  ],
};

/** @param withCompanies companies are among the files, so that their ids can be resolved */
export function hubspotTemplates(header: readonly string[], withCompanies: boolean): Template[] {
  return [contacts(header, withCompanies), deals(header, withCompanies), companies()];
}

/** By id where the companies come along; else by name, which makes the account. */
const companyLinks = (id: string, name: string, withCompanies: boolean): ReferencePart[] => {
  const byName: ReferencePart = { column: name, by: 'name', missing: 'create', splitFirst: ';' };
  return withCompanies ? [firstOf(id), byName] : [byName, { ...firstOf(id), missing: 'quiet' }];
};

function contacts(header: readonly string[], withCompanies: boolean): Template {
  const accountId = companyLinks('Primary Associated Company ID', 'Company Name', withCompanies);
  const person = {
    email: firstOf('Email'),
    phone: ['Phone Number', 'Mobile Phone Number'],
    title: 'Job Title',
    country: 'Country/Region',
    city: 'City',
  };
  const lead: RecordMapping = {
    kind: 'lead',
    key: ['Record ID'],
    when: isLead,
    fields: {
      name: [{ join: ['First Name', 'Last Name'] }, firstOf('Email'), 'Company Name'],
      company: 'Company Name',
      ...person,
      origin: { column: 'Original Traffic Source', values: sources },
      channel: { column: 'Original Traffic Source', values: sources },
      status: ['Lead Status', 'Lifecycle Stage'],
      ...lifecycleTimes(header),
    },
    references: {
      contactId: { column: 'Record ID' },
      accountId,
      ownerId: owner('Contact owner'),
      campaignId: { column: 'First Touch Converting Campaign', by: 'name', missing: 'create' },
    },
  };
  return {
    title: 'HubSpot contacts',
    needs: [
      ['Record ID'],
      ['Email', 'First Name', 'Last Name'],
      ['Lifecycle Stage', 'Lead Status', 'Original Traffic Source', 'Contact owner', 'Marketing contact status'],
    ],
    lacks: ['Deal Name', 'Deal Stage', 'Company Domain Name'],
    aliases: contactNames,
    record: {
      kind: 'contact',
      key: ['Record ID'],
      fields: {
        fullName: { join: ['First Name', 'Last Name'] },
        givenName: 'First Name',
        familyName: 'Last Name',
        ...person,
        openedAt: 'Create Date',
      },
      references: { accountId, ownerId: owner('Contact owner') },
      also: [lead],
    },
  };
}

function lifecycleTimes(header: readonly string[]): Record<string, FieldSource> {
  const times: Record<string, FieldSource> = {};
  for (const { label, internal, field } of lifecycle) {
    const columns = header.filter(
      (name) =>
        enteredStage(name)?.stage.toLowerCase() === label.toLowerCase() || internalNames(label, internal).includes(name.toLowerCase()),
    );
    const sources = field === 'openedAt' ? [...columns, 'Create Date'] : columns;
    if (sources.length > 0) times[field] = sources;
  }
  return times;
}

const internalNames = (label: string, internal: string): string[] => [
  `hs_v2_date_entered_${internal}`,
  `hs_lifecyclestage_${internal}_date`,
  `became a ${label.toLowerCase()} date`,
  `date entered ${label.toLowerCase()}`,
];

/** `Date entered "Closed Won (Sales Pipeline)"` → its stage and pipeline. */
export function enteredStage(column: string): { stage: string; pipeline: string } | null {
  const parts = /^date entered "(.+?)(?: \(([^()]*)\))?"$/i.exec(column.trim());
  return parts === null ? null : { stage: parts[1] ?? '', pipeline: parts[2] ?? '' };
}

const won: Condition = {
  any: [
    { column: 'Is Closed Won', isTrue: true },
    { column: 'Deal Stage', in: ['closedwon', 'Closed Won', 'Won'] },
    { column: 'Deal Stage', startsWith: 'closed won' },
  ],
};
const lost: Condition = {
  any: [
    { column: 'Is closed lost', isTrue: true },
    { column: 'Deal Stage', in: ['closedlost', 'Closed Lost', 'Lost'] },
    { column: 'Deal Stage', startsWith: 'closed lost' },
  ],
};

function deals(header: readonly string[], withCompanies: boolean): Template {
  const contact = firstOf('Associated Contact IDs');
  const record: Omit<TableMapping, 'match'> = {
    kind: 'deal',
    key: ['Record ID'],
    fields: {
      name: 'Deal Name',
      type: 'Deal Type',
      pipeline: 'Pipeline',
      stage: { column: 'Deal Stage', values: stages },
      status: [{ constant: 'won', when: won }, { constant: 'lost', when: lost }, { constant: 'open' }],
      amount: 'Amount',
      currency: 'Currency',
      openedAt: 'Create Date',
      expectedCloseOn: 'Close Date',
      closedAt: { column: 'Close Date', when: { any: [won, lost] } },
      lostReason: 'Closed Lost Reason',
    },
    references: {
      accountId: companyLinks('Associated Company IDs', 'Associated Company', withCompanies),
      contactId: { ...contact, missing: 'quiet' },
      leadId: { ...contact, missing: 'quiet' },
      ownerId: owner('Deal owner'),
    },
    also: stageHistory(header),
  };
  return { title: 'HubSpot deals', needs: [['Record ID'], ['Deal Name'], ['Deal Stage']], aliases: dealNames, record };
}

/** Each `Date entered "Stage (Pipeline)"` column is one stage of the deal's history. */
function stageHistory(header: readonly string[]): RecordMapping[] {
  return header.flatMap((column) => {
    const entered = enteredStage(column);
    if (entered === null) return [];
    return [
      {
        kind: 'dealStage',
        key: ['Record ID', { constant: column }],
        when: { column, blank: false },
        fields: { stage: { constant: entered.stage }, enteredAt: column },
        references: { dealId: { column: 'Record ID', missing: 'reject' } },
      } satisfies RecordMapping,
    ];
  });
}

function companies(): Template {
  return {
    title: 'HubSpot companies',
    needs: [['Record ID'], ['Company name'], ['Company Domain Name', 'Company owner', 'Number of Employees']],
    lacks: ['Deal Name', 'Email'],
    aliases: companyNames,
    record: {
      kind: 'account',
      key: ['Record ID'],
      fields: {
        name: ['Company name', 'Company Domain Name'],
        domain: firstOf('Company Domain Name'),
        industry: 'Industry',
        country: 'Country/Region',
        city: 'City',
        phone: 'Phone Number',
        employees: 'Number of Employees',
        annualRevenue: 'Annual Revenue',
        openedAt: 'Create Date',
      },
      references: { ownerId: owner('Company owner') },
    },
  };
}

/** Whether a header is that of HubSpot's companies, by label or internal name. */
export const isCompanies = (header: readonly string[]): boolean => {
  const resolve = resolverFor(header, companyNames);
  return resolve('Record ID') !== null && resolve('Company name') !== null && resolve('Company Domain Name') !== null;
};
