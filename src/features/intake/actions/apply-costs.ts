/**
 * Costs: entries that are never changed and never voided one by one. A corrected row takes the old entry back by a
 * reversing one and posts anew; a closed month takes nothing. In whole sets, as all that an import writes.
 */

import { currencyDigits } from '#engine/values/currency.ts';
import { columnOf } from '#features/records/contract.ts';
import { Problem } from '#platform/errors.ts';
import { count, execute, noCounts, type ApplyContext } from './apply-context.ts';
import { refTable, reportMissing } from './references.ts';
import { isOfPlatform, settleCosts } from './settle-costs.ts';
import { ownFieldsOf, referencesOf } from './stage-rows.ts';

/** By which an entry is known again: the source's own id of it, an advertising platform's whatever the source is called. */
const externalKey = `hashtextextended(CASE WHEN ${isOfPlatform} THEN 'ads' ELSE :source END || chr(31) || s.ext, 0)`;
const own = ownFieldsOf('cost').map((field) => columnOf(field.name));
const carried = [...own, ...referencesOf('cost').map(({ field }) => columnOf(field)), 'team_id', 'custom'];

export async function writeCosts(context: ApplyContext): Promise<void> {
  try {
    await reportMissing(context, 'cost', new Set());
    await settleCosts(context);
    const repeated = await planCosts(context);
    await refuseClosedMonths(context);
    await takeBackCorrected(context);
    await insertCosts(context);
    await countCosts(context, repeated);
    await tellUnbooked(context);
  } catch (error) {
    throw closedMeanwhile(error) ?? error;
  }
}

/** The database's own word against closed months (migration 0005): only where one was closed under our hands. */
export function closedMeanwhile(error: unknown): Problem | null {
  const { code, message } = error as { code?: unknown; message?: string };
  if (code !== 'AC001') return null;
  const month = /\d{4}-\d\d/.exec(message ?? '')?.[0];
  return new Problem(
    'conflict',
    `${month ? `The month ${month}` : 'A month'} was closed meanwhile, so nothing was kept. Try again: rows of closed months then come back one by one, with what would be fine.`,
  );
}

/**
 * What becomes of each row, in `cost_plan`: `same` as what is here, `out` because a person took its entry back, `nothing`
 * for an amount of 0 that corrects nothing, `corrects` an entry, or `new`. Refused rows and all but the last of a
 * repeated id aren't in it.
 * @returns how many rows repeat another's id
 */
async function planCosts(context: ApplyContext): Promise<number> {
  const used = referencesOf('cost').filter(({ column }) => context.stage.usedReferences.get('cost')?.has(column));
  // A reference the row states must be the same; one that leads nowhere now is no reason to correct.
  const differs = [
    ...own.map((column) => `t.${column} IS DISTINCT FROM s.${column}`),
    ...used.map(({ field, column }) => `(${column}.id IS NOT NULL AND t.${columnOf(field)} IS DISTINCT FROM ${column}.id)`),
    '(g.id IS NOT NULL AND t.team_id IS DISTINCT FROM g.id)',
    't.custom IS DISTINCT FROM s.custom',
  ];
  await execute(
    context,
    `CREATE TEMP TABLE cost_last AS SELECT s.n, ${externalKey} AS key, row_number() OVER (PARTITION BY s.ext ORDER BY s.n DESC) AS place
     FROM stage_cost s WHERE s.n NOT IN (SELECT n FROM import_trouble WHERE kind = 'cost' AND severity = 'error')`,
  );
  const { rowCount: repeated } = await execute(context, 'DELETE FROM cost_last WHERE place > 1');
  await execute(context, 'ANALYZE cost_last');
  await execute(
    context,
    `CREATE TEMP TABLE cost_plan AS
     SELECT DISTINCT ON (s.n) s.n, s.occurred_on, l.key, t.id AS old_id, t.occurred_on AS old_on,
       CASE WHEN t.id IS NULL THEN CASE WHEN s.amount = 0 THEN 'nothing' ELSE 'new' END
         WHEN t.reversed_by IS NOT NULL OR t.voided_by IS NOT NULL THEN 'out'
         WHEN ${differs.join(' OR ')} THEN 'corrects' ELSE 'same' END AS what
     FROM stage_cost s JOIN cost_last l ON l.n = s.n
     LEFT JOIN (cost_entries t LEFT JOIN cost_entries r ON r.workspace_id = :ws AND r.id = t.reversed_by)
       ON t.workspace_id = :ws AND t.external_key = l.key AND (t.voided_by IS NULL OR t.voided_by = t.id) AND (t.reversed_by IS NULL OR r.run_id IS NULL)
     LEFT JOIN cost_teams g ON g.word = s.team
     ${used.map(({ column, of }) => `LEFT JOIN ${refTable(of)} ${column} ON ${column}.r = s.${column}`).join('\n')}
     ORDER BY s.n, t.reversed_by IS NULL DESC, t.id DESC`,
  );
  await execute(context, 'ANALYZE cost_plan');
  return repeated ?? 0;
}

const monthOf = (day: string): string => `date_trunc('month', ${day})::date`;

/** Rows of closed months that would change anything go back. Shares the months' locks first, so that none closes from here on. */
async function refuseClosedMonths(context: ApplyContext): Promise<void> {
  await execute(
    context,
    `SELECT pg_advisory_xact_lock_shared(accord.month_lock(:ws, month)) FROM (
       SELECT DISTINCT ${monthOf('day')} AS month FROM cost_plan, unnest(ARRAY[occurred_on, old_on]) day
       WHERE what IN ('new', 'corrects') AND day IS NOT NULL ORDER BY 1) months`,
  );
  // With the first day after it that takes entries.
  await execute(
    context,
    `CREATE TEMP TABLE closed_months AS
     WITH closed AS (SELECT month FROM period_closings WHERE workspace_id = :ws AND reopened_at IS NULL)
     SELECT c.month, (SELECT min(l.month + interval '1 month')::date FROM closed l WHERE l.month >= c.month
       AND NOT EXISTS (SELECT FROM closed f WHERE f.month = l.month + interval '1 month')) AS next_open FROM closed c`,
  );
  await execute(
    context,
    `INSERT INTO import_trouble (file_no, line, n, kind, column_name, value, reason, severity)
     SELECT s.file_no, s.line, s.n, 'cost', 'occurredOn', s.occurred_on::text, 'the month ' || to_char(c.month, 'YYYY-MM') || ' is closed'
       || CASE p.what WHEN 'corrects' THEN ', and this row would correct what it was closed with' ELSE '' END
       || ': reopen it, or date the row from ' || c.next_open || ' on', 'error'
     FROM cost_plan p JOIN stage_cost s ON s.n = p.n JOIN closed_months c ON c.month = ${monthOf('p.occurred_on')} WHERE p.what IN ('new', 'corrects')`,
  );
  await execute(
    context,
    `DELETE FROM cost_plan p USING closed_months c WHERE c.month = ${monthOf('p.occurred_on')} AND p.what IN ('new', 'corrects')`,
  );
}

/** The reversing entries: on the same day where its month is open, else on the first open day after it. */
async function takeBackCorrected(context: ApplyContext): Promise<void> {
  // Whoever takes one back by hand just now is waited for, and is right.
  await execute(
    context,
    `SELECT count(*) FROM (SELECT FROM cost_entries t JOIN cost_plan p ON p.old_id = t.id AND p.what = 'corrects' WHERE t.workspace_id = :ws FOR UPDATE OF t) locked`,
  );
  await execute(
    context,
    `UPDATE cost_plan p SET what = 'out' FROM cost_entries t WHERE t.workspace_id = :ws AND t.id = p.old_id AND p.what = 'corrects' AND t.reversed_by IS NOT NULL`,
  );
  await execute(
    context,
    `CREATE TEMP TABLE cost_reversals AS SELECT accord.new_id() AS id, p.old_id, coalesce(c.next_open, p.old_on) AS day
     FROM cost_plan p LEFT JOIN closed_months c ON c.month = ${monthOf('p.old_on')} WHERE p.what = 'corrects'`,
  );
  const taken = carried.filter((column) => column !== 'occurred_on' && column !== 'amount');
  await execute(
    context,
    `INSERT INTO cost_entries (workspace_id, id, occurred_on, amount, ${taken.join(', ')}, run_id, recorded_by, reverses_id, reason, rate, rate_on, booked, booked_currency)
     SELECT :ws, v.id, v.day, -t.amount, ${taken.map((column) => `t.${column}`).join(', ')}, :run, :member, t.id,
       'corrected by import #' || (SELECT number FROM import_runs WHERE workspace_id = :ws AND id = :run), t.rate, t.rate_on, -t.booked, t.booked_currency
     FROM cost_reversals v JOIN cost_entries t ON t.workspace_id = :ws AND t.id = v.old_id`,
  );
  await execute(
    context,
    `UPDATE cost_entries t SET reversed_by = v.id FROM cost_reversals v WHERE t.workspace_id = :ws AND t.id = v.old_id`,
  );
}

/**
 * A numeric rounded to a whole, halves to the even one: PostgreSQL's own `round` takes them away from zero. The same as
 * `convert` of engine/returns.
 * @param exact SQL of the number
 */
export const halfEven = (exact: string): string =>
  `CASE WHEN abs(${exact}) % 1 = 0.5 THEN 2 * round((${exact}) * 0.5) ELSE round(${exact}) END`;
const mostUnits = '9223372036854775807';

async function insertCosts(context: ApplyContext): Promise<void> {
  await factorsOf(context);
  const used = new Set(context.stage.usedReferences.get('cost') ?? []);
  const references = referencesOf('cost').map(({ column }) => (used.has(column) ? `${column}.id` : 'NULL::uuid'));
  const booked = halfEven('s.amount * r.rate * f.factor');
  await execute(
    context,
    `INSERT INTO cost_entries (workspace_id, id, ${carried.join(', ')}, run_id, external_key, recorded_by, rate, rate_on, booked, booked_currency)
     SELECT :ws, s.id, ${[...own.map((column) => `s.${column}`), ...references, 'g.id', 's.custom'].join(', ')}, :run, p.key, :member,
       CASE WHEN s.currency = w.currency THEN 1 WHEN b.booked IS NOT NULL THEN r.rate END, CASE WHEN b.booked IS NOT NULL THEN r.on_day END,
       b.booked, CASE WHEN b.booked IS NOT NULL THEN w.currency END
     FROM cost_plan p JOIN stage_cost s ON s.n = p.n JOIN cost_factors f ON f.currency = s.currency
     CROSS JOIN (SELECT currency FROM workspaces WHERE id = :ws) w
     LEFT JOIN cost_teams g ON g.word = s.team
     ${referencesOf('cost')
       .filter(({ column }) => used.has(column))
       .map(({ column, of }) => `LEFT JOIN ${refTable(of)} ${column} ON ${column}.r = s.${column}`)
       .join('\n')}
     LEFT JOIN LATERAL (SELECT e.rate, e.on_day FROM exchange_rates e
       WHERE e.workspace_id = :ws AND e.currency = s.currency AND e.into_currency = w.currency AND e.on_day <= s.occurred_on
       ORDER BY e.on_day DESC, e.recorded_at DESC, e.id DESC LIMIT 1) r ON s.currency <> w.currency
     CROSS JOIN LATERAL (SELECT CASE WHEN s.currency = w.currency THEN s.amount WHEN abs(${booked}) <= ${mostUnits} THEN (${booked})::bigint END AS booked) b
     WHERE p.what IN ('new', 'corrects') AND s.amount <> 0`,
  );
}

/** By what minor units of a currency are multiplied to be compared with those of the workspace's: 100 for yen into euros. */
async function factorsOf(context: ApplyContext): Promise<void> {
  const { rows } = await execute<{ currency: string; into: string }>(
    context,
    `SELECT DISTINCT s.currency, w.currency AS into FROM stage_cost s, workspaces w WHERE w.id = :ws`,
  );
  const places = rows.map(({ currency, into }) => (currencyDigits(into) ?? 2) - (currencyDigits(currency) ?? 2));
  await execute(context, 'CREATE TEMP TABLE cost_factors (currency text, factor numeric)');
  await context.client.query(`INSERT INTO cost_factors SELECT c, ('1e' || p)::numeric FROM unnest($1::text[], $2::int[]) u (c, p)`, [
    rows.map(({ currency }) => currency),
    places,
  ]);
}

async function countCosts(context: ApplyContext, repeated: number): Promise<void> {
  const counts = (context.counts.cost = noCounts());
  const { rows } = await execute<{ what: string; count: bigint }>(context, 'SELECT what, count(*) FROM cost_plan GROUP BY what');
  const planned = (what: string) => Number(rows.find((row) => row.what === what)?.count ?? 0);
  counts.created = planned('new');
  counts.updated = planned('corrects');
  counts.skipped = planned('nothing');
  counts.rejected = await count(context, `SELECT count(DISTINCT n) FROM import_trouble WHERE kind = 'cost' AND severity = 'error'`);
  counts.unchanged = planned('same') + planned('out') + repeated;
  if (counts.skipped > 0) context.notes.push(`Rows of 0 that correct nothing were left out: ${counts.skipped}.`);
}

async function tellUnbooked(context: ApplyContext): Promise<void> {
  const { rows } = await execute<{ currency: string; count: bigint }>(
    context,
    `SELECT currency, count(*) FROM cost_entries WHERE workspace_id = :ws AND run_id = :run AND booked IS NULL AND reverses_id IS NULL GROUP BY 1 ORDER BY 1`,
  );
  for (const { currency, count: waiting } of rows)
    context.notes.push(
      `Costs in ${currency} that wait for an exchange rate of their day or before: ${waiting}. They are in no sum until there is one.`,
    );
}
