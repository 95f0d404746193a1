/** What an import shows of the costs in its files, and to whom: pay is nobody else's business. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { WorkspaceId } from '#platform/db/database.ts';
import { csv, incoming } from '#tests/reliability/company.ts';
import { openLedger, type LedgerWorld } from '#tests/support/ledger.ts';
import type { Person } from '#tests/security/world.ts';
import { receiveFiles } from './actions/receive.ts';
import { startRun } from './actions/runs.ts';
import { runStored } from './jobs.ts';

let world: LedgerWorld;
let id: string;
const canary = /481516|silence/;
before(async () => {
  world = await openLedger();
  id = await bringIn(world.sam, {
    'costs.csv': csv(
      ['Cost ID', 'Day', 'Side', 'Category', 'Amount', 'Currency', 'Description'],
      ['E-1', '2026-01-31', 'sales', 'salaries', '4815.16', 'EUR', 'for silence'],
      ['E-2', '2026-01-32', 'sales', 'salaries', '481516.00', 'EUR', 'for silence'],
    ),
    'leads.csv': csv(['Lead ID', 'Name', 'Created (inquiry)'], ['l1', 'Ada', '2026-01-01'], ['l2', 'Bob', '2026-13-01']),
    'unknown.csv': csv(['blub', 'zork'], ['for silence', '481516']),
  });
});
after(() => world.close());

async function bringIn(who: Person, files: Record<string, string>): Promise<string> {
  const workspaceId = who.workspaceId as WorkspaceId;
  const run = await receiveFiles(world.database, workspaceId, who.memberId, incoming(files));
  await world.inside((tx) => startRun(tx, workspaceId, run.id, 'run', who.memberId));
  await runStored(world.database, workspaceId, run.id, who.memberId, false);
  return run.id;
}

const shown = async (who: Person) => ({
  run: JSON.stringify(await world.get(who, `/imports/${id}`)),
  problems: (await world.get<{ items: { file: string }[] }>(who, `/imports/${id}/problems`)).items,
  errors: (await world.ask(who, 'GET', `/imports/${id}/errors.csv`)).body,
});

test('who brought the costs in, and who sees all pay, sees their rows', async () => {
  for (const who of [world.sam, world.lea]) {
    const { run, problems, errors } = await shown(who);
    assert.match(run, canary);
    assert.deepEqual(new Set(problems.map(({ file }) => file)), new Set(['costs.csv', 'leads.csv']));
    assert.match(errors, /481516\.00/);
  }
});

test('nobody else sees a cell of them, the other side’s head neither; other files of the import stay open', async () => {
  for (const who of [world.mara, world.max, world.sue]) {
    const { run, problems, errors } = await shown(who);
    assert.doesNotMatch(run + JSON.stringify(problems) + errors, canary);
    assert.deepEqual(
      problems.map(({ file }) => file),
      ['leads.csv'],
    );
    assert.match(run, /Ada/, 'examples of other tables are shown');
    assert.match(errors, /2026-13-01/);
  }
});

test('lists, search, timelines and exports of records hold no costs', async () => {
  const account = await world.send<{ id: string }>(world.lea, 'POST', '/accounts', { name: 'Northwind' });
  await world.post({ side: 'sales', category: 'salaries', description: 'for silence', accountId: account.id });
  for (const path of [
    `/accounts/${account.id}`,
    `/accounts/${account.id}/timeline`,
    '/accounts',
    '/accounts/export',
    `/accounts/${account.id}/facts`,
    `/accounts/${account.id}/revenue`,
    '/search?q=silence',
  ]) {
    const answer = await world.ask(world.lea, 'GET', path);
    assert.ok(answer.statusCode === 200, `${path}: ${answer.statusCode} ${answer.body.slice(0, 200)}`);
    assert.doesNotMatch(answer.body, canary, path);
  }
});
