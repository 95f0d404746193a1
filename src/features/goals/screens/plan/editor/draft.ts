/** Changes of a plan being written: each gives a new one, the old stays as it was. */

import { meaningOf, type GoalMetric, type MetricName } from '#features/goals/contract/metrics.ts';
import { planContentSchema, type Goal, type PlanContent } from '#features/goals/contract/plans.ts';
import { capitalised } from '#ui/formats.ts';
import type { GoalChoices } from '#features/goals/contract/goals.ts';

/** What the editor begins with. */
export interface PlanStart {
  /** The draft that is edited; null: one that is made when it is first kept. */
  readonly id: string | null;
  readonly content: PlanContent;
  readonly names: Readonly<Record<string, string>>;
  readonly currency: string;
  /** Where the suggested numbers come from. */
  readonly from: readonly string[];
}

/** Goals that run as long as the plan go on doing so. */
export const withDays = (plan: PlanContent, days: { start?: string; end?: string }): PlanContent => {
  const next = { ...plan, ...days };
  const goals = plan.goals.map((goal) => ({
    ...goal,
    ...(goal.start === plan.start && { start: next.start }),
    ...(goal.end === plan.end && { end: next.end }),
  }));
  return { ...next, goals };
};

export function newGoal(plan: PlanContent, choices: GoalChoices, parentId: string | null): Goal {
  const beside = plan.goals.at(-1);
  return {
    id: crypto.randomUUID(),
    parentId,
    title: '',
    metric: { name: 'wonValue' },
    scope: { segment: null, teamId: null },
    start: plan.start,
    end: plan.end,
    target: '0',
    direction: 'atLeast',
    owners: beside?.owners ?? { marketing: choices.owners.marketing[0]?.id ?? '', sales: choices.owners.sales[0]?.id ?? '' },
    tolerancePercent: 10,
  };
}

/** After another, or below it: behind all that stand below it already. */
export function withGoal(plan: PlanContent, goal: Goal): PlanContent {
  if (goal.parentId === null) return { ...plan, goals: [...plan.goals, goal] };
  const below = familyOf(plan.goals, goal.parentId);
  const at = plan.goals.findLastIndex(({ id }) => below.has(id)) + 1;
  return { ...plan, goals: plan.goals.toSpliced(at, 0, goal) };
}

/** A goal goes; what stood below it stands where it stood. */
export function withoutGoal(plan: PlanContent, { id, parentId }: Goal): PlanContent {
  const goals = plan.goals.filter((each) => each.id !== id).map((each) => (each.parentId === id ? { ...each, parentId } : each));
  return { ...plan, goals };
}

/** The goal and all below it: what it can't be put below. */
export function familyOf(goals: readonly Goal[], id: string): Set<string> {
  const family = new Set([id]);
  for (let grew = true; grew; ) {
    const before = family.size;
    for (const goal of goals) if (goal.parentId !== null && family.has(goal.parentId)) family.add(goal.id);
    grew = family.size > before;
  }
  return family;
}

/** Another metric is counted otherwise: its target begins anew, and a scope it can't have goes. */
export function withMetric(goal: Goal, name: MetricName, choices: GoalChoices): Goal {
  const { scopes, unit, better } = meaningOf(name);
  const before = meaningOf(goal.metric.name);
  return {
    ...goal,
    metric: metricOf(name, choices),
    scope: {
      segment: scopes.includes('segment') ? goal.scope.segment : null,
      teamId: scopes.includes('team') ? goal.scope.teamId : null,
    },
    direction: better === 'less' ? 'atMost' : 'atLeast',
    target: before.unit === unit ? goal.target : '0',
  };
}

function metricOf(name: MetricName, { clauses }: GoalChoices): GoalMetric {
  if (name === 'speedWithin') return { name, minutes: 60 };
  if (name === 'attainment') return { name, of: clauses.length > 0 ? { side: 'sales' } : { side: 'marketing' } };
  if (name === 'responders') return { name, campaignId: null };
  return { name };
}

export interface PlanProblem {
  /** Which goal, by its place; null: the plan as a whole. */
  readonly goal: number | null;
  readonly at: string;
  readonly reason: string;
}

/** What keeps the plan from being kept, by the very rules by which the server checks it. */
export function planProblems(plan: PlanContent): PlanProblem[] {
  const read = planContentSchema.safeParse(plan);
  if (read.success) return [];
  return read.error.issues.map(({ path, message }) => ({
    goal: path[0] === 'goals' && typeof path[1] === 'number' ? path[1] : null,
    at: path.join('.'),
    reason: reasonOf(path, message),
  }));
}

/** The server names the field beside its reason; here it stands in a sentence. */
function reasonOf(path: readonly PropertyKey[], message: string): string {
  if (path.at(-2) === 'owners') return 'Choose an owner of each side.';
  if (path[0] === 'goals' && path.at(-1) === 'target') return `The target ${message}.`;
  return capitalised(message.endsWith('.') ? message : `${message}.`);
}
