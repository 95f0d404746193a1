import type { FieldCondition, Rule } from '#engine/rules/rule.ts';

/**
 * A rule as a person edits it: groups of members, a place in it as the way of indexes through the groups.
 * Every change gives a new rule; what stays keeps its identity, so that inputs keep what was typed and the focus.
 */

export const groupKinds = ['all', 'any', 'none'] as const;
export type GroupKind = (typeof groupKinds)[number];
export interface Group {
  readonly kind: GroupKind;
  readonly members: readonly Rule[];
}
/** `[]` is the rule itself, `[2, 0]` the first member of its third member. */
export type Place = readonly number[];

/** `not` over a single member and over an `any` are both "none of". */
export function asGroup(rule: Rule): Group | null {
  if ('all' in rule) return { kind: 'all', members: rule.all };
  if ('any' in rule) return { kind: 'any', members: rule.any };
  if (!('not' in rule)) return null;
  return 'any' in rule.not ? { kind: 'none', members: rule.not.any } : { kind: 'none', members: [rule.not] };
}

export function ofGroup({ kind, members }: Group): Rule {
  if (kind === 'all') return { all: members };
  if (kind === 'any') return { any: members };
  const [only, ...others] = members;
  return only && others.length === 0 && !('any' in only) ? { not: only } : { not: { any: members } };
}

/** The outermost rule is shown as a group, so that something can be added to it. */
export const asRoot = (rule: Rule): Rule => (asGroup(rule) ? rule : kept(rule, { all: [rule] }));

// ── identity ────────────────────────────────────────────────────────────────

const keys = new WeakMap<object, string>();
let made = 0;

/** The same for a rule and for what editing made of it. */
export function keyOf(rule: object): string {
  const known = keys.get(rule);
  if (known) return known;
  made += 1;
  const key = `r${made}`;
  keys.set(rule, key);
  return key;
}

/** `next` stands where `before` stood; a rule that has a key of its own keeps it. */
export function inherit<T extends object>(before: object, next: T): T {
  if (!keys.has(next)) keys.set(next, keyOf(before));
  return next;
}

const wrappers = new WeakMap<Rule, Rule>();

/** A leaf shown as a group is the same group the next time. */
function kept(rule: Rule, wrapper: Rule): Rule {
  const known = wrappers.get(rule);
  if (known) return known;
  wrappers.set(rule, wrapper);
  return wrapper;
}

// ── reading ─────────────────────────────────────────────────────────────────

export function ruleAt(rule: Rule, place: Place): Rule | null {
  let at: Rule | undefined = rule;
  for (const index of place) at = at && asGroup(at)?.members[index];
  return at ?? null;
}

/** Where a member stands in the grammar, as refusals name it: `all.2`, `not.any.0`. */
export function pathOfMember(group: Rule, path: string, index: number): string {
  const step =
    'all' in group ? `all.${index}` : 'any' in group ? `any.${index}` : 'not' in group && 'any' in group.not ? `not.any.${index}` : 'not';
  return path ? `${path}.${step}` : step;
}

/** Conditions in all, those within scorecards and touches included. */
export function countConditions(rule: Rule): number {
  const group = asGroup(rule);
  if (group) return group.members.reduce((sum, member) => sum + countConditions(member), 0);
  if ('points' in rule) return rule.points.reduce((sum, { when }) => sum + countConditions(when), 1);
  return 'touches' in rule ? 1 + rule.touches.where.length : 1;
}

/** Every condition on a field, wherever it stands. */
export function conditionsIn(rule: Rule): FieldCondition[] {
  const group = asGroup(rule);
  if (group) return group.members.flatMap(conditionsIn);
  if ('touches' in rule) return [...rule.touches.where];
  if ('points' in rule) return rule.points.flatMap(({ when }) => conditionsIn(when));
  return 'of' in rule ? [rule] : [];
}

/** How many levels the rule is nested; a single condition is one. */
export function depthOf(rule: Rule): number {
  if ('all' in rule) return 1 + deepest(rule.all);
  if ('any' in rule) return 1 + deepest(rule.any);
  if ('not' in rule) return 1 + depthOf(rule.not);
  return 'points' in rule ? 1 + deepest(rule.points.map(({ when }) => when)) : 1;
}

const deepest = (rules: readonly Rule[]): number => rules.reduce((most, each) => Math.max(most, depthOf(each)), 0);

// ── changing ────────────────────────────────────────────────────────────────

/** The rule with something else at a place; `null` takes it away, and with it a group that it leaves empty. */
export function changedAt(rule: Rule, place: Place, change: (at: Rule) => Rule | null): Rule | null {
  const [index, ...rest] = place;
  if (index === undefined) {
    const next = change(rule);
    return next && inherit(rule, next);
  }
  const group = asGroup(rule);
  const member = group?.members[index];
  if (!group || !member) return rule;
  const next = changedAt(member, rest, change);
  const members = next ? group.members.with(index, next) : group.members.toSpliced(index, 1);
  return members.length ? inherit(rule, ofGroup({ ...group, members })) : null;
}

export const insertedAt = (rule: Rule, groupPlace: Place, index: number, added: Rule): Rule =>
  changedAt(rule, groupPlace, (at) => {
    const group = asGroup(at);
    return group && ofGroup({ ...group, members: group.members.toSpliced(index, 0, added) });
  }) ?? rule;

/** Without what stands there; a rule that loses its last condition holds for everything. */
export const removedAt = (rule: Rule, place: Place): Rule => changedAt(rule, place, () => null) ?? inherit(rule, { all: [] });

export const wrappedAt = (rule: Rule, place: Place, kind: GroupKind): Rule =>
  changedAt(rule, place, (at) => {
    const wrapper = ofGroup({ kind, members: [at] });
    keyOf(wrapper); // its own: what is wrapped keeps its key
    return wrapper;
  }) ?? rule;

/** The members of a group in place of the group. */
export function unwrappedAt(rule: Rule, place: Place): Rule {
  const at = ruleAt(rule, place);
  const inner = at && asGroup(at);
  const index = place.at(-1);
  if (!inner || index === undefined) return rule;
  return (
    changedAt(rule, place.slice(0, -1), (outer) => {
      const group = asGroup(outer);
      return group && ofGroup({ ...group, members: group.members.toSpliced(index, 1, ...inner.members) });
    }) ?? rule
  );
}

/**
 * One step up or down, as in an outline: past a condition, into a neighbouring group, or out of its own at its edge.
 * Null where there is nowhere to go.
 */
export function movedAt(rule: Rule, place: Place, step: 'up' | 'down'): Rule | null {
  const moved = ruleAt(rule, place);
  const index = place.at(-1);
  const parentPlace = place.slice(0, -1);
  const parent = ruleAt(rule, parentPlace);
  const members = parent && asGroup(parent)?.members;
  if (!moved || index === undefined || !members) return null;
  const neighbourAt = step === 'up' ? index - 1 : index + 1;
  const neighbour = members[neighbourAt];
  if (!neighbour) return movedOut(rule, place, moved, step);
  const inner = asGroup(neighbour);
  if (inner) {
    const entered = insertedAt(rule, [...parentPlace, neighbourAt], step === 'up' ? inner.members.length : 0, moved);
    return removedAt(entered, place);
  }
  return changedAt(rule, parentPlace, (at) => {
    const group = asGroup(at);
    return group && ofGroup({ ...group, members: group.members.with(index, neighbour).with(neighbourAt, moved) });
  });
}

/** Put before or after its group, then taken from within it: so no group between is left empty on the way. */
function movedOut(rule: Rule, place: Place, moved: Rule, step: 'up' | 'down'): Rule | null {
  const parentPlace = place.slice(0, -1);
  const parentIndex = parentPlace.at(-1);
  if (parentIndex === undefined) return null;
  const outer = parentPlace.slice(0, -1);
  const put = insertedAt(rule, outer, step === 'up' ? parentIndex : parentIndex + 1, moved);
  const nowAt = step === 'up' ? [...outer, parentIndex + 1, place.at(-1) ?? 0] : place;
  return removedAt(put, nowAt);
}
