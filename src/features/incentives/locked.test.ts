/** What the database itself keeps, whoever writes and whatever the product does: locked runs, signatures, looks. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { newId } from '#platform/db/ids.ts';
import type { Tx } from '#platform/db/database.ts';
import { commission, openPaid, type PaidWorld } from '#tests/support/paid-people.ts';

let world: PaidWorld;
let versionId: string;
before(async () => {
  world = await openPaid();
  versionId = (await world.send<{ id: string }>(world.lea, 'POST', '/incentive-plans', { content: commission([world.sue]) })).id;
});
after(() => world.close());

const addRun = async (tx: Tx, more: { kind?: string; start?: string } = {}): Promise<string> => {
  const [id, start] = [newId(), more.start ?? '2026-01-01'];
  await sql`INSERT INTO payout_runs (workspace_id, id, kind, status, period_kind, period_start, period_end, version_id, started_by)
    VALUES (${world.workspaceId}, ${id}, ${more.kind ?? 'regular'}, 'draft', 'month', ${start}::date, ${start}::date + 27, ${more.kind === 'shadow' ? versionId : null}, ${world.lea.memberId})`.execute(
    tx,
  );
  return id;
};
const addLine = async (tx: Tx, runId: string, lineNo: number): Promise<void> => {
  await sql`INSERT INTO statement_lines (workspace_id, id, run_id, attempt, line_no, line_key, version_id, member_id, side, component, kind, amount, currency, period_start, content)
    VALUES (${world.workspaceId}, ${newId()}, ${runId}, 1, ${lineNo}, 'k', ${versionId}, ${world.sue.memberId}, 'sales', 'rate', 'rate', 100, 'EUR', '2026-01-01', '{}')`.execute(
    tx,
  );
};
const lock = (tx: Tx, runId: string) =>
  sql`UPDATE payout_runs SET status = 'locked', locked_at = now(), locked_by = ${world.lea.memberId} WHERE id = ${runId}`.execute(tx);
const discard = (tx: Tx, runId: string) => sql`UPDATE payout_runs SET status = 'discarded' WHERE id = ${runId}`.execute(tx);

async function asOwner(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: world.ownerUrl });
  await client.connect();
  try {
    await client.query(`SELECT set_config('app.workspace', $1, false)`, [world.workspaceId]);
    await client.query(text);
  } finally {
    await client.end();
  }
}

test('one regular run a period, unless it was discarded; shadow runs as many as one likes', async () => {
  const first = await world.within((tx) => addRun(tx));
  await assert.rejects(
    world.within((tx) => addRun(tx)),
    /one_regular_run/,
  );
  await world.within(async (tx) => {
    await addRun(tx, { kind: 'shadow' });
    await addRun(tx, { kind: 'shadow' });
    await discard(tx, first);
    await discard(tx, await addRun(tx));
  });
});

test('twenty who start a run at once make one', async () => {
  const made = await Promise.allSettled(Array.from({ length: 20 }, () => world.within((tx) => addRun(tx, { start: '2026-07-01' }))));
  assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('the lines of a locked run take no insert, no change and no deletion, by nobody', async () => {
  const runId = await world.within(async (tx) => {
    const id = await addRun(tx, { start: '2026-02-01' });
    await addLine(tx, id, 1);
    await sql`INSERT INTO payout_run_inputs (workspace_id, run_id, attempt, version_id, part_no, bytes) VALUES (${world.workspaceId}, ${id}, 1, ${versionId}, 0, '\\x00')`.execute(
      tx,
    );
    await lock(tx, id);
    return id;
  });
  const locked = /is locked/;
  await assert.rejects(
    world.within((tx) => addLine(tx, runId, 2)),
    locked,
  );
  await assert.rejects(
    world.within((tx) => sql`DELETE FROM payout_run_inputs WHERE run_id = ${runId}`.execute(tx)),
    locked,
  );
  await assert.rejects(
    world.within((tx) => sql`UPDATE payout_runs SET status = 'draft' WHERE id = ${runId}`.execute(tx)),
    locked,
  );
  for (const text of [
    `UPDATE accord.statement_lines SET amount = 1 WHERE run_id = '${runId}'`,
    `DELETE FROM accord.statement_lines WHERE run_id = '${runId}'`,
    `DELETE FROM accord.payout_runs WHERE id = '${runId}'`,
    `UPDATE accord.payout_runs SET lines_hash = 'x' WHERE id = '${runId}'`,
  ])
    await assert.rejects(asOwner(text), locked, text);
});

test('the product may not even try: it has no right to change or delete a line, a signature, an approval, a look, a result', async () => {
  for (const table of [
    'statement_lines',
    'incentive_signatures',
    'payout_approvals',
    'statement_looks',
    'mbo_results',
    'payout_postings',
  ]) {
    await assert.rejects(
      world.within((tx) => sql`DELETE FROM ${sql.table(table)}`.execute(tx)),
      /permission denied/,
      table,
    );
    await assert.rejects(
      world.within((tx) => sql`UPDATE ${sql.table(table)} SET workspace_id = workspace_id`.execute(tx)),
      /permission denied/,
      table,
    );
  }
});

test('a line does not slip in beside the lock that is being written', async () => {
  const runId = await world.within((tx) => addRun(tx, { start: '2026-03-01' }));
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let began = (): void => {};
  const written = new Promise<void>((resolve) => (began = resolve));
  const locking = world.within(async (tx) => {
    await lock(tx, runId);
    began();
    await held;
  });
  await written;
  const adding = assert.rejects(
    world.within((tx) => addLine(tx, runId, 1)),
    /is locked/,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  release();
  await locking;
  await adding;
});
