import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ParsedRecord, Recognition } from '#features/intake/contract.ts';
import { columnsOf } from '#engine/simulate/columns.ts';
import { csvLine } from '#engine/csv/write.ts';
import { bufferSource } from '../bytes.ts';
import { openCsv } from '../csv/table.ts';
import { compileMapping } from '../mapping/compile.ts';
import type { SourceTable } from '../tables.ts';
import { fingerprint, fingerprintOf } from './fingerprint.ts';
import { recognise } from './recognise.ts';

const context = { timeZone: 'Europe/Berlin', currency: 'EUR' };

/** A table of rows given as objects, in the order of the header. */
function tableOf(name: string, header: readonly string[], ...rows: Record<string, string>[]): Promise<SourceTable> {
  for (const row of rows) for (const column of Object.keys(row)) assert.ok(header.includes(column), `${name} has no column ${column}`);
  const text = [header, ...rows.map((row) => header.map((column) => row[column] ?? ''))].map((cells) => csvLine(cells)).join('');
  return openCsv(bufferSource(name, name, Buffer.from(text)));
}

async function recordsOf(tables: SourceTable[]): Promise<{ recognition: Recognition; records: ParsedRecord[]; problems: string[] }> {
  const recognition = recognise(tables);
  const mapping = await compileMapping(recognition.mapping, tables, context);
  const records: ParsedRecord[] = [];
  const problems: string[] = [];
  for (const table of mapping.tables) {
    for await (const batch of table.read()) {
      records.push(...batch.records);
      problems.push(...batch.problems.map((problem) => `${problem.file}:${problem.line} ${problem.column}: ${problem.reason}`));
    }
  }
  return { recognition, records, problems };
}

const only = (records: ParsedRecord[], kind: string): ParsedRecord => {
  const found = records.filter((record) => record.kind === kind);
  assert.equal(found.length, 1, `one ${kind}, not ${found.length}`);
  return found[0] as ParsedRecord;
};
const links = (record: ParsedRecord): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record.refs)
      .filter(([, link]) => link !== null)
      .map(([name, link]) => [name, `${link?.by} ${link?.value} ${link?.missing}`]),
  );

const hubspotContacts = [
  'Record ID',
  'First Name',
  'Last Name',
  'Email',
  'Phone Number',
  'Contact owner',
  'Last Activity Date',
  'Lead Status',
  'Marketing contact status',
  'Create Date',
  'Company Name',
  'Job Title',
  'Lifecycle Stage',
  'Original Traffic Source',
  'First Touch Converting Campaign',
  'Date entered "Lead (Lifecycle Stage Pipeline)"',
  'Date entered "Marketing Qualified Lead (Lifecycle Stage Pipeline)"',
  'Date entered "Sales Qualified Lead (Lifecycle Stage Pipeline)"',
  'Date entered "Opportunity (Lifecycle Stage Pipeline)"',
  'Date entered "Customer (Lifecycle Stage Pipeline)"',
  'Primary Associated Company ID',
  'Merged Contact IDs',
];
const hubspotDeals = [
  'Record ID',
  'Deal Name',
  'Deal Stage',
  'Close Date',
  'Deal owner',
  'Amount',
  'Pipeline',
  'Create Date',
  'Date entered current stage',
  'Is Closed Won',
  'Is closed lost',
  'Is Deal Closed?',
  'Date entered "Closed Won (Sales Pipeline)"',
  'Date entered "Qualified To Buy (Sales Pipeline)"',
  'Date exited "Open (Sales Pipeline)"',
  'Associated Company',
  'Associated Company IDs',
  'Associated Contact IDs',
  'Original Source',
  'Associated Note IDs',
];

test('a HubSpot contact makes a contact and, beyond a subscriber, a lead with its stage times', async () => {
  const table = await tableOf(
    'hubspot-crm-exports-all-contacts.csv',
    hubspotContacts,
    {
      'Record ID': '101',
      'First Name': 'Ann',
      'Last Name': 'Lee',
      Email: 'ann@acme.com;lee@acme.com',
      'Contact owner': 'Sam Seller',
      'Lead Status': 'Connected',
      'Create Date': '2026-01-05 09:00',
      'Company Name': 'Acme',
      'Lifecycle Stage': 'salesqualifiedlead',
      'Original Traffic Source': 'ORGANIC_SEARCH',
      'First Touch Converting Campaign': 'Spring',
      'Date entered "Lead (Lifecycle Stage Pipeline)"': '2026-01-06 09:00',
      'Date entered "Marketing Qualified Lead (Lifecycle Stage Pipeline)"': '2026-01-07 09:00',
      'Date entered "Sales Qualified Lead (Lifecycle Stage Pipeline)"': '2026-01-08 09:00',
      'Primary Associated Company ID': '9001',
    },
    { 'Record ID': '102', 'First Name': 'Bob', Email: 'bob@acme.com', 'Lifecycle Stage': 'Subscriber', 'Create Date': '2026-01-05 09:00' },
  );
  const { recognition, records, problems } = await recordsOf([table]);
  assert.deepEqual([recognition.dialect, recognition.tables[0]?.kind, problems], ['hubspot', 'contact', []]);
  assert.deepEqual(
    records.filter((record) => record.kind === 'contact').map((record) => [record.externalId, record.values.fullName, record.values.email]),
    [
      ['101', 'Ann Lee', 'ann@acme.com'],
      ['102', 'Bob', 'bob@acme.com'],
    ],
  );
  const lead = only(records, 'lead');
  const { origin, openedAt, mqlAt, sqlAt, dealAt, wonAt, status } = lead.values;
  assert.deepEqual(
    { origin, openedAt, mqlAt, sqlAt, dealAt, wonAt, status },
    {
      origin: 'Organic Search',
      openedAt: '2026-01-06T08:00:00Z',
      mqlAt: '2026-01-07T08:00:00Z',
      sqlAt: '2026-01-08T08:00:00Z',
      dealAt: null,
      wonAt: null,
      status: 'Connected',
    },
  );
  assert.deepEqual(links(lead), {
    contactId: 'externalId 101 leave',
    accountId: 'name Acme create',
    ownerId: 'name Sam Seller create',
    campaignId: 'name Spring create',
  });
});

test('HubSpot deals: internal names, several ids in a cell, the history of stages in columns', async () => {
  const companies = await tableOf('companies.csv', ['Record ID', 'Company name', 'Company Domain Name', 'Number of Employees'], {
    'Record ID': '9001',
    'Company name': 'Acme',
    'Company Domain Name': 'acme.com',
    'Number of Employees': '1,200',
  });
  const table = await tableOf('deals.csv', hubspotDeals, {
    'Record ID': '501',
    'Deal Name': 'Acme – big',
    'Deal Stage': 'closedwon',
    'Close Date': '2026-03-01 10:00',
    'Deal owner': 'Sam Seller',
    Amount: '12000.50',
    'Create Date': '2026-01-10 08:00',
    'Is Closed Won': 'true',
    'Date entered "Closed Won (Sales Pipeline)"': '2026-03-01 10:00',
    'Associated Company IDs': '9001;9002',
    'Associated Contact IDs': '101;102',
  });
  const { records, problems } = await recordsOf([table, companies]);
  assert.deepEqual(problems, []);
  const deal = only(records, 'deal');
  assert.deepEqual(
    [deal.values.status, deal.values.stage, deal.values.amount, deal.values.closedAt],
    ['won', 'Closed Won', '1200050', '2026-03-01T09:00:00Z'],
  );
  assert.deepEqual(links(deal), {
    accountId: 'externalId 9001 leave',
    contactId: 'externalId 101 quiet',
    leadId: 'externalId 101 quiet',
    ownerId: 'name Sam Seller create',
  });
  const stage = only(records, 'dealStage');
  assert.deepEqual([stage.values.stage, stage.values.enteredAt, stage.refs.dealId?.value], ['Closed Won', '2026-03-01T09:00:00Z', '501']);
  assert.deepEqual([only(records, 'account').values.domain, only(records, 'account').values.employees], ['acme.com', 1200]);
});

test('HubSpot by internal names, header in any case', async () => {
  const table = await tableOf(
    'export.csv',
    [
      'hs_object_id',
      'FIRSTNAME',
      'lastname',
      'email',
      'lifecyclestage',
      'hs_analytics_source',
      'createdate',
      'hs_lifecyclestage_marketingqualifiedlead_date',
      'hubspot_owner_id',
    ],
    {
      hs_object_id: '7',
      FIRSTNAME: 'Ann',
      email: 'ann@acme.com',
      lifecyclestage: 'marketingqualifiedlead',
      hs_analytics_source: 'PAID_SEARCH',
      createdate: '1767603600000',
      hs_lifecyclestage_marketingqualifiedlead_date: '1767690000000',
    },
  );
  const { recognition, records } = await recordsOf([table]);
  const lead = only(records, 'lead');
  assert.deepEqual(
    [recognition.dialect, lead.values.origin, lead.values.openedAt, lead.values.mqlAt],
    ['hubspot', 'Paid Search', '2026-01-05T09:00:00Z', '2026-01-06T09:00:00Z'],
  );
});

test('Pipedrive links by name and keeps the first of several addresses', async () => {
  const organizations = await tableOf(
    'organizations.csv',
    ['Organization - Name', 'Organization - Owner', 'Organization - Creation date', 'Organization - Pipedrive System ID'],
    { 'Organization - Name': 'Acme', 'Organization - Owner': 'Sam', 'Organization - Pipedrive System ID': '1' },
  );
  const persons = await tableOf(
    'persons.csv',
    [
      'Person - Name',
      'Person - First name',
      'Person - Last name',
      'Person - Email',
      'Person - Phone',
      'Organization name',
      'Person - Owner',
      'Person - Creation date',
      'Person - Pipedrive System ID',
    ],
    {
      'Person - Name': 'Ann Lee',
      'Person - Email': 'ann@acme.com, ann@home.org',
      'Organization name': 'Acme',
      'Person - Creation date': '2026-01-05 09:00:00',
      'Person - Pipedrive System ID': '2',
    },
  );
  const deals = await tableOf(
    'deals.csv',
    [
      'Deal - Title',
      'Deal - Value',
      'Organization',
      'Contact person',
      'Deal - Owner',
      'Deal - Stage (pipeline)',
      'Deal - Currency of value',
      'Deal - Creation date',
      'Deal - Closed on',
      'Deal - Lost reason',
      'Deal - Lost time',
      'Deal - Probability',
      'Deal - Status',
      'Deal - Won time',
      'Deal - Pipedrive System ID',
    ],
    {
      'Deal - Title': 'Big',
      'Deal - Value': '1500',
      Organization: 'Acme',
      'Contact person': 'Ann Lee',
      'Deal - Owner': 'Sam',
      'Deal - Currency of value': 'JPY',
      'Deal - Status': 'Lost',
      'Deal - Lost time': '2026-02-01 12:00:00',
      'Deal - Lost reason': 'Price',
      'Deal - Pipedrive System ID': '3',
    },
  );
  const leads = await tableOf(
    'leads.csv',
    [
      'Lead - Title',
      'Lead - Labels',
      'Contact person',
      'Organization',
      'Lead - Owner',
      'Lead - Source channel',
      'Lead - Source channel ID',
      'Lead - Pipedrive System ID',
    ],
    {
      'Lead - Title': 'Acme lead',
      'Contact person': 'Ann Lee',
      Organization: 'Acme',
      'Lead - Source channel': 'Web form',
      'Lead - Pipedrive System ID': 'x-9',
    },
  );
  const { recognition, records, problems } = await recordsOf([organizations, persons, deals, leads]);
  assert.deepEqual([recognition.dialect, problems], ['pipedrive', []]);
  assert.equal(only(records, 'contact').values.email, 'ann@acme.com');
  const deal = only(records, 'deal');
  assert.deepEqual(
    [deal.values.status, deal.values.amount, deal.values.currency, deal.values.closedAt, deal.values.lostReason],
    ['lost', '1500', 'JPY', '2026-02-01T11:00:00Z', 'Price'],
  );
  assert.deepEqual(links(deal), { accountId: 'name Acme create', contactId: 'name Ann Lee quiet', ownerId: 'name Sam create' });
  assert.deepEqual([only(records, 'lead').values.name, only(records, 'lead').values.origin], ['Ann Lee', 'Web form']);
});

const leadHeader = [
  'Id',
  'IsDeleted',
  'LastName',
  'FirstName',
  'Name',
  'Company',
  'Email',
  'LeadSource',
  'Status',
  'OwnerId',
  'IsConverted',
  'ConvertedDate',
  'ConvertedAccountId',
  'ConvertedContactId',
  'ConvertedOpportunityId',
  'CreatedDate',
  'CreatedById',
  'SystemModstamp',
];

test('Salesforce’s weekly export: booleans 0 and 1, null ids, times in GMT', async () => {
  const table = await tableOf(
    'Lead.csv',
    leadHeader,
    {
      Id: '00QEc00000BBaeXMAT',
      IsDeleted: '0',
      LastName: 'Lee',
      FirstName: 'Ann',
      Company: 'Acme',
      Email: 'ann@acme.com',
      Status: 'New',
      OwnerId: '005Ec000004oBPNIA2',
      IsConverted: '0',
      ConvertedAccountId: '000000000000000AAA',
      ConvertedContactId: '000000000000000AAA',
      ConvertedOpportunityId: '000000000000000AAA',
      CreatedDate: '2024-07-22 20:36:47',
      CreatedById: '005Ec000004oBPNIA2',
      SystemModstamp: '2024-07-22 20:36:47',
    },
    { Id: '00QEc00000BBaeYMAT', IsDeleted: '1', LastName: 'Gone', CreatedDate: '2024-07-22 20:36:47' },
  );
  const { recognition, records, problems } = await recordsOf([table]);
  assert.deepEqual([recognition.dialect, problems], ['salesforce-weekly', []]);
  const lead = only(records, 'lead');
  assert.deepEqual([lead.values.name, lead.values.openedAt, lead.values.sqlAt], ['Ann Lee', '2024-07-22T20:36:47Z', null]);
  assert.deepEqual(links(lead), { ownerId: 'externalId 005Ec000004oBPNIA2 create', contactId: 'email ann@acme.com quiet' });
});

test('Salesforce’s data loader: a converted lead links what it became', async () => {
  const table = await tableOf('Lead.csv', leadHeader, {
    Id: '00QEc00000BBaeXMAT',
    LastName: 'Lee',
    FirstName: 'Ann',
    Company: 'Acme',
    Email: 'ann@acme.com',
    Status: 'Qualified',
    OwnerId: '005Ec000004oBPNIA2',
    IsConverted: '1',
    ConvertedDate: '2024-02-01',
    ConvertedAccountId: '001Ec00000GGw3hIAD',
    ConvertedContactId: '003Ec00000Cz310IAB',
    ConvertedOpportunityId: '006Ec00000AieKFIAZ',
    CreatedDate: '2024-01-22T20:36:47.000+0000',
    CreatedById: '005Ec000004oBPNIA2',
    SystemModstamp: '2024-01-22T20:36:47.000+0000',
  });
  const { recognition, records } = await recordsOf([table]);
  assert.equal(recognition.dialect, 'salesforce-loader');
  const lead = only(records, 'lead');
  assert.deepEqual(
    [lead.values.sqlAt, lead.values.dealAt, lead.refs.contactId?.value, lead.refs.accountId?.value],
    ['2024-01-31T23:00:00Z', '2024-01-31T23:00:00Z', '003Ec00000Cz310IAB', '001Ec00000GGw3hIAD'],
  );
  const deal = only(records, 'deal');
  assert.deepEqual([deal.onlyUpdate, deal.externalId, deal.refs.leadId?.value], [true, '006Ec00000AieKFIAZ', '00QEc00000BBaeXMAT']);
});

test('Salesforce tasks become touches: done ones of their kind, planned ones a note', async () => {
  const header = [
    'Id',
    'WhoId',
    'WhatId',
    'Subject',
    'ActivityDate',
    'Status',
    'OwnerId',
    'IsDeleted',
    'AccountId',
    'IsClosed',
    'CreatedDate',
    'CreatedById',
    'CompletedDateTime',
    'CallType',
    'CallDisposition',
    'TaskSubtype',
    'Type',
  ];
  const task = (id: string, cells: Record<string, string>) => ({
    Id: id,
    OwnerId: '005Ec000004oBPNIA2',
    CreatedDate: '2024-01-23T17:50:51.000+0000',
    IsClosed: '1',
    Status: 'Completed',
    ...cells,
  });
  const table = await tableOf(
    'Task.csv',
    header,
    task('1', {
      TaskSubtype: 'Call',
      CallType: 'Outbound',
      CallDisposition: 'Connected',
      WhoId: '00QEc00000BBaeXMAT',
      CompletedDateTime: '2024-01-24T10:00:00.000+0000',
    }),
    task('2', {
      TaskSubtype: 'Task',
      Subject: 'Email: hello',
      WhoId: '003Ec00000Cz310IAB',
      WhatId: '006Ec00000AieKFIAZ',
      ActivityDate: '2024-01-25',
    }),
    task('3', { TaskSubtype: 'ListEmail', Subject: 'News' }),
    task('4', { TaskSubtype: 'Task', Type: 'Meeting', WhatId: '001Ec00000GGw3hIAD' }),
    task('5', { TaskSubtype: 'Call', IsClosed: '', Status: 'Not Started', ActivityDate: '2024-02-25' }),
  );
  const { records, problems } = await recordsOf([table]);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    records.map((record) => [record.values.kind, record.values.direction, record.values.automated, record.values.outcome]),
    [
      ['call', 'out', null, 'Connected'],
      ['email', null, null, 'Completed'],
      ['email', 'out', true, 'Completed'],
      ['meeting', null, null, 'Completed'],
      ['note', 'out', null, 'Not Started'],
    ],
  );
  assert.deepEqual(
    [records[0]?.values.occurredAt, records[0]?.refs.leadId?.value, records[0]?.refs.contactId],
    ['2024-01-24T10:00:00Z', '00QEc00000BBaeXMAT', null],
  );
  assert.deepEqual(
    [records[1]?.refs.contactId?.value, records[1]?.refs.dealId?.value, records[3]?.refs.accountId?.value],
    ['003Ec00000Cz310IAB', '006Ec00000AieKFIAZ', '001Ec00000GGw3hIAD'],
  );
});

test('Salesforce histories: stages of deals, statuses of leads; users are members', async () => {
  const opportunities = await tableOf(
    'OpportunityFieldHistory.csv',
    ['Id', 'IsDeleted', 'OpportunityId', 'CreatedById', 'CreatedDate', 'Field', 'OldValue', 'NewValue'],
    {
      Id: 'h1',
      OpportunityId: '006Ec00000AieKFIAZ',
      CreatedDate: '2024-01-24T10:00:00.000+0000',
      Field: 'StageName',
      NewValue: 'Closed Won',
    },
    { Id: 'h2', OpportunityId: '006Ec00000AieKFIAZ', CreatedDate: '2024-01-24T10:00:00.000+0000', Field: 'Amount', NewValue: '7' },
  );
  const leads = await tableOf(
    'LeadHistory.csv',
    ['Id', 'IsDeleted', 'LeadId', 'CreatedById', 'CreatedDate', 'Field', 'OldValue', 'NewValue'],
    { Id: 'h3', LeadId: '00QEc00000BBaeXMAT', CreatedDate: '2024-01-24T10:00:00.000+0000', Field: 'Status', NewValue: 'MQL' },
  );
  const users = await tableOf(
    'User.csv',
    ['Id', 'Username', 'LastName', 'FirstName', 'Name', 'Title', 'Email', 'IsActive', 'CreatedDate', 'CreatedById'],
    { Id: '005Ec000004oBPNIA2', Username: 'sam', Name: 'Sam Seller', Email: 'sam@acme.com', IsActive: '1' },
  );
  const { records, problems } = await recordsOf([opportunities, leads, users]);
  assert.deepEqual(problems, []);
  assert.equal(only(records, 'dealStage').values.stage, 'Closed Won');
  assert.deepEqual(
    [only(records, 'lead').onlyUpdate, only(records, 'lead').values.mqlAt, only(records, 'lead').values.sqlAt],
    [true, '2024-01-24T10:00:00Z', null],
  );
  assert.deepEqual([only(records, 'member').values.name, only(records, 'member').values.active], ['Sam Seller', true]);
});

test('every file the simulator writes is recognised as our own, with every column of a field mapped', async () => {
  const passedOver = new Set(['Starts', 'Calendar', 'Recorded']);
  const kinds: Record<string, string | null> = {};
  for (const [name, header] of Object.entries(columnsOf)) {
    const table = await tableOf(name, header);
    const { tables } = recognise([table]);
    kinds[name] = tables[0]?.kind ?? null;
    if (tables[0]?.setAside !== null) continue;
    for (const column of tables[0]?.columns ?? [])
      if (column.target === null) assert.ok(passedOver.has(column.column), `${name}: ${column.column}`);
  }
  assert.deepEqual(kinds, {
    'members.csv': 'member',
    'accounts.csv': 'account',
    'contacts.csv': 'contact',
    'campaigns.csv': 'campaign',
    'campaign_members.csv': 'campaignMember',
    'leads.csv': 'lead',
    'deals.csv': 'deal',
    'deal_stages.csv': 'dealStage',
    'touches.csv': 'touch',
    'revenue.csv': 'revenue',
    'costs.csv': 'cost',
  });
});

test('a table of no known system gets its targets by name and likeness, each once, with examples', async () => {
  const table = await tableOf(
    'our leads 2026.csv',
    ['Lead ID', 'Full name', 'E-Mail address', 'Compny name', 'Lead source', 'Date created', 'Favourite colour'],
    { 'Lead ID': '1', 'Full name': 'Ann', 'E-Mail address': 'ann@acme.com', 'Lead source': 'web', 'Date created': '03/04/2026' },
  );
  const { tables, questions, dialect } = recognise([table]);
  assert.deepEqual([dialect, tables[0]?.kind], ['plain', 'lead']);
  const targets = Object.fromEntries((tables[0]?.columns ?? []).map((column) => [column.column, column.target?.field ?? null]));
  assert.deepEqual(targets, {
    'Lead ID': 'id',
    'Full name': 'name',
    'E-Mail address': 'email',
    'Compny name': 'company',
    'Lead source': 'origin',
    'Date created': 'openedAt',
    'Favourite colour': null,
  });
  assert.deepEqual(tables[0]?.columns[2]?.examples, ['ann@acme.com']);
  assert.match(questions[0] ?? '', /does “03\/04\/2026” in “Date created” name the day or the month first/);
});

/** Column → target of the only table. */
const targetsOf = ({ tables }: Recognition): Record<string, string | null> =>
  Object.fromEntries((tables[0]?.columns ?? []).map((column) => [column.column, column.target?.field ?? null]));

test('columns that tell where a visit came from become own fields of the touch', async () => {
  const spellings = [
    ['utm_source', 'utm_medium'],
    ['UTM Source', 'UTM Medium'],
    ['Source', 'Medium'],
    ['Session source', 'Session medium'],
    ['Traffic source', 'utmMedium'],
    ['Campaign source', 'Campaign medium'],
  ] as const;
  for (const [source, medium] of spellings) {
    const table = await tableOf(
      'touches.csv',
      ['Date', 'Type', 'Company', source, 'Channel', medium, 'utm_campaign', 'utm_term', 'utm_content'],
      { Date: '2026-03-27', Type: 'visit', [source]: 'google', [medium]: 'cpc', utm_term: 'crm', utm_content: 'blue' },
    );
    const { recognition, records, problems } = await recordsOf([table]);
    assert.deepEqual([recognition.dialect, problems], ['plain', []]);
    assert.deepEqual(targetsOf(recognition), {
      Date: 'occurredAt',
      Type: 'kind',
      Company: 'accountId',
      [source]: 'custom.source',
      Channel: 'channel',
      [medium]: 'custom.medium',
      utm_campaign: 'campaignId',
      utm_term: 'custom.term',
      utm_content: 'custom.content',
    });
    assert.deepEqual(only(records, 'touch').custom, { source: 'google', medium: 'cpc', term: 'crm', content: 'blue' });
  }
});

test('of two columns of sources the link’s own tag is taken, and the other is no channel', async () => {
  const table = await tableOf('touches.csv', ['Source', 'Date', 'Type', 'Company', 'utm_source', 'utm_medium']);
  const { Source, utm_source } = targetsOf(recognise([table]));
  assert.deepEqual([Source, utm_source], [null, 'custom.source']);
});

test('a lone column “Source” or “Medium” is still the channel, a lone utm_source isn’t', async () => {
  for (const [column, target] of [
    ['Source', 'channel'],
    ['Medium', 'channel'],
    ['utm_source', 'custom.source'],
  ] as const) {
    const table = await tableOf('touches.csv', ['Date', 'Type', 'Company', column]);
    assert.equal(targetsOf(recognise([table]))[column], target, column);
  }
});

test('“Source / medium” in one column is left out, and said: half of it would mislead', async () => {
  const header = ['Date', 'Type', 'Company', 'Session source / medium'];
  const recognition = recognise([await tableOf('touches.csv', header)]);
  assert.equal(targetsOf(recognition)['Session source / medium'], null);
  assert.match(recognition.notes.join(), /^touches\.csv: “Session source \/ medium” holds two things and is left out/);
});

test('touches in our own columns keep where they came from', async () => {
  const header = ['Touch ID', 'When', 'Side', 'Kind', 'Lead ID', 'Source', 'utm_medium', 'utm_content'];
  const touch = { 'Touch ID': 'T-1', When: '2026-03-27T08:00:00Z', Side: 'customer', Kind: 'visit', Source: 'bing', utm_medium: 'cpc' };
  const { recognition, records, problems } = await recordsOf([await tableOf('touches.csv', header, touch)]);
  assert.deepEqual([recognition.dialect, problems], ['accord', []]);
  assert.deepEqual(only(records, 'touch').custom, { source: 'bing', medium: 'cpc', content: null });
  assert.equal(targetsOf(recognition)['utm_medium'], 'custom.medium');
});

test('a table of leads with tags is still one of leads', async () => {
  const table = await tableOf('export.csv', ['Lead ID', 'Full name', 'Email', 'Type', 'Date', 'utm_source', 'utm_medium', 'utm_content']);
  assert.equal(recognise([table]).tables[0]?.kind, 'lead');
});

test('what nothing is known of is left out, and said', async () => {
  const { tables } = recognise([
    await tableOf('weather.csv', ['station', 'temperature', 'humidity'], { station: 'x', temperature: '1', humidity: '2' }),
  ]);
  assert.deepEqual([tables[0]?.kind, tables[0]?.setAside], [null, 'nobody has said yet what its rows are']);
});

test('a header’s fingerprint knows neither order nor case', () => {
  assert.equal(fingerprint(['Name', 'E-mail ']), fingerprint(['e-mail', 'NAME']));
  assert.notEqual(fingerprint(['a', 'b']), fingerprint(['a,b']));
  assert.equal(fingerprintOf([{ header: ['a'] }, { header: ['b'] }]), fingerprintOf([{ header: ['b'] }, { header: ['a'] }]));
});
