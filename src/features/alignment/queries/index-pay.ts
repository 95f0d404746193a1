/** Collective pay as the index counts it: only who is in what, never how much. Its records stand on the pages of incentives, with their own rights. */

import { sql } from 'kysely';
import { answerDays } from '#engine/alignment/index/component.ts';
import type { Counted } from '#engine/alignment/index/score.ts';
import { picked } from '#engine/payout/payees.ts';
import type { Pool } from '#engine/payout/plan.ts';
import { readVersions, signedPayees, versionAt, type VersionRow } from '#features/incentives/queries/plan-rows.ts';
import type { Tx } from '#platform/db/database.ts';
import type { IndexGround, IndexQuestion } from './index-question.ts';
import { instant } from './index-sql.ts';

/** Of each plan the version that counts on the last day. */
async function plansOf(tx: Tx, { ground, on }: IndexQuestion): Promise<VersionRow[]> {
  const signed = await signedVersions(tx, ground);
  return [...Map.groupBy(signed, ({ planId }) => planId).values()].flatMap((versions) => versionAt(versions, on) ?? []);
}
const signedVersions = (tx: Tx, ground: IndexGround): Promise<VersionRow[]> =>
  ground.once('plans of pay', () =>
    readVersions(tx, ground.workspaceId, { where: [sql`v.status = 'signed'`], order: sql`v.plan_id, v.in_force_from, v.number` }),
  );

const share = (count: number, of: number): Counted | null => (of === 0 ? null : { count, of });
const poolsOf = (plans: readonly VersionRow[]) => plans.flatMap(({ content }) => (content.pool ? [{ content, pool: content.pool }] : []));

const workersOf = (tx: Tx, ground: IndexGround): Promise<Set<string>> =>
  ground.once('workers', async () => {
    const { rows } = await sql<{ id: string }>`SELECT id FROM members WHERE workspace_id = ${ground.workspaceId}::uuid AND active
      AND side <> 'leadership' AND role <> 'viewer'`.execute(tx);
    return new Set(rows.map(({ id }) => id));
  });

export async function pooled(tx: Tx, question: IndexQuestion): Promise<Counted | null> {
  const plans = await plansOf(tx, question);
  if (plans.length === 0) return null;
  const workers = await workersOf(tx, question.ground);
  const paid = new Set(poolsOf(plans).flatMap(({ content, pool }) => picked(pool.members, content.payees).map(({ id }) => id)));
  return share([...paid].filter((id) => workers.has(id)).length, workers.size);
}

const ofPools =
  (is: (pool: Pool, sides: ReadonlySet<string>) => boolean) =>
  async (tx: Tx, question: IndexQuestion): Promise<Counted | null> => {
    const pools = poolsOf(await plansOf(tx, question));
    const met = pools.filter(({ content, pool }) => is(pool, new Set(picked(pool.members, content.payees).map(({ side }) => side))));
    return share(met.length, pools.length);
  };
export const poolBothSides = ofPools((_pool, sides) => sides.size === 2);
export const gatesBothSides = ofPools(({ opens }) => opens.marketing.length > 0 && opens.sales.length > 0);

export async function signedByPayees(tx: Tx, question: IndexQuestion): Promise<Counted | null> {
  const plans = await plansOf(tx, question);
  const by = new Date(question.asOf).toISOString();
  const signed = plans.map((plan) => {
    const own = signedPayees(plan, by);
    return plan.content.payees.filter(({ id }) => own.has(id)).length;
  });
  return share(
    signed.reduce((sum, each) => sum + each, 0),
    plans.reduce((sum, { content }) => sum + content.payees.length, 0),
  );
}

const monthsOf = { month: 1, quarter: 3, half: 6, year: 12 } as const;

/** Periods of pay that ended in the days while a plan of that kind of period was in force. */
export async function statementsInTime(tx: Tx, question: IndexQuestion): Promise<Counted | null> {
  const { ground, start, on, asOf } = question;
  const signed = await signedVersions(tx, ground);
  const ended = (['month', 'quarter', 'half', 'year'] as const).flatMap((kind) =>
    periodsEnding(kind, start, on).filter((period) =>
      [...Map.groupBy(signed, ({ planId }) => planId).values()].some((versions) => versionAt(versions, period.start)?.periodKind === kind),
    ),
  );
  if (ended.length === 0) return null;
  const { rows } = await sql<{ kind: string; start: string; lockedOn: string }>`SELECT period_kind AS kind, period_start AS start,
      (locked_at AT TIME ZONE ${ground.timeZone})::date AS "lockedOn" FROM payout_runs
    WHERE workspace_id = ${ground.workspaceId}::uuid AND kind = 'regular' AND status = 'locked' AND locked_at <= ${instant(asOf)}`.execute(
    tx,
  );
  const locked = new Map(rows.map((row) => [`${row.kind} ${row.start}`, row.lockedOn]));
  const judged = ended.map(({ kind, start: first, end }) => {
    const lockedOn = locked.get(`${kind} ${first}`);
    const last = Temporal.PlainDate.from(end).add({ days: answerDays.statement }).toString();
    return { isMet: lockedOn !== undefined && lockedOn <= last, isDue: lockedOn !== undefined || last < on };
  });
  return share(judged.filter(({ isMet }) => isMet).length, judged.filter(({ isDue }) => isDue).length);
}

/** Of the calendar year, whose last day lies in the days. */
function periodsEnding(kind: keyof typeof monthsOf, start: string, on: string) {
  const months = monthsOf[kind];
  const periods: { kind: typeof kind; start: string; end: string }[] = [];
  const from = Temporal.PlainDate.from(start);
  let first = from.with({ day: 1, month: Math.floor((from.month - 1) / months) * months + 1 });
  for (; ; first = first.add({ months })) {
    const end = first.add({ months }).subtract({ days: 1 }).toString();
    if (end > on) return periods;
    if (end >= start) periods.push({ kind, start: first.toString(), end });
  }
}

export async function disputesInTime(tx: Tx, { ground, from, asOf }: IndexQuestion): Promise<Counted | null> {
  const { rows } = await sql<{
    count: number;
    of: number;
  }>`SELECT count(*) FILTER (WHERE answered_at <= least(due_at, ${instant(asOf)}))::int AS count,
      count(*) FILTER (WHERE answered_at <= ${instant(asOf)} OR due_at <= ${instant(asOf)})::int AS of
    FROM disputes WHERE workspace_id = ${ground.workspaceId}::uuid AND status <> 'withdrawn' AND raised_at >= ${instant(from)}
      AND raised_at <= ${instant(asOf)}`.execute(tx);
  return share(rows[0]!.count, rows[0]!.of);
}
