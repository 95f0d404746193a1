/** Whether the results and clauses that a plan names are there: the engine knows only that they have names. */

import type { Metric } from '#engine/payout/plan.ts';
import { signedAgreements } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isResultName, measuredKinds, measuredResults, resultNames } from '../contract/measured.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import type { PlanProblem } from '../contract/warnings.ts';
import { measuresOf, metricsOf } from '../policy/plan-part.ts';

/** A clause that some signed version of the agreement has. */
export interface KnownClause {
  readonly key: string;
  readonly side: 'marketing' | 'sales';
  readonly title: string;
}

/** Of the signed versions of the agreement, as the youngest words each. */
export async function knownClauses(tx: Tx, workspaceId: WorkspaceId): Promise<KnownClause[]> {
  const signed = (await signedAgreements(tx, workspaceId)).toSorted((one, other) => one.effectiveAt - other.effectiveAt);
  const byKey = new Map(
    signed.flatMap(({ content }) => content.clauses.map(({ key, side, title }) => [key, { key, side, title }] as const)),
  );
  return [...byKey.values()];
}

export async function unknownNames(tx: Tx, workspaceId: WorkspaceId, content: PlanContent): Promise<PlanProblem[]> {
  const clauses = await knownClauses(tx, workspaceId);
  return [...uncountedKinds(content), ...metricsOf(content).flatMap((metric) => unknownOf(metric, clauses))];
}

/** The engine knows more kinds of facts than the product has records of. */
function uncountedKinds(content: PlanContent): PlanProblem[] {
  const kinds = new Set(measuresOf(content).flatMap((measure) => measure.kinds));
  const counted = Object.keys(measuredKinds);
  return [...kinds]
    .filter((kind) => !counted.includes(kind))
    .map((kind) => ({ at: 'measure.kinds', what: `“${kind}” is nothing the product has on record`, fine: `one of ${counted.join(', ')}` }));
}

function unknownOf(metric: Metric, clauses: readonly KnownClause[]): PlanProblem[] {
  if (metric.from === 'result' && !isResultName(metric.name))
    return [{ at: 'metric.name', what: `“${metric.name}” is no result of the product`, fine: `one of ${resultNames.join(', ')}` }];
  if (metric.from === 'result' && metric.whose === 'own' && !(isResultName(metric.name) && measuredResults[metric.name].own))
    return [{ at: 'metric.whose', what: `“${metric.name}” is counted for all together`, fine: 'joint' }];
  if (metric.from !== 'clauses') return [];
  const owed = clauses.filter(({ side }) => side === metric.side).map(({ key }) => key);
  if (owed.length === 0)
    return [
      { at: 'metric.clauses', what: `${metric.side} owes nothing yet by a signed agreement`, fine: 'clauses that both sides signed' },
    ];
  const named = metric.clauses === 'all' ? [] : metric.clauses.filter((key) => !owed.includes(key));
  return named.map((key) => ({ at: 'metric.clauses', what: `“${key}” is no clause of ${metric.side}`, fine: owed.join(', ') }));
}
