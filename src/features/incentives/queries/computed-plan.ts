import { createHash } from 'node:crypto';
import { explainLine } from '#engine/payout/explain.ts';
import { canonicalText } from '#engine/payout/json.ts';
import type { Line } from '#engine/payout/statement.ts';
import type { Side as PaidSide } from '#engine/payout/sides.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { Opening } from '../contract/pieces.ts';
import { type PayPeriod, payPeriodOf } from '../contract/plan-periods.ts';
import type { PoolState } from '../contract/runs.ts';
import { gatherHistory, type HistoryAsked } from './gather-history.ts';
import { outcomeOf, type PlanInputs, type PlanOutcome, writeInputs } from './plan-inputs.ts';
import { outcomeWords } from '../contract/condition-words.ts';
import { knownClauses } from './plan-names.ts';
import type { PlanToRun } from './plans-to-run.ts';
import { poolStateOf } from './pool-state.ts';

/** A line on its way to a statement. */
export interface ComputedLine {
  readonly line: Line;
  readonly side: PaidSide;
  readonly says: string;
  readonly opens: readonly Opening[];
}

export interface PlanNote {
  /** Whom it is about; null: everybody. */
  readonly payee: string | null;
  readonly what: string;
}

export interface ComputedPlan {
  readonly plan: PlanToRun;
  readonly period: PayPeriod;
  /** The inputs as they are kept. */
  readonly kept: string;
  readonly inputsHash: string;
  readonly linesHash: string;
  readonly lines: readonly ComputedLine[];
  readonly pool: PoolState | null;
  readonly notes: readonly PlanNote[];
}

export interface ComputeAsked extends Omit<HistoryAsked, 'until'> {
  /** A day of the period. */
  readonly periodStart: string;
}

/** Reads what a plan counts and computes what it pays. Opens transactions of its own. */
export async function computePlan(
  database: Database,
  workspaceId: WorkspaceId,
  plan: PlanToRun,
  asked: ComputeAsked,
): Promise<ComputedPlan> {
  const period = payPeriodOf(asked.periodStart, plan.version.content.period);
  const gathered = await gatherHistory(database, workspaceId, plan, { until: period.end, ...asked });
  const inputs: PlanInputs = {
    versions: plan.versions,
    through: period.key,
    evidence: gathered.evidence,
    posted: plan.posted,
    signed: plan.signed,
  };
  const outcome = outcomeOf(inputs);
  const known = await database.inWorkspace(workspaceId, (tx) => knownClauses(tx, workspaceId));
  const clauses = new Map(known.map(({ key, title }) => [key, title]));
  const { version } = plan;
  const kept = writeInputs(inputs);
  return {
    plan,
    period,
    kept,
    inputsHash: sha256(kept),
    linesHash: hashOfLines(outcome.lines),
    lines: linesOf(plan, outcome, gathered.openings, clauses),
    pool:
      outcome.current.pool &&
      poolStateOf({
        ...{ versionId: version.id, content: version.content, outcome: outcome.current.pool, lines: outcome.lines },
        ...{ openings: gathered.openings, clauses },
      }),
    notes: [
      ...outcome.current.notes.map(({ payee, what }) => ({ payee, what })),
      ...outcome.refused.map(({ fact, reason }) => ({
        payee: null,
        what: `${gathered.openings.get(fact)?.label ?? fact} pays nobody: ${reason}.`,
      })),
      ...gathered.notes.map((what) => ({ payee: null, what })),
    ],
  };
}

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Of the lines in the order of their statements: the same lines have the same hash, whoever computed them. */
export const hashOfLines = (lines: readonly Line[]): string => sha256(canonicalText(lines));

function linesOf(
  { version, versions }: PlanToRun,
  { lines }: PlanOutcome,
  openings: ReadonlyMap<string, Opening>,
  clauses: ReadonlyMap<string, string>,
): ComputedLine[] {
  const { currency } = version.content;
  const names = { clauses, campaigns: new Map() };
  const sides = new Map<string, PaidSide>(versions.flatMap(({ plan }) => plan.payees.map(({ id, side }) => [id, side] as const)));
  return lines.map((line) => ({
    line,
    side: sides.get(line.payee)!,
    says: explainLine(line, currency, (outcome) => outcomeWords(outcome, currency, names)),
    opens: opensOf(line, openings),
  }));
}

/** The facts and the results of a line, each by what it leads to. */
function opensOf({ facts, results, rule }: Line, openings: ReadonlyMap<string, Opening>): Opening[] {
  const because = rule.kind === 'correction' ? rule.because.flatMap(({ fact }) => fact ?? []) : [];
  return [...new Set([...facts.map(({ id }) => id), ...results, ...because])].flatMap((id) => openings.get(id) ?? []);
}
