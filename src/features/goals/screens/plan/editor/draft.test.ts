import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoalChoices } from '#features/goals/contract/goals.ts';
import { goalSchema, type Goal, type PlanContent } from '#features/goals/contract/plans.ts';
import { asTree } from '../goalOrder.ts';
import { familyOf, newGoal, planProblems, withDays, withGoal, withMetric, withoutGoal } from './draft.ts';

const year = { start: '2026-01-01', end: '2026-12-31' };
const owners = { marketing: '0197a0c0-1111-7abc-8def-000000000001', sales: '0197a0c0-1111-7abc-8def-000000000002' };
const goal = (id: number, parentId: number | null, more: object = {}): Goal =>
  goalSchema.parse({ id: idOf(id), parentId: parentId === null ? null : idOf(parentId), ...common, title: `Goal ${id}`, ...more });
const common = { metric: { name: 'wonValue' }, ...year, target: '1000', owners };
const idOf = (id: number): string => `0197a0c0-2222-7abc-8def-${String(id).padStart(12, '0')}`;
const plan = (...goals: Goal[]): PlanContent => ({ title: 'Plan', note: '', ...year, goals, workBack: null });
const choices = { owners: { marketing: [], sales: [] }, clauses: [] } as unknown as GoalChoices;
const titles = ({ goals }: PlanContent): string[] => goals.map(({ title }) => title);

test('a goal added below another stands behind all that is below it already', () => {
  const before = plan(goal(1, null), goal(2, 1), goal(3, 2), goal(4, null));
  assert.deepEqual(titles(withGoal(before, { ...newGoal(before, choices, idOf(1)), title: 'new' })), [
    'Goal 1',
    'Goal 2',
    'Goal 3',
    'new',
    'Goal 4',
  ]);
  assert.deepEqual(newGoal(before, choices, null).owners, owners);
});

test('what stood below a goal that goes stands where it stood', () => {
  const left = withoutGoal(plan(goal(1, null), goal(2, 1), goal(3, 2)), goal(2, 1));
  assert.deepEqual(
    left.goals.map(({ parentId }) => parentId),
    [null, idOf(1)],
  );
});

test('a goal is offered no place below itself', () => {
  assert.deepEqual([...familyOf([goal(1, null), goal(3, 2), goal(2, 1), goal(4, null)], idOf(1))].sort(), [idOf(1), idOf(2), idOf(3)]);
});

test('goals are read as a tree, whatever their order', () => {
  const read = asTree([goal(2, 1), goal(4, null), goal(1, null), goal(3, 2)]).map(({ title }) => title);
  assert.deepEqual(read, ['Goal 4', 'Goal 1', 'Goal 2', 'Goal 3']);
});

test('other days of the plan are those of the goals that run as long; others keep theirs', () => {
  const moved = withDays(plan(goal(1, null), goal(2, null, { end: '2026-06-30' })), { end: '2026-09-30' });
  assert.deepEqual(
    moved.goals.map(({ end }) => end),
    ['2026-09-30', '2026-06-30'],
  );
});

test('another metric begins its target anew where its unit is another, and drops a scope it can’t have', () => {
  const inSegment = goal(1, null, { scope: { segment: 'SMB', teamId: null } });
  assert.deepEqual(
    [withMetric(inSegment, 'pipelineCreated', choices).target, withMetric(inSegment, 'mqls', choices).target],
    ['1000', '0'],
  );
  const cac = withMetric(inSegment, 'cac', choices);
  assert.deepEqual([cac.scope.segment, cac.direction], [null, 'atMost']);
});

test('what is unfinished is said by goal, in sentences', () => {
  assert.deepEqual(planProblems(plan(goal(1, null))), []);
  const found = planProblems(plan({ ...goal(1, null), title: ' ', target: '0', owners: { ...owners, sales: '' } }));
  assert.deepEqual(
    found.map(({ goal: place }) => place),
    [0, 0, 0].slice(0, found.length),
  );
  const reasons = found.map(({ reason }) => reason);
  assert.ok(reasons.includes('Give it a title.') && reasons.includes('Choose an owner of each side.'), reasons.join(' | '));
  assert.deepEqual(
    planProblems(plan()).map(({ goal: place, reason }) => [place, reason]),
    [[null, 'A plan has goals.']],
  );
});
