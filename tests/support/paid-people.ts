/** A company with people who are paid by plans: heads and members of both sides, a team with its manager, an auditor to be. */

import type { WorkspaceId, Tx } from '#platform/db/database.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import type { Sets } from '#features/records/contract/fold.ts';
import { join, type Person } from '#tests/security/world.ts';
import { type LedgerWorld, openLedger, type Told } from './ledger.ts';

export interface PaidWorld extends LedgerWorld {
  /** Of sales: Tom is in Tina's team, as Sue is; Tina is no head. Of marketing: Max. Of leadership, with nothing to do with pay: Vic. */
  readonly tom: Person;
  readonly tina: Person;
  readonly vic: Person;
  readonly workspaceId: WorkspaceId;
  within<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  record(kind: 'deal' | 'lead' | 'campaign' | 'account', sets: Sets, id?: string): Promise<string>;
}

export async function openPaid(): Promise<PaidWorld> {
  const world = await openLedger();
  const tom = await join(world, world.lea, 'Tom', 'sales', 'member');
  const tina = await join(world, world.lea, 'Tina', 'sales', 'member');
  const vic = await join(world, world.lea, 'Vic', 'leadership', 'viewer');
  await world.send(world.lea, 'POST', '/teams', {
    ...{ name: 'North', side: 'sales', managerId: tina.memberId, members: [tom.memberId, world.sue.memberId, tina.memberId] },
  });
  const workspaceId = world.lea.workspaceId as WorkspaceId;
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => world.database.inWorkspace(workspaceId, work);
  return {
    ...world,
    ...{ tom, tina, vic, workspaceId, within },
    record: async (kind, sets, id) =>
      (await within((tx) => recordFields(tx, workspaceId, { kind, id, sets, memberId: world.lea.memberId, followed: true }))).id,
  };
}

export const measure = (kind: string, by: 'amount' | 'count', role = 'owner') => ({
  kinds: [kind],
  by,
  split: [{ role, sharePercent: '100' }],
});

/** Ten percent of what each wins, from a list of people. */
export const commission = (people: readonly Person[], more: Record<string, unknown> = {}): Told => ({
  ...{ name: 'Commission', currency: 'EUR', period: 'month', clawback: { withinDays: 90 } },
  payees: people.map(({ memberId, side }) => ({ id: memberId, side, role: side === 'sales' ? 'ae' : 'marketer' })),
  components: [
    { kind: 'rate', id: 'commission', name: 'Commission', measure: measure('won', 'amount'), tiers: [{ from: '0', percent: '10' }] },
  ],
  ...more,
});

/** The first day of the month that many months from this one, in Berlin. */
export function firstOfMonth(months = 0): string {
  return Temporal.Now.plainDateISO('Europe/Berlin').with({ day: 1 }).add({ months }).toString();
}

/** Signs as whatever they may, everybody in turn. */
export async function signAll(world: LedgerWorld, versionId: string, people: readonly Person[]): Promise<void> {
  for (const person of people) {
    for (;;) {
      const version = await world.get(person, `/incentive-plan-versions/${versionId}`);
      const [way] = version.signing.ways;
      if (!way) break;
      await world.send(person, 'POST', `/incentive-plan-versions/${versionId}/signatures`, {
        contentHash: way.contentHash,
        signsAs: way.signsAs,
      });
    }
  }
}

/** Drafted and proposed by Lea, signed by all of these. @returns ids of plan and version */
export async function signedPlan(
  world: LedgerWorld,
  content: unknown,
  signers: readonly Person[],
  effectiveFrom = firstOfMonth(-1),
): Promise<{ id: string; planId: string }> {
  const made = await world.send<{ id: string; planId: string }>(world.lea, 'POST', '/incentive-plans', { content });
  await world.send(world.lea, 'POST', `/incentive-plan-versions/${made.id}/proposal`, { effectiveFrom });
  await signAll(world, made.id, signers);
  return made;
}
