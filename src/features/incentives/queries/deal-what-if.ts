import { sql } from 'kysely';
import type { Database, Tx } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { StatementLine } from '../contract/statements.ts';
import type { DealWhatIf, DealWhatIfAsk } from '../contract/what-if.ts';
import { computeFor, linesOfPayee, plansOfPayee, sumOf } from './estimates.ts';
import { todayOf } from './today.ts';

interface Deal {
  readonly id: string;
  readonly name: string;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly status: string;
  readonly timeZone: string;
}

/**
 * What a deal would change for a payee if it closed at an amount on a day: the period of that day computed with it and
 * without, by what is on record.
 * @throws Problem not-found, forbidden, conflict (closed already), bad-input (no amount)
 */
export async function dealWhatIf(database: Database, who: Who, asked: DealWhatIfAsk): Promise<DealWhatIf> {
  const { deal, today } = await database.inWorkspace(who.workspaceId, async (tx) => ({
    deal: await getDeal(tx, who, asked.dealId),
    today: await todayOf(tx, who.workspaceId),
  }));
  const amount = asked.amount ?? deal.amount?.toString();
  refuse(deal, amount);
  const closesOn = asked.closesOn ?? today;
  const found = await database.inWorkspace(who.workspaceId, (tx) =>
    plansOfPayee(tx, who, { memberId: asked.memberId, on: closesOn }, 'estimate'),
  );
  const sets = { status: 'won', amount: amount!, closedAt: noonOf(closesOn, deal.timeZone) };
  const plans: DealWhatIf['plans'] = [];
  for (const plan of found.plans) {
    const before = linesOfPayee(await computeFor(database, who, plan, closesOn), found.payee.id);
    const after = linesOfPayee(await computeFor(database, who, plan, closesOn, { dealId: deal.id, sets }), found.payee.id);
    const [was, is] = [sumOf(before), sumOf(after)];
    const { version } = plan;
    plans.push({
      ...{ planId: version.planId, versionId: version.id, name: version.content.name, currency: version.content.currency },
      ...{ before: String(was), after: String(is), difference: String(is - was) },
      lines: differing(before, after),
    });
  }
  return {
    deal: { id: deal.id, name: deal.name, amount: amount!, currency: deal.currency ?? '' },
    payee: found.payee,
    closesOn,
    plans,
    notes: plans.length === 0 ? ['No signed plan pays them in that period.'] : [],
  };
}

async function getDeal(tx: Tx, { workspaceId }: Who, id: string): Promise<Deal> {
  const { rows } =
    await sql<Deal>`SELECT d.id, d.name, d.amount, coalesce(d.currency, w.currency) AS currency, d.status, w.time_zone AS "timeZone"
    FROM deals d JOIN workspaces w ON w.id = d.workspace_id WHERE d.workspace_id = ${workspaceId}::uuid AND d.id = ${id}::uuid AND d.archived_at IS NULL`.execute(
      tx,
    );
  if (!rows[0]) throw notFound('deal');
  return rows[0];
}

function refuse({ status, name }: Deal, amount: string | undefined): void {
  if (status !== 'open') throw new Problem('conflict', `“${name}” is ${status} already: its lines tell what it earned.`);
  if (amount === undefined)
    throw new Problem('bad-input', 'The deal has no amount: say at which it would close.', {
      fields: [{ at: 'amount', reason: 'such as "1200050"' }],
    });
}

/** In the middle of the day: no change of a clock moves it to another. */
const noonOf = (day: string, timeZone: string): string =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '12:00' }).toInstant().toString();

/** Lines that are new, or say something else. */
function differing(before: readonly StatementLine[], after: readonly StatementLine[]): StatementLine[] {
  const known = new Set(before.map(({ component, says, amount }) => `${component}\n${says}\n${amount}`));
  return after.filter(({ component, says, amount }) => !known.has(`${component}\n${says}\n${amount}`));
}
