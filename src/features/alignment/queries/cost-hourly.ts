/** What an hour of the reps who work leads costs, all in: from the ledger and the calendars, for those who may see pay. */

import { sql } from 'kysely';
import type { HourlyCost } from '#engine/alignment/cost/hours.ts';
import { compileCalendar } from '#engine/calendar/working-time.ts';
import { divideHalfEven } from '#engine/values/money.ts';
import { calendarOfMember, workingTimes } from '#features/agreement/queries/calendars.ts';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import type { PayVisible } from '#features/returns/contract/pay.ts';
import { textOfDays, type Days } from '#features/returns/queries/figure-scope.ts';
import { visibleCosts } from '#features/returns/queries/visible-costs.ts';
import type { CostGround } from './cost-ground.ts';

const hour = 3_600_000;
/** Of the hours worked, those that go into leads at best; the rest is meetings, notes, waiting. */
const productivePercent = 80n;

/**
 * `everything booked on the reps' teams but commissions ÷ hours they worked`. Low: their salaries alone ÷ hours paid,
 * leave included. High: four fifths of the hours worked go into leads.
 * @returns why there is none, where there is none
 */
export async function hourlyCost(ground: CostGround, days: Days, pay: PayVisible, reps: ReadonlySet<string>): Promise<HourlyCost | string> {
  const stated = ground.kept.assumptions.hourlyCost;
  if (stated !== null) return { amount: BigInt(stated), low: BigInt(stated), high: BigInt(stated) };
  if (!pay.sales)
    return 'What an hour costs rests on pay, which you may not see. With a cost of an hour stated in the assumptions everybody sees it.';
  const { members, whole, salaries } = await readTeams(ground, days, pay, reps);
  if (whole <= 0n || members.length === 0)
    return 'not enough data yet: no cost is booked in the period on the teams of the reps who had these leads, and no cost of an hour is stated';
  const { worked, paid } = hoursOf(ground, days, members);
  if (worked <= 0n) return 'not enough data yet: by their calendars these reps did not work in the period';
  const amount = divideHalfEven(whole * 60n, worked);
  return {
    amount,
    low: salaries > 0n && paid > 0n ? least(amount, divideHalfEven(salaries * 60n, paid)) : amount,
    high: divideHalfEven(whole * 60n * 100n, worked * productivePercent),
  };
}

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);

interface Teams {
  readonly members: readonly string[];
  /** In the workspace's currency: all but commissions, and salaries alone. */
  readonly whole: bigint;
  readonly salaries: bigint;
}

async function readTeams({ database, workspaceId }: CostGround, days: Days, pay: PayVisible, reps: ReadonlySet<string>): Promise<Teams> {
  const { start, end } = textOfDays(days);
  return database.inWorkspace(workspaceId, async (tx) => {
    const teams = sql`(SELECT DISTINCT tm.team_id FROM team_members tm JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id AND t.side = 'sales'
      WHERE tm.workspace_id = ${workspaceId}::uuid AND tm.member_id = ANY(${[...reps]}::uuid[]))`;
    const members = await sql<{ id: string }>`SELECT DISTINCT tm.member_id AS id FROM team_members tm
      WHERE tm.workspace_id = ${workspaceId}::uuid AND tm.team_id IN ${teams} ORDER BY 1`.execute(tx);
    const costs = await sql<{ whole: string | null; salaries: string | null }>`
      SELECT sum(c.booked)::text AS whole, (sum(c.booked) FILTER (WHERE c.category = 'salaries'))::text AS salaries
      FROM ${visibleCosts(workspaceId, pay)} c WHERE c.side = 'sales' AND c.category <> 'commissions' AND c.team_id IN ${teams}
        AND c.occurred_on >= ${start}::date AND c.occurred_on <= ${end}::date`.execute(tx);
    const [sums] = costs.rows;
    return { members: members.rows.map(({ id }) => id), whole: BigInt(sums?.whole ?? '0'), salaries: BigInt(sums?.salaries ?? '0') };
  });
}

/** Minutes, whole. */
function hoursOf({ calendars, kept, fresh }: CostGround, days: Days, members: readonly string[]): { worked: bigint; paid: bigint } {
  const { hoursAMonth } = kept.assumptions;
  if (hoursAMonth !== null) {
    const months = (days.end - days.start + 1) / (365.2425 / 12);
    const minutes = BigInt(Math.round(hoursAMonth * 60 * months * members.length));
    return { worked: minutes, paid: minutes };
  }
  const { start, end } = textOfDays({ start: days.start, end: days.end + 1 });
  const [from, until] = [startOfDay(start, fresh.timeZone), startOfDay(end, fresh.timeZone)];
  const times = workingTimes(calendars);
  const minutes = (milliseconds: number): bigint => BigInt(Math.round((milliseconds / hour) * 60));
  return {
    worked: minutes(members.reduce((sum, id) => sum + times.of(id).elapsed(from, until), 0)),
    paid: minutes(members.reduce((sum, id) => sum + compileCalendar(calendarOfMember(calendars, id)).elapsed(from, until), 0)),
  };
}
