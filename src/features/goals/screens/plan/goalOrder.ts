/** Goals as a tree is read: each before those that stand below it. */

import type { Goal } from '#features/goals/contract/plans.ts';

type InTree = Pick<Goal, 'id' | 'parentId'>;

export function asTree<Of extends InTree>(goals: readonly Of[], parentId: string | null = null): Of[] {
  return goals.filter((goal) => goal.parentId === parentId).flatMap((goal) => [goal, ...asTree(goals, goal.id)]);
}

export function depthOf(goals: readonly InTree[], goal: InTree): number {
  const parents = new Map(goals.map(({ id, parentId }) => [id, parentId]));
  let [depth, above] = [0, goal.parentId];
  for (; above !== null && depth < 6; depth++) above = parents.get(above) ?? null;
  return depth;
}
