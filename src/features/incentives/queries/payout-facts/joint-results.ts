/** Figures and clauses that a plan's conditions ask for, period by period, each with the records behind it. */

import { sql } from 'kysely';
import type { JointResult } from '#engine/payout/evidence.ts';
import type { Metric, PeriodKind } from '#engine/payout/plan.ts';
import { decimalText } from '#engine/payout/quantity.ts';
import { type Fraction, exactFraction, fraction } from '#engine/values/fraction.ts';
import type { AttainmentAnswer } from '#features/agreement/contract.ts';
import { leadsPath } from '#features/handoff/contract/addresses.ts';
import { answerAttainment } from '#features/handoff/queries/attainment.ts';
import type { FiguresRow } from '#features/returns/contract/figures.ts';
import { answerFigures } from '#features/returns/queries/figures.ts';
import { answerRetention } from '#features/returns/queries/retention.ts';
import { allPay } from '#features/returns/queries/visible-costs.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { isResultName, measuredResults, type ResultName } from '../../contract/measured.ts';
import type { Opening } from '../../contract/pieces.ts';
import { type PayPeriod, payPeriodsFrom } from '../../contract/plan-periods.ts';
import type { PlanContent } from '../../contract/plan-content.ts';
import { metricsOf } from '../../policy/plan-part.ts';
import type { PlanMoney } from './plan-money.ts';

export interface ReadResult {
  readonly result: JointResult;
  readonly opening: Opening;
}
export interface ResultScope {
  readonly database: Database;
  readonly workspaceId: WorkspaceId;
  readonly content: PlanContent;
  readonly from: string;
  readonly until: string;
  /** Null: everything recorded by now. */
  readonly asOf: string | null;
  /** When the results count as recorded: the cut-off. */
  readonly recordedAt: string;
  readonly money: PlanMoney;
}

/** Decimals of a result, halves to the even one. */
const places = 6;

/** The periods each metric is asked for: the plan's own, or longer ones that hold their last day. */
const periodsOf = ({ content, from, until }: ResultScope, over: PeriodKind | null): PayPeriod[] =>
  payPeriodsFrom(from, until, over ?? content.period);

/** Each clause and result once a period, in a fixed order. */
export async function readResults(scope: ResultScope): Promise<ReadResult[]> {
  const metrics = metricsOf(scope.content);
  const read: ReadResult[] = [];
  for (const over of overs(metrics, 'clauses')) for (const period of periodsOf(scope, over)) read.push(...(await clausesOf(scope, period)));
  for (const over of overs(metrics, 'result'))
    for (const period of periodsOf(scope, over)) read.push(...(await figuresOf(scope, period, namesIn(metrics, over))));
  return read;
}

const overs = (metrics: readonly Metric[], from: 'clauses' | 'result'): (PeriodKind | null)[] => [
  ...new Set(metrics.flatMap((metric) => (metric.from === from ? [metric.over] : []))),
];
const namesIn = (metrics: readonly Metric[], over: PeriodKind | null): Set<ResultName> =>
  new Set(
    metrics.flatMap((metric) => (metric.from === 'result' && metric.over === over && isResultName(metric.name) ? [metric.name] : [])),
  );

// ── clauses ─────────────────────────────────────────────────────────────────

async function clausesOf({ database, workspaceId, asOf, recordedAt }: ResultScope, period: PayPeriod): Promise<ReadResult[]> {
  const answer = await answerAttainment(database, workspaceId, {
    start: period.start,
    end: period.end,
    as: 'then',
    by: 'none',
    ...(asOf === null ? {} : { asOf }),
  });
  return answer.clauses.flatMap((clause) => (clause.due === 0 ? [] : [clauseResult(clause, period, recordedAt)]));
}

function clauseResult(clause: AttainmentAnswer['clauses'][number], period: PayPeriod, recordedAt: string): ReadResult {
  const value = decimalText(percentOf(clause.compliant, clause.due), places);
  const id = `clause:${clause.key}:${period.key}`;
  return {
    result: {
      ...{ id, name: clause.key, kind: 'clause', side: clause.side, payee: null, period: period.key, recordedAt, value, unit: 'percent' },
      of: { clause: clause.key, start: period.start, end: period.end },
      parts: (['due', 'compliant', 'late', 'missed', 'excused'] as const).map((label) => ({ label, value: String(clause[label]) })),
    },
    opening: {
      kind: 'clause',
      id: clause.key,
      label: `${clause.title}: ${clause.sentence}`,
      on: period.end,
      amount: null,
      currency: null,
      path: clause.recordsUrl,
    },
  };
}

// ── figures ─────────────────────────────────────────────────────────────────

/** A result's value with what it is made of. */
interface Told {
  readonly value: Fraction | bigint;
  readonly parts: readonly { readonly label: string; readonly value: string }[];
  readonly path: string | null;
}

const ofReturns: readonly ResultName[] = ['wonValue', 'won', 'winRate', 'newCustomers', 'cacBlended', 'romi'];
const ofRetention: readonly ResultName[] = ['nrr', 'grr'];
const ofLeads: readonly ResultName[] = ['mqls', 'sqls', 'mqlToSql'];

async function figuresOf(scope: ResultScope, period: PayPeriod, names: ReadonlySet<ResultName>): Promise<ReadResult[]> {
  const wanted = (of: readonly ResultName[]): ResultName[] => of.filter((name) => names.has(name));
  const read: ReadResult[] = [];
  const put = (name: ResultName, payee: string | null, told: Told | null): void => {
    const made = told && resultOf(scope, period, name, payee, told);
    if (made) read.push(made);
  };
  const [returns, retention, leads] = [wanted(ofReturns), wanted(ofRetention), wanted(ofLeads)];
  if (returns.length > 0) await putReturns(scope, period, returns, put);
  if (retention.length > 0) {
    const { total } = await answerRetention(scope.database, scope.workspaceId, { by: 'none', start: period.start, end: period.end });
    for (const name of retention) put(name, null, retentionTold(total, name));
  }
  if (leads.length > 0) {
    const counted = await countLeads(scope, period);
    for (const name of leads) put(name, null, leadsTold(counted, name));
  }
  return read;
}

type Put = (name: ResultName, payee: string | null, told: Told | null) => void;

async function putReturns(
  { database, workspaceId, content }: ResultScope,
  period: PayPeriod,
  names: readonly ResultName[],
  put: Put,
): Promise<void> {
  const asked = { start: period.start, end: period.end, allocated: false, lagDays: 0, windowDays: 90, rows: 500 } as const;
  const { total } = await answerFigures(database, workspaceId, allPay, { ...asked, by: 'none' });
  for (const name of names) put(name, null, figureTold(total, name));
  if (!metricsOf(content).some((metric) => metric.from === 'result' && metric.whose === 'own')) return;
  const { rows } = await answerFigures(database, workspaceId, allPay, { ...asked, by: 'owner' });
  const payees = new Set(content.payees.map(({ id }) => id));
  for (const row of rows)
    if (row.group !== null && payees.has(row.group))
      for (const name of names) if (measuredResults[name].own) put(name, row.group, figureTold(row, name));
}

function figureTold({ figures, parts }: Pick<FiguresRow, 'figures' | 'parts'>, name: ResultName): Told | null {
  const [won, lost] = [parts.won?.count ?? 0, parts.lost?.count ?? 0];
  const path = (of: 'won' | 'newCustomers' | 'costMarketing'): string | null => parts[of]?.recordsUrl ?? null;
  const counts = [
    { label: 'won', value: String(won) },
    { label: 'lost', value: String(lost) },
  ];
  if (name === 'wonValue') return { value: BigInt(figures.wonValue.value ?? '0'), parts: counts, path: path('won') };
  if (name === 'won') return { value: fraction(won, 1), parts: counts, path: path('won') };
  if (name === 'winRate') return won + lost === 0 ? null : { value: percentOf(won, won + lost), parts: counts, path: path('won') };
  if (name === 'newCustomers') return { value: fraction(parts.newCustomers?.count ?? 0, 1), parts: [], path: path('newCustomers') };
  if (name === 'cacBlended')
    return figures.cacBlended.value === null ? null : { value: BigInt(figures.cacBlended.value), parts: [], path: path('newCustomers') };
  if (name === 'romi')
    return figures.romi.value === null ? null : { value: hundredfold(figures.romi.value), parts: [], path: path('costMarketing') };
  return null;
}

function retentionTold(total: Awaited<ReturnType<typeof answerRetention>>['total'], name: ResultName): Told | null {
  const value = name === 'nrr' ? total.nrr.value : total.grr.value;
  const parts = (['start', 'expansion', 'contraction', 'churned'] as const).map((label) => ({
    label,
    value: total.bridge[label].amount ?? '0',
  }));
  return value === null ? null : { value: hundredfold(value), parts, path: total.bridge.start.recordsUrl };
}

interface LeadCounts {
  readonly mqls: number;
  readonly sqls: number;
  readonly mqlsThatBecameSqls: number;
  readonly path: string;
  readonly sqlPath: string;
}

/** MQLs and SQLs of the period, and of its MQLs those that have become SQLs by now. */
async function countLeads({ database, workspaceId }: ResultScope, { start, end }: PayPeriod): Promise<LeadCounts> {
  const { rows } = await database.inWorkspace(workspaceId, (tx) => {
    const zone = sql`(SELECT time_zone FROM workspaces WHERE id = ${workspaceId}::uuid)`;
    const within = (column: string) =>
      sql`(${sql.ref(column)} >= (${start}::date::timestamp AT TIME ZONE ${zone}) AND ${sql.ref(column)} < ((${end}::date + 1)::timestamp AT TIME ZONE ${zone}))`;
    return sql<{
      mqls: bigint;
      sqls: bigint;
      became: bigint;
    }>`SELECT count(*) FILTER (WHERE ${within('mql_at')}) AS mqls, count(*) FILTER (WHERE ${within('sql_at')}) AS sqls,
        count(*) FILTER (WHERE ${within('mql_at')} AND sql_at IS NOT NULL) AS became
      FROM leads WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL AND (${within('mql_at')} OR ${within('sql_at')})`.execute(
      tx,
    );
  });
  const { mqls, sqls, became } = rows[0]!;
  const between = (field: string) =>
    leadsPath([
      { field, is: 'gte', value: start },
      { field, is: 'lte', value: end },
    ]);
  return { mqls: Number(mqls), sqls: Number(sqls), mqlsThatBecameSqls: Number(became), path: between('mqlAt'), sqlPath: between('sqlAt') };
}

function leadsTold({ mqls, sqls, mqlsThatBecameSqls, path, sqlPath }: LeadCounts, name: ResultName): Told | null {
  if (name === 'mqls') return { value: fraction(mqls, 1), parts: [], path };
  if (name === 'sqls') return { value: fraction(sqls, 1), parts: [], path: sqlPath };
  const parts = [
    { label: 'MQLs', value: String(mqls) },
    { label: 'of them SQLs', value: String(mqlsThatBecameSqls) },
  ];
  return mqls === 0 ? null : { value: percentOf(mqlsThatBecameSqls, mqls), parts, path };
}

// ── as the engine takes them ────────────────────────────────────────────────

function resultOf(
  { recordedAt, money }: ResultScope,
  period: PayPeriod,
  name: ResultName,
  payee: string | null,
  { value, parts, path }: Told,
): ReadResult | null {
  const { unit, name: label } = measuredResults[name];
  const told = typeof value === 'bigint' ? money.inPlan(value, null, period.end) : value;
  if (told === null) return null;
  const id = `figure:${name}:${period.key}${payee === null ? '' : `:${payee}`}`;
  return {
    result: {
      ...{ id, name, kind: 'figure', side: null, payee, period: period.key, recordedAt, unit, parts },
      value: typeof told === 'bigint' ? String(told) : decimalText(told, places),
      of: { figure: name, start: period.start, end: period.end },
    },
    opening: {
      kind: 'figure',
      id: name,
      label,
      on: period.end,
      amount: typeof told === 'bigint' ? String(told) : null,
      currency: typeof told === 'bigint' ? money.currency : null,
      path,
    },
  };
}

const percentOf = (part: number, of: number): Fraction => fraction(BigInt(part) * 100n, BigInt(of));
/** A share or ratio, a double as returns tells it, in percent. */
function hundredfold(share: number): Fraction {
  const { numerator, denominator } = exactFraction(Math.abs(share));
  return { numerator: (share < 0 ? -numerator : numerator) * 100n, denominator };
}
