/** Simulated companies under one contract: the pool pays where both sides keep their word, and nowhere else. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Role, Side, Who } from '#platform/http/route.ts';
import { openCompanies } from '#tests/reliability/company.ts';
import { agreedContract, agreedPeriod, type AgreedState, simulateAgreed } from '#tests/support/agreed-companies.ts';
import { planContentSchema } from './contract/plan-content.ts';
import type { PoolState } from './contract/runs.ts';
import { planWhatIf } from './queries/plan-what-if.ts';

let companies: Awaited<ReturnType<typeof openCompanies>>;
before(async () => (companies = await openCompanies()));
after(() => companies.close());

const base = '1000001';

/** Each clause to its own target, of both sides; a fund that doesn't divide evenly. */
const planFor = (payees: readonly { id: string; side: string }[]) =>
  planContentSchema.parse({
    name: 'Pool',
    currency: 'EUR',
    period: 'half',
    payees: payees.map(({ id, side }) => ({ id, side })),
    pool: {
      name: 'Joint pool',
      fund: { base },
      opens: Object.fromEntries(
        ['marketing', 'sales'].map((side) => [
          side,
          agreedContract.clauses
            .filter((clause) => clause.side === side)
            .map(({ key, targetPercent }) => ({ metric: { from: 'clauses', side, clauses: [key] }, value: String(targetPercent) })),
        ]),
      ),
      key: { by: 'equal', byDays: false },
    },
  });

async function poolOf(state: AgreedState): Promise<{ pool: PoolState; paid: bigint }> {
  const { company } = await simulateAgreed(companies, state);
  const payees = await company.rows<{ id: string; side: string }>(
    `SELECT id, side FROM members WHERE workspace_id = :ws AND side IN ('marketing', 'sales') AND active ORDER BY id`,
  );
  const who: Who = {
    workspaceId: company.workspaceId,
    memberId: company.memberId,
    name: 'Lea',
    side: 'leadership' as Side,
    role: 'owner' as Role,
  };
  const { periods, payees: shares } = await planWhatIf(company.database, who, {
    content: planFor(payees),
    periodStart: agreedPeriod.start,
    lastPeriodStart: agreedPeriod.start,
  });
  return { pool: periods[0]!.pool!, paid: shares.reduce((sum, { after: share }) => sum + BigInt(share), 0n) };
}

const missed = ({ gates }: PoolState): string[] => [...new Set(gates.filter(({ holds }) => !holds).map(({ side }) => side!))].toSorted();

test('well aligned: both sides keep theirs, and the shares sum to the fund to the cent', async () => {
  const { pool, paid } = await poolOf('well-aligned');
  assert.equal(pool.state, 'open');
  assert.deepEqual(missed(pool), []);
  assert.equal(paid, BigInt(base));
});

test('sales slow: the gates of sales stay shut, and nobody of either side is paid', async () => {
  const { pool, paid } = await poolOf('sales-slow');
  assert.deepEqual([pool.state, missed(pool), paid], ['closed', ['sales'], 0n]);
});

test('marketing flooding: the gates of marketing stay shut', async () => {
  const { pool, paid } = await poolOf('marketing-flooding');
  assert.deepEqual([pool.state, paid], ['closed', 0n]);
  assert.ok(missed(pool).includes('marketing'));
});
