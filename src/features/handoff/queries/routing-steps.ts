import { planRoute, type RoutingPlan, type Step } from '#engine/handoff/route.ts';
import type { Fields, RuleRecord } from '#engine/rules/reading.ts';
import { fieldConditionsOf } from '#features/agreement/queries/rule-reading.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { accountFields, accountsOfLeads, type FoundAccount, type RoutableLead } from './routing-leads.ts';

interface Planning {
  readonly records: ReadonlyMap<string, RuleRecord>;
  readonly plan: RoutingPlan;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The places each lead can go to, in order. Changes nothing, holds nothing. */
export async function planRoutes(
  tx: Tx,
  workspaceId: WorkspaceId,
  leads: readonly Pick<RoutableLead, 'id' | 'accountId' | 'email'>[],
  { records, plan, at }: Planning,
): Promise<Map<string, Step[]>> {
  const asksAccount = plan.rules.some(({ when }) => fieldConditionsOf(when).some(({ of }) => of === 'account'));
  const accounts =
    plan.accountOwnerKeeps || asksAccount ? await accountsOfLeads(tx, workspaceId, leads) : new Map<string, FoundAccount[]>();
  const fields = asksAccount ? await fieldsOfMatched(tx, workspaceId, records, accounts) : new Map<string, Fields>();
  return new Map(
    leads.map(({ id }) => {
      const found = accounts.get(id) ?? [];
      const record = records.get(id)!;
      const account = record.account ?? (found.length === 1 ? (fields.get(found[0]!.id) ?? null) : null);
      return [id, planRoute({ record: { ...record, account }, accounts: found }, plan, at)];
    }),
  );
}

/** A lead that names no account is asked about the one with its domain, if there is only one. */
function fieldsOfMatched(
  tx: Tx,
  workspaceId: WorkspaceId,
  records: ReadonlyMap<string, RuleRecord>,
  accounts: ReadonlyMap<string, readonly FoundAccount[]>,
): Promise<Map<string, Fields>> {
  const matched = [...accounts].flatMap(([leadId, found]) => (records.get(leadId)?.account || found.length !== 1 ? [] : [found[0]!.id]));
  return accountFields(tx, workspaceId, [...new Set(matched)]);
}

/** Teams and members that steps lead to. */
export function placesOf(steps: Iterable<readonly Step[]>): { teamIds: string[]; memberIds: string[] } {
  const [teams, members] = [new Set<string>(), new Set<string>()];
  for (const path of steps)
    for (const { to } of path) {
      if (to.memberId !== null) members.add(to.memberId);
      else if (to.teamId !== null) teams.add(to.teamId);
    }
  return { teamIds: [...teams], memberIds: [...members] };
}
