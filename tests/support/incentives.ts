/** A company with plans of pay that everybody has signed, for tests of what is paid by them. */

import assert from 'node:assert/strict';
import pg from 'pg';
import { signedHash } from '#features/incentives/policy/signed-hash.ts';
import { getVersion } from '#features/incentives/queries/plan-rows.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import type { LedgerWorld, Told } from './ledger.ts';

/** A tenth of what was won, for who owns the deal. */
export const commission = (more: object = {}): object => ({
  kind: 'rate',
  id: 'commission',
  name: 'Commission',
  measure: { kinds: ['won'], by: 'amount' },
  tiers: [{ from: '0', percent: '10' }],
  ...more,
});

/** By month in EUR, for Max and Sue, unless said. */
export const planFor = (world: LedgerWorld, more: object = {}): object => ({
  name: 'Plan',
  currency: 'EUR',
  period: 'month',
  payees: [
    { id: world.max.memberId, side: 'marketing', poolWeight: '1' },
    { id: world.sue.memberId, side: 'sales', poolWeight: '2' },
  ],
  components: [commission()],
  ...more,
});

/** Drafted, proposed and signed by all it concerns but those left out; it counts from a day, also a past one. @returns version and plan */
export async function signedPlan(
  world: LedgerWorld,
  content: object,
  from: string,
  { without = [] as readonly string[] } = {},
): Promise<{ id: string; planId: string }> {
  const { lea, mara, sam, max, sue, send } = world;
  const made = await send<{ id: string; planId: string }>(lea, 'POST', '/incentive-plans', { content });
  const day = from >= earliest() ? from : earliest();
  await send(lea, 'POST', `/incentive-plan-versions/${made.id}/proposal`, { effectiveFrom: day });
  for (const person of [mara, sam, lea, max, sue]) {
    if (without.includes(person.memberId)) continue;
    const seen = await world.ask(person, 'GET', `/incentive-plan-versions/${made.id}`);
    if (seen.statusCode === 403) continue; // nothing in it concerns them
    const { signing } = seen.json() as Told;
    for (const way of signing.ways)
      await send(person, 'POST', `/incentive-plan-versions/${made.id}/signatures`, { signsAs: way.signsAs, contentHash: way.contentHash });
  }
  if (day !== from) await asIfFrom(world, made.id, from);
  return made;
}

/** The first day a plan by month can be proposed to count from: that of the month before the running one. */
const earliest = (): string => Temporal.Now.plainDateISO('UTC').with({ day: 1 }).subtract({ months: 1 }).toString();

/** What counts from a past day can't be signed any more: the row is set back as its owner could, past the guards. */
async function asIfFrom(world: LedgerWorld, id: string, from: string): Promise<void> {
  const version = await world.inside((tx) => getVersion(tx, world.lea.workspaceId as WorkspaceId, id));
  const hash = signedHash({ ...version, effectiveFrom: from }, 'sponsor', world.lea.memberId);
  await pastGuards(world, 'incentive_plan_versions', async (client) => {
    const { rowCount } = await client.query(
      'UPDATE accord.incentive_plan_versions SET effective_from = $2::date, in_force_from = $2::date, content_hash = $3 WHERE id = $1',
      [id, from, hash],
    );
    assert.equal(rowCount, 1);
  });
}

/** As the tables' owner, with the triggers of one of them out of the way. */
export async function pastGuards({ ownerUrl, lea }: LedgerWorld, table: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("SELECT set_config('app.workspace', $1, false)", [lea.workspaceId]);
    await client.query(`ALTER TABLE accord.${table} DISABLE TRIGGER USER`);
    await work(client);
    await client.query(`ALTER TABLE accord.${table} ENABLE TRIGGER USER`);
  } finally {
    await client.end();
  }
}

/** A won deal. @returns its id */
export async function wonDeal(world: LedgerWorld, closedOn: string, amount: string, more: object = {}): Promise<string> {
  const { id } = await world.send<{ id: string }>(world.lea, 'POST', '/deals', {
    ...{ name: `Deal of ${closedOn}`, status: 'won', amount, currency: 'EUR', openedAt: '2026-01-05T09:00:00Z' },
    ...{ closedAt: `${closedOn}T10:00:00Z`, ownerId: world.sue.memberId },
    ...more,
  });
  return id;
}

/** Started and computed by Lea. @returns the run */
export async function computedRun(world: LedgerWorld, periodStart: string, periodKind = 'month'): Promise<Told> {
  const { ids } = await world.send<{ ids: string[] }>(world.lea, 'POST', '/payout-runs', { kind: 'regular', periodKind, periodStart });
  return world.send(world.lea, 'POST', `/payout-runs/${ids[0]}/computation`);
}

/** Approved by both heads and locked by Lea. @returns the run */
export async function lockedRun(world: LedgerWorld, periodStart: string, periodKind = 'month'): Promise<Told> {
  const run = await computedRun(world, periodStart, periodKind);
  for (const person of [world.mara, world.sam])
    if ((await world.get<Told>(person, `/payout-runs/${run.id}`)).can.approve === null)
      await world.send(person, 'POST', `/payout-runs/${run.id}/approvals`, { linesHash: run.linesHash });
  return world.send(world.lea, 'POST', `/payout-runs/${run.id}/lock`);
}
