/** Touches from a file that says where they came from are grouped by the published rules, with no mapping made by hand. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { csv } from '#tests/reliability/company.ts';
import { type AttributedCompany, openAttributed } from '#tests/support/attributed.ts';
import { answerChannelGroups } from './queries/channel-groups.ts';

let companies: Awaited<ReturnType<typeof openAttributed>>;
before(async () => {
  companies = await openAttributed();
});
after(() => companies.close());

/** Group and rule → touches. */
async function groupsOf({ database, workspaceId }: AttributedCompany) {
  const { groups, fellThrough, total } = await answerChannelGroups(database, workspaceId);
  const counted = groups.filter(({ touches }) => touches > 0).map(({ group, rule, touches }) => [group, rule.split(':')[0], touches]);
  return { counted, fellThrough, total };
}

test('utm_source=google and utm_medium=cpc of any file are Paid Search; nothing falls through', async () => {
  const company = await companies.make();
  await company.import({
    'visits and other touches.csv': csv(
      ['Date', 'Type', 'Company', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content'],
      ['2026-01-05', 'visit', 'Northwind', 'google', 'cpc', 'Spring', 'blue'],
      ['2026-01-06', 'visit', 'Contoso', 'google', 'cpc', '', ''],
      ['2026-01-07', 'visit', 'Northwind', 'google', 'organic', '', ''],
    ),
  });
  await company.follow();
  const { counted, fellThrough, total } = await groupsOf(company);
  assert.deepEqual([fellThrough, total], [[], { touches: 3, fellThrough: 0 }]);
  assert.deepEqual(
    counted.map(([group, , touches]) => [group, touches]),
    [
      ['Paid Search', 2],
      ['Organic Search', 1],
    ],
  );
  for (const [group, rule] of counted) assert.match(String(rule), /^the published rule/, String(group));
});

test('so they are in a file with our own columns', async () => {
  const company = await companies.make();
  await company.import({
    'accounts.csv': csv(['Account ID', 'Name'], ['A-1', 'Northwind']),
    'touches.csv': csv(
      ['Touch ID', 'When', 'Side', 'Kind', 'Account ID', 'Source', 'Medium'],
      ['T-1', '2026-01-05T08:00:00Z', 'customer', 'visit', 'A-1', 'google', 'cpc'],
    ),
  });
  await company.follow();
  const { counted, fellThrough } = await groupsOf(company);
  assert.deepEqual([counted.map(([group, , touches]) => [group, touches]), fellThrough], [[['Paid Search', 1]], []]);
});
