/** Whether the results and clauses that a plan names are there: the engine knows only that they have names. */

import type { Measure, Metric } from '#engine/payout/plan.ts';
import { signedAgreements } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isResultName, measuredKinds, measuredResults, resultNames, uncountedKinds } from '../contract/measured.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import type { PlanProblem } from '../contract/warnings.ts';
import { placedMeasures, placedMetrics } from '../policy/plan-part.ts';

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

/** Each at its place, such as `components.0.gates.1.metric.name`. */
export async function unknownNames(tx: Tx, workspaceId: WorkspaceId, content: PlanContent): Promise<PlanProblem[]> {
  const clauses = await knownClauses(tx, workspaceId);
  return [
    ...placedMeasures(content).flatMap(({ at, what }) => unknownKinds(what, at)),
    ...placedMetrics(content).flatMap(({ at, what }) => unknownOf(what, at, clauses)),
    ...content.components.flatMap((each, at) =>
      each.kind === 'overlay' && each.of === null ? [unnamedOverlay(`components.${at}.of`)] : [],
    ),
  ];
}

/** The engine knows more kinds of facts than the product has records of. */
function unknownKinds({ kinds, by, split }: Measure, at: string): PlanProblem[] {
  const counted = kinds.flatMap((kind) => measuredKinds[kind] ?? []);
  const roles = new Set(counted.flatMap((each) => each.roles));
  return [
    ...kinds
      .filter((kind) => measuredKinds[kind] === undefined)
      .map((kind) => ({
        at: `${at}.kinds`,
        what: `“${kind}” is nothing the product has on record`,
        fine: uncountedKinds[kind] ?? `one of ${Object.keys(measuredKinds).join(', ')}`,
      })),
    ...(by === 'amount' && counted.some((each) => !each.hasAmount)
      ? [{ at: `${at}.by`, what: 'asks for money where none stands', fine: 'a number of them' }]
      : []),
    ...split.flatMap(({ role }, place) =>
      counted.length === 0 || roles.has(role)
        ? []
        : [{ at: `${at}.split.${place}.role`, what: `nobody is credited as “${role}” there`, fine: `one of ${[...roles].join(', ')}` }],
    ),
  ];
}

/** No record names overlays beside a deal: such a component would never pay. */
const unnamedOverlay = (at: string): PlanProblem => ({
  at,
  what: 'asks for people named beside a deal, and no record names them',
  fine: 'whose credit counts: sides, roles or people',
});

function unknownOf(metric: Metric, at: string, clauses: readonly KnownClause[]): PlanProblem[] {
  if (metric.from === 'result' && !isResultName(metric.name))
    return [{ at: `${at}.name`, what: `“${metric.name}” is no result of the product`, fine: `one of ${resultNames.join(', ')}` }];
  if (metric.from === 'result' && metric.whose === 'own' && !(isResultName(metric.name) && measuredResults[metric.name].own))
    return [{ at: `${at}.whose`, what: `“${metric.name}” is counted for all together`, fine: 'joint' }];
  if (metric.from !== 'clauses') return [];
  const owed = clauses.filter(({ side }) => side === metric.side).map(({ key }) => key);
  if (owed.length === 0)
    return [{ at: `${at}.clauses`, what: `${metric.side} owes nothing yet by a signed agreement`, fine: 'clauses that both sides signed' }];
  const named = metric.clauses === 'all' ? [] : metric.clauses.filter((key) => !owed.includes(key));
  return named.map((key) => ({ at: `${at}.clauses`, what: `“${key}” is no clause of ${metric.side}`, fine: owed.join(', ') }));
}
