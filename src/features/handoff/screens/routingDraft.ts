import type { RoutingAnswer, RoutingContent } from '#features/handoff/contract.ts';
import type { Team } from '#ui/api/members.ts';
import { unfinished } from '#ui/rules/unfinished.ts';

export type RoutingRule = RoutingContent['rules'][number];
export type Target = RoutingContent['otherwise'];
export type Share = RoutingContent['members'][number];

/** A rule under edit: its key stays when it is moved or changed. */
export interface DraftRule extends RoutingRule {
  readonly key: string;
}
export interface RoutingDraft extends Omit<RoutingContent, 'rules'> {
  readonly rules: readonly DraftRule[];
}

export const openQueue: Target = { teamId: null, memberId: null };

const fresh: RoutingContent = {
  on: false,
  accountOwnerKeeps: true,
  rules: [],
  otherwise: openQueue,
  members: [],
  workingHoursOnly: true,
  catchUpLeads: 2,
};

/** The version in force to go on from; before the first, one with the only team of sales as everybody's place. */
export function draftOf(content: RoutingContent | undefined, teams: readonly Team[]): RoutingDraft {
  const ofSales = teams.filter(({ side }) => side === 'sales');
  const otherwise = ofSales.length === 1 ? { teamId: ofSales[0]!.id, memberId: null } : openQueue;
  const start = content ?? { ...fresh, otherwise };
  return { ...start, rules: start.rules.map((rule) => ({ ...rule, key: newKey() })) };
}

let made = 0;
export const newKey = (): string => `rule-${(made += 1)}`;

/** What is sent: members who are no reps any more are left out, and so is what says nothing. */
export function contentOf(draft: RoutingDraft, rotation: RoutingAnswer['rotation']): RoutingContent {
  const reps = new Set(rotation.map(({ member }) => member.id));
  const says = ({ memberId, weight, capacity }: Share): boolean => reps.has(memberId) && (weight !== 1 || capacity !== null);
  return {
    ...draft,
    rules: draft.rules.map(({ name, when, to }) => ({ name: name.trim(), when, to })),
    members: draft.members.filter(says),
  };
}

export function moved(rules: readonly DraftRule[], from: number, by: -1 | 1): readonly DraftRule[] {
  const to = from + by;
  if (to < 0 || to >= rules.length) return rules;
  return rules.with(to, rules[from]!).with(from, rules[to]!);
}

/** Why the draft can't be saved yet, by the rule's key. */
export function gapsOf(draft: RoutingDraft): ReadonlyMap<string, string> {
  const reasons = draft.rules.flatMap(({ key, name, when }): [string, string][] => {
    if (!name.trim()) return [[key, 'Give the rule a name.']];
    return unfinished(when).length > 0 ? [[key, 'A condition is not finished.']] : [];
  });
  return new Map(reasons);
}

export const shareOf = (draft: RoutingDraft, memberId: string): Share =>
  draft.members.find((each) => each.memberId === memberId) ?? { memberId, weight: 1, capacity: null };

export const withShare = (draft: RoutingDraft, share: Share): RoutingDraft => ({
  ...draft,
  members: [...draft.members.filter(({ memberId }) => memberId !== share.memberId), share],
});
