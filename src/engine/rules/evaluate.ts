/**
 * A rule put to one record, in JavaScript: the reading that judges leads as they arrive. The other one, in SQL for
 * a million at once (features/agreement/queries/rule-sql.ts), gives the same answers; a property test holds them together.
 */

import { folded } from './fold.ts';
import { askedOf, type Asked, type Comparable, dayAt, heldValue, microseconds, type Range } from './question.ts';
import type { Fields, RuleReading, RuleRecord, RuleTouch } from './reading.ts';
import type { FieldCondition, PointsCondition, RevenueCondition, Rule, StageCondition, TouchCondition } from './rule.ts';

export type { RuleRecord } from './reading.ts';

const millisecondsADay = 86_400_000;

/**
 * Whether a lead meets a rule at a moment: touches, stages and revenue up to it count, fields as the record states them.
 * @param atMs epoch milliseconds
 */
export const evaluateRule = (rule: Rule, record: RuleRecord, atMs: number): boolean => compiled(rule, record.reading)(record, atMs);

/** Whether a touch meets a rule about touches (`attempt`). Stages, revenue and counts of touches are no part of one: they don't hold. */
export const evaluateTouchRule = (rule: Rule, touch: RuleTouch, reading: RuleReading): boolean => compiledForTouch(rule, reading)(touch);

export type RecordTest = (record: RuleRecord, atMs: number) => boolean;
type TouchTest = (touch: RuleTouch) => boolean;

// ── once a rule ─────────────────────────────────────────────────────────────

const known = new WeakMap<RuleReading, WeakMap<Rule, RecordTest>>();
const knownForTouch = new WeakMap<RuleReading, WeakMap<Rule, TouchTest>>();

/** Values are read once, not for every lead. */
const compiled = (rule: Rule, reading: RuleReading): RecordTest => remembered(known, rule, reading, compileRule);
const compiledForTouch = (rule: Rule, reading: RuleReading): TouchTest => remembered(knownForTouch, rule, reading, compileTouchRule);

function remembered<Test>(
  memory: WeakMap<RuleReading, WeakMap<Rule, Test>>,
  rule: Rule,
  reading: RuleReading,
  compile: (rule: Rule, reading: RuleReading) => Test,
): Test {
  let ofReading = memory.get(reading);
  if (!ofReading) memory.set(reading, (ofReading = new WeakMap()));
  let test = ofReading.get(rule);
  if (!test) ofReading.set(rule, (test = compile(rule, reading)));
  return test;
}

function compileRule(rule: Rule, reading: RuleReading): RecordTest {
  if ('all' in rule) return every(rule.all.map((each) => compileRule(each, reading)));
  if ('any' in rule) return some(rule.any.map((each) => compileRule(each, reading)));
  if ('not' in rule) return negation(compileRule(rule.not, reading));
  if ('touches' in rule) return touchesTest(rule, reading);
  if ('stage' in rule) return stageTest(rule);
  if ('revenue' in rule) return revenueTest(rule, reading);
  if ('points' in rule) return pointsTest(rule, (when) => compileRule(when, reading));
  return subjectTest(rule, reading);
}

function compileTouchRule(rule: Rule, reading: RuleReading): TouchTest {
  if ('all' in rule) return every(rule.all.map((each) => compileTouchRule(each, reading)));
  if ('any' in rule) return some(rule.any.map((each) => compileTouchRule(each, reading)));
  if ('not' in rule) return negation(compileTouchRule(rule.not, reading));
  if ('points' in rule) return pointsTest(rule, (when) => compileTouchRule(when, reading));
  return 'of' in rule ? touchTest(rule, reading) : () => false;
}

const every =
  <Args extends unknown[]>(tests: readonly ((...args: Args) => boolean)[]) =>
  (...args: Args): boolean =>
    tests.every((test) => test(...args));
const some =
  <Args extends unknown[]>(tests: readonly ((...args: Args) => boolean)[]) =>
  (...args: Args): boolean =>
    tests.some((test) => test(...args));
const negation =
  <Args extends unknown[]>(test: (...args: Args) => boolean) =>
  (...args: Args): boolean =>
    !test(...args);

// ── conditions ──────────────────────────────────────────────────────────────

/** The lead, what it belongs to; a touch has no fields here. */
function subjectTest(condition: FieldCondition, reading: RuleReading): RecordTest {
  const { of } = condition;
  const test = fieldTest(condition, reading);
  if (of === 'lead') return (record) => test(record.lead);
  if (of === 'account') return (record) => test(record.account);
  if (of === 'contact') return (record) => test(record.contact);
  return () => test(null);
}

function touchTest(condition: FieldCondition, reading: RuleReading): TouchTest {
  const test = fieldTest(condition, reading);
  return condition.of === 'touch' ? test : () => test(null);
}

function touchesTest({ touches, is, value }: TouchCondition, reading: RuleReading): RecordTest {
  const count = touchCounter({ touches }, reading);
  return (record, atMs) => (is === 'gte' ? count(record, atMs) >= value : count(record, atMs) <= value);
}

/** How many touches count for a condition, between so many days before the moment and the moment, both included. */
export function touchCounter(
  { touches }: Pick<TouchCondition, 'touches'>,
  reading: RuleReading,
): (record: RuleRecord, atMs: number) => number {
  const meets = every(touches.where.map((condition) => touchTest(condition, reading)));
  return (record, atMs) => {
    const to = microseconds(atMs);
    const from = touches.withinDays === null ? -Infinity : to - touches.withinDays * millisecondsADay * 1000;
    return record.touches.filter((touch) => {
      const at = microseconds(touch.occurredAt);
      return at <= to && at >= from && meets(touch);
    }).length;
  };
}

function stageTest({ stage, is }: StageCondition): RecordTest {
  return (record, atMs) => {
    const entered = Object.hasOwn(record.stages, stage) ? record.stages[stage] : null;
    const isReached = typeof entered === 'number' && microseconds(entered) <= microseconds(atMs);
    return isReached === (is === 'reached');
  };
}

function revenueTest(condition: RevenueCondition, reading: RuleReading): RecordTest {
  const limit = BigInt(condition.value);
  return (record, atMs) => {
    const sum = revenueOf(condition, record, atMs, reading);
    return condition.is === 'gte' ? sum >= limit : sum <= limit;
  };
}

/** Revenue of the days up to that of the moment; within n days: that day and the n − 1 before it. */
export function revenueOf({ revenue }: Pick<RevenueCondition, 'revenue'>, record: RuleRecord, atMs: number, reading: RuleReading): bigint {
  const last = dayAt(atMs, reading.timeZone);
  const first =
    revenue.withinDays === null
      ? null
      : Temporal.PlainDate.from(last)
          .subtract({ days: revenue.withinDays - 1 })
          .toString();
  return record.revenue
    .filter(({ occurredOn }) => occurredOn <= last && (first === null || occurredOn >= first))
    .reduce((sum, { amount }) => sum + amount, 0n);
}

function pointsTest<Args extends unknown[]>(
  condition: PointsCondition,
  compile: (when: Rule) => (...args: Args) => boolean,
): (...args: Args) => boolean {
  const scored = condition.points.map(({ when, points }) => ({ test: compile(when), points }));
  return (...args) => {
    const sum = scored.reduce((total, { test, points }) => (test(...args) ? total + points : total), 0);
    return condition.is === 'gte' ? sum >= condition.value : sum <= condition.value;
  };
}

// ── fields ──────────────────────────────────────────────────────────────────

function fieldTest(condition: FieldCondition, reading: RuleReading): (fields: Fields | null) => boolean {
  const asked = askedOf(condition, reading);
  const answers = answerTest(asked);
  const { field } = condition;
  return (fields) => {
    const value = fields === null || !Object.hasOwn(fields, field) ? null : (fields[field] ?? null);
    const isYes = value !== null && !isForeign(asked, fields, reading) && answers(value);
    return isYes !== asked.isNegated;
  };
}

/** An amount in another currency than the workspace's is stated, and that is all that can be said of it. */
const isForeign = ({ type, question }: Asked, fields: Fields | null, reading: RuleReading): boolean =>
  type === 'amount' && question.ask !== 'stated' && (fields?.currency ?? reading.currency) !== reading.currency;

function answerTest({ type, question }: Asked): (value: unknown) => boolean {
  switch (question.ask) {
    case 'stated':
      return () => true;
    case 'impossible':
      return () => false;
    case 'contains':
      return (value) => typeof value === 'string' && folded(value).includes(question.part);
    case 'oneOf': {
      const values = new Set(question.values);
      return (value) => heldIs(value, type, (held) => values.has(held));
    }
    case 'within':
      return (value) => heldIs(value, type, (held) => question.ranges.some((range) => isWithin(held, range)));
  }
}

function heldIs(value: unknown, type: Asked['type'], test: (held: Comparable) => boolean): boolean {
  const held = heldValue(value, type);
  return held !== null && test(held);
}

function isWithin(held: Comparable, { from, to, isToExcluded }: Range): boolean {
  if (from !== undefined && held < from) return false;
  if (to === undefined) return true;
  return isToExcluded ? held < to : held <= to;
}
