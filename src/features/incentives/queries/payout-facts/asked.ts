/** What every reader of facts is given, and what it gives back. */

import type { Credit, Fact } from '#engine/payout/evidence.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Opening } from '../../contract/pieces.ts';
import type { PlanMoney } from './plan-money.ts';

/** A deal as if it closed so: of a what-if, never of a run. */
export interface SupposedDeal {
  readonly dealId: string;
  /** What it would say of itself, by the fields of the record. */
  readonly sets: Readonly<Record<string, string>>;
}

export interface FactScope {
  readonly tx: Tx;
  readonly workspaceId: WorkspaceId;
  readonly timeZone: string;
  readonly planId: string | null;
  /** Members the plan pays. A fact that credits none of them is left out. */
  readonly payees: ReadonlySet<string>;
  /** Days, both included. */
  readonly from: string;
  readonly until: string;
  /** ISO 8601 UTC. */
  readonly cutOff: string;
  readonly supposed?: SupposedDeal | undefined;
  readonly money: PlanMoney;
}

export interface ReadFact {
  readonly fact: Fact;
  readonly opening: Opening;
}

/** Members in their roles, each with all of it; a role that nobody has is left out. */
export const creditsIn = (roles: Readonly<Record<string, string | null | undefined>>): Credit[] =>
  Object.entries(roles).flatMap(([role, payee]) => (payee ? [{ payee, role, sharePercent: '100' }] : []));

/** Tags that say something. */
export const tagsOf = (tags: Readonly<Record<string, string | null | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== ''));

export const concernsPayee = ({ payees }: Pick<FactScope, 'payees'>, credits: readonly Credit[]): boolean =>
  credits.some(({ payee }) => payees.has(payee));

/** A fact of one thing that nobody reverses, with what nothing told otherwise. */
export const plainFact = (
  given: Pick<Fact, 'id' | 'kind' | 'on' | 'occurredAt' | 'recordedAt' | 'credits' | 'tags'> & Partial<Fact>,
): Fact => ({
  amount: null,
  count: 1,
  percent: null,
  by: null,
  reverses: null,
  ...given,
});

/** That a fact was undone. Its credits and tags don't matter: the engine asks only what it reverses. */
export const reversalOf = (
  fact: Fact,
  {
    id,
    on,
    at,
    recordedAt,
    cause,
    amount = null,
  }: { id: string; on: string; at: string; recordedAt: string; cause: 'mistake' | 'cancelled'; amount?: bigint | null },
): Fact => ({
  ...fact,
  id,
  on,
  occurredAt: at,
  recordedAt,
  amount,
  reverses: { fact: fact.id, cause },
});
