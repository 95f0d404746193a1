/** Which deals, leads and accounts a goal's scope holds: a segment, or a team by the first team of the owner, as figures and funnel group them. */

import type { FunnelColumns } from '#engine/funnel/columns.ts';
import { slicesOf, sliceOf } from '#features/returns/queries/slices.ts';
import { firstWinsOf, groupsOfAccounts } from '#features/returns/queries/first-wins.ts';
import type { Ground } from '#features/returns/queries/figure-scope.ts';
import type { GoalScope } from '../contract/metrics.ts';
import type { GoalGround } from './ground.ts';

/** How an address groups by the scope: `none` without one. */
export function groupOfScope({ segment, teamId }: GoalScope): { by: 'none' | 'segment' | 'team'; group: string | undefined } {
  if (segment !== null) return { by: 'segment', group: segment };
  return teamId !== null ? { by: 'team', group: teamId } : { by: 'none', group: undefined };
}

type HoldsRow = (row: number) => boolean;

export function dealsWithin({ fresh: { deals }, surroundings }: Ground, { segment, teamId }: GoalScope): HoldsRow {
  const { owner, segment: segments } = deals.numbers;
  if (segment !== null) {
    const code = deals.dictionaries.segment.codes.get(segment);
    return (row) => segments[row] === code;
  }
  if (teamId === null) return () => true;
  const isIn = deals.dictionaries.owner.texts.map((id) => id !== null && surroundings.teams.get(id) === teamId);
  return (row) => isIn[owner[row]!]!;
}

export function leadsWithin(
  { figures: { surroundings } }: Pick<GoalGround, 'figures'>,
  leads: FunnelColumns,
  { segment, teamId }: GoalScope,
): HoldsRow {
  const { owner, segment: segments } = leads.codes;
  if (segment !== null) {
    const code = leads.dictionaries.segment.codes.get(segment);
    return (row) => segments[row] === code;
  }
  if (teamId === null) return () => true;
  const isIn = leads.dictionaries.owner.texts.map((id) => id !== null && surroundings.teams.get(id) === teamId);
  return (row) => isIn[owner[row]!]!;
}

/** By account of `firstWinsOf`. */
export function accountsWithin(ground: Ground, scope: GoalScope): HoldsRow {
  const { by, group } = groupOfScope(scope);
  if (group === undefined) return () => true;
  const slices = slicesOf(ground, by, { start: 0, end: ground.asOf });
  const groups = groupsOfAccounts(firstWinsOf(ground), slices);
  const slice = sliceOf(slices, group);
  return (at) => groups[at] === slice;
}
