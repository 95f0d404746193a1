/**
 * Salesforce objects as the data loader and the weekly export write them. Columns: Salesforce's object reference.
 * Weekly exports state times in GMT without saying so, hence the zone of the time columns.
 */

import type { Condition, Reading, ReferencePart } from '#features/intake/contract.ts';
import type { Template } from './template.ts';

const time = (column: string, when?: Condition): Reading => ({ column, timeZone: 'UTC', ...(when ? { when } : {}) });
const link = (column: string, missing: ReferencePart['missing'] = 'leave'): ReferencePart => ({ column, format: 'salesforceId', missing });
/** The object an id belongs to is told by its first three letters. */
const linkIf = (column: string, prefix: string): ReferencePart => ({ ...link(column), when: { column, startsWith: prefix } });
const key = [{ column: 'Id', format: 'salesforceId' }] satisfies Reading[];
const converted: Condition = { column: 'ConvertedOpportunityId', blank: false, notIn: ['000000000000000AAA', '000000000000000'] };
const notDeleted: Condition = { column: 'IsDeleted', isTrue: false };
/** An owner is kept by id even when User.csv isn't there: the name comes with it later. */
const owner = link('OwnerId', 'create');

const won: Condition = {
  any: [
    { column: 'IsWon', isTrue: true },
    { column: 'StageName', in: ['Closed Won'] },
  ],
};
const closed: Condition = {
  any: [
    { column: 'IsClosed', isTrue: true },
    { column: 'StageName', in: ['Closed Won', 'Closed Lost'] },
  ],
};
/** A task that isn't done is a plan: kept on the timeline as a note, never evidence of an attempt. */
const notDone: Condition = {
  all: [
    { column: 'IsClosed', isTrue: false },
    { column: 'Status', notIn: ['Completed', 'Closed', 'Done'] },
  ],
};

const kindWords = {
  call: 'call',
  email: 'email',
  'list email': 'email',
  listemail: 'email',
  meeting: 'meeting',
  demo: 'meeting',
  event: 'event',
  webinar: 'webinar',
  linkedin: 'social',
  social: 'social',
  sms: 'message',
  chat: 'chat',
  letter: 'message',
};
const activityLinks = {
  memberId: owner,
  leadId: linkIf('WhoId', '00Q'),
  contactId: linkIf('WhoId', '003'),
  accountId: [linkIf('WhatId', '001'), link('AccountId')],
  dealId: linkIf('WhatId', '006'),
  campaignId: linkIf('WhatId', '701'),
};
const statusBecame = (...words: string[]): Reading => time('CreatedDate', { column: 'NewValue', in: words });

export const salesforceTemplates: readonly Template[] = [
  {
    title: 'Salesforce users',
    needs: [['Id'], ['Username'], ['LastName', 'Name']],
    record: {
      kind: 'member',
      key,
      fields: { name: ['Name', { join: ['FirstName', 'LastName'] }], email: 'Email', title: 'Title', active: 'IsActive' },
      references: { managerId: link('ManagerId') },
    },
  },
  {
    title: 'Salesforce leads',
    needs: [['Id'], ['LastName', 'Name'], ['Company'], ['Status']],
    lacks: ['CampaignId'],
    record: {
      kind: 'lead',
      key,
      when: notDeleted,
      fields: {
        name: ['Name', { join: ['FirstName', 'LastName'] }, 'Company'],
        company: 'Company',
        email: 'Email',
        phone: ['Phone', 'MobilePhone'],
        title: 'Title',
        country: 'Country',
        city: 'City',
        origin: 'LeadSource',
        status: 'Status',
        openedAt: time('CreatedDate'),
        sqlAt: { column: 'ConvertedDate', when: { column: 'IsConverted', isTrue: true } },
        dealAt: { column: 'ConvertedDate', when: converted },
      },
      references: {
        ownerId: owner,
        accountId: link('ConvertedAccountId'),
        // Not converted: the person stands on the lead itself, and is linked only to a contact with the same e-mail.
        contactId: [link('ConvertedContactId'), { column: 'Email', by: 'email', missing: 'quiet' }],
      },
      also: [
        {
          kind: 'deal',
          onlyUpdate: true,
          key: [{ column: 'ConvertedOpportunityId', format: 'salesforceId' }],
          when: converted,
          references: { leadId: link('Id') },
        },
      ],
    },
  },
  {
    title: 'Salesforce opportunities',
    needs: [['Id'], ['Name'], ['StageName'], ['CloseDate']],
    record: {
      kind: 'deal',
      key,
      when: notDeleted,
      fields: {
        name: 'Name',
        type: 'Type',
        stage: 'StageName',
        product: ['Product__c'],
        amount: 'Amount',
        currency: 'CurrencyIsoCode',
        probabilityPercent: 'Probability',
        status: [{ constant: 'won', when: won }, { constant: 'lost', when: closed }, { constant: 'open' }],
        openedAt: time('CreatedDate'),
        expectedCloseOn: 'CloseDate',
        closedAt: { column: 'CloseDate', when: closed },
        lostReason: ['Loss_Reason__c', 'Lost_Reason__c'],
      },
      references: { accountId: link('AccountId'), contactId: link('ContactId'), campaignId: link('CampaignId'), ownerId: owner },
    },
  },
  {
    title: 'Salesforce campaign members',
    needs: [['Id'], ['CampaignId'], ['LeadId', 'ContactId'], ['Status']],
    record: {
      kind: 'campaignMember',
      key,
      when: notDeleted,
      fields: { status: 'Status', joinedAt: time('CreatedDate'), respondedAt: 'FirstRespondedDate' },
      references: { campaignId: link('CampaignId'), leadId: link('LeadId'), contactId: link('ContactId') },
    },
  },
  {
    title: 'Salesforce campaigns',
    needs: [['Id'], ['Name'], ['StartDate'], ['NumberSent', 'BudgetedCost', 'ExpectedResponse', 'NumberOfLeads']],
    record: {
      kind: 'campaign',
      key,
      when: notDeleted,
      fields: {
        name: 'Name',
        channel: 'Type',
        type: 'Type',
        status: 'Status',
        startsOn: 'StartDate',
        endsOn: 'EndDate',
        budget: 'BudgetedCost',
        currency: 'CurrencyIsoCode',
      },
      references: { ownerId: owner },
    },
  },
  {
    title: 'Salesforce events',
    needs: [['Id'], ['WhoId', 'WhatId'], ['StartDateTime', 'ActivityDateTime', 'EndDateTime']],
    record: {
      kind: 'touch',
      key,
      when: notDeleted,
      fields: {
        occurredAt: [time('StartDateTime'), time('ActivityDateTime'), 'ActivityDate'],
        side: { constant: 'sales' },
        kind: { constant: 'meeting' },
        subject: 'Subject',
        outcome: ['Type'],
      },
      references: activityLinks,
    },
  },
  {
    title: 'Salesforce tasks',
    needs: [['Id'], ['WhoId', 'WhatId'], ['Subject'], ['ActivityDate', 'Status']],
    record: {
      kind: 'touch',
      key,
      when: notDeleted,
      fields: {
        occurredAt: [time('CompletedDateTime'), 'ActivityDate', time('CreatedDate')],
        side: { constant: 'sales' },
        kind: [
          { constant: 'note', when: notDone },
          { column: 'TaskSubtype', values: kindWords, otherwise: null },
          { constant: 'call', when: { column: 'CallType', blank: false } },
          { column: 'Type', values: kindWords, otherwise: null },
          { column: 'Type__c', values: kindWords, otherwise: null },
          { constant: 'call', when: { column: 'Subject', startsWith: ['call', 'phone'] } },
          { constant: 'email', when: { column: 'Subject', startsWith: ['email', 'e-mail', 'mass email', 'list email'] } },
          { constant: 'meeting', when: { column: 'Subject', startsWith: ['meeting', 'demo'] } },
          { constant: 'other' },
        ],
        direction: [
          { column: 'CallType', values: { inbound: 'in', outbound: 'out' }, otherwise: null },
          { constant: 'out', when: { column: 'TaskSubtype', in: ['Call', 'Email', 'ListEmail'] } },
        ],
        automated: { constant: 'true', when: { column: 'TaskSubtype', in: ['ListEmail'] } },
        outcome: ['CallDisposition', 'Status'],
        subject: 'Subject',
      },
      references: activityLinks,
    },
  },
  {
    title: 'Salesforce opportunity field history',
    needs: [['OpportunityId'], ['Field'], ['NewValue'], ['CreatedDate']],
    record: {
      kind: 'dealStage',
      key,
      when: { column: 'Field', in: ['StageName'] },
      fields: { stage: 'NewValue', enteredAt: time('CreatedDate') },
      references: { dealId: link('OpportunityId', 'reject') },
    },
  },
  {
    title: 'Salesforce opportunity history',
    needs: [['OpportunityId'], ['StageName'], ['CreatedDate']],
    record: {
      kind: 'dealStage',
      key,
      when: notDeleted,
      fields: { stage: 'StageName', enteredAt: time('CreatedDate') },
      references: { dealId: link('OpportunityId', 'reject') },
    },
  },
  {
    title: 'Salesforce lead history',
    needs: [['LeadId'], ['Field'], ['NewValue'], ['CreatedDate']],
    record: {
      kind: 'lead',
      onlyUpdate: true,
      key: [{ column: 'LeadId', format: 'salesforceId' }],
      when: { column: 'Field', in: ['Status'] },
      fields: {
        mqlAt: statusBecame('MQL', 'Marketing Qualified', 'Marketing Qualified Lead'),
        salAt: statusBecame('SAL', 'Accepted', 'Sales Accepted', 'Sales Accepted Lead'),
        sqlAt: statusBecame('SQL', 'Qualified', 'Sales Qualified', 'Sales Qualified Lead'),
        disqualifiedAt: statusBecame('Unqualified', 'Disqualified'),
        recycledAt: statusBecame('Recycled', 'Nurture', 'Nurturing'),
      },
    },
  },
  {
    title: 'Salesforce account contact relations',
    needs: [['AccountId'], ['ContactId'], ['IsDirect', 'Roles']],
    record: null,
    setAside: 'not needed: each contact states its account itself',
  },
  { title: 'Salesforce cases', needs: [['CaseNumber']], record: null, setAside: 'support cases are not held' },
  {
    title: 'Salesforce contacts',
    needs: [['Id'], ['LastName'], ['AccountId', 'MailingCity', 'MailingStreet', 'Department']],
    lacks: ['Company'],
    record: {
      kind: 'contact',
      key,
      when: notDeleted,
      fields: {
        fullName: ['Name', { join: ['FirstName', 'LastName'] }],
        givenName: 'FirstName',
        familyName: 'LastName',
        email: 'Email',
        phone: ['Phone', 'MobilePhone'],
        title: 'Title',
        country: 'MailingCountry',
        city: 'MailingCity',
        openedAt: time('CreatedDate'),
      },
      references: { accountId: link('AccountId'), ownerId: owner },
    },
  },
  {
    title: 'Salesforce accounts',
    needs: [['Id'], ['Name'], ['BillingCity', 'BillingStreet', 'Industry', 'Website', 'NumberOfEmployees']],
    lacks: ['LastName'],
    record: {
      kind: 'account',
      key,
      when: notDeleted,
      fields: {
        name: 'Name',
        domain: 'Website',
        industry: 'Industry',
        country: 'BillingCountry',
        city: 'BillingCity',
        phone: 'Phone',
        employees: 'NumberOfEmployees',
        annualRevenue: 'AnnualRevenue',
        currency: 'CurrencyIsoCode',
        openedAt: time('CreatedDate'),
      },
      references: { ownerId: owner },
    },
  },
];

/** Columns that any Salesforce export has and hardly any other file. */
export const salesforceMarks = ['SystemModstamp', 'CreatedById', 'IsDeleted', 'LastModifiedById', 'OwnerId', 'CreatedDate'];
