import type { ChannelRule } from '#features/returns/contract/channel-groups.ts';

export type Condition = ChannelRule['all'][number];
/** Under edit a value may be blank still. */
export interface DraftCondition {
  readonly key: string;
  readonly field: Condition['field'];
  readonly is: Condition['is'];
  readonly value: string;
}
/** Its key stays when it is moved or changed. */
export interface DraftRule {
  readonly key: string;
  readonly group: string;
  readonly all: readonly DraftCondition[];
}

let made = 0;
const newKey = (): string => `key-${(made += 1)}`;

export const newCondition = (field: Condition['field'] = 'source', value: string | null = ''): DraftCondition =>
  value === null ? { key: newKey(), field, is: 'blank', value: '' } : { key: newKey(), field, is: 'eq', value };

export const newRule = (all: readonly DraftCondition[] = [newCondition()]): DraftRule => ({ key: newKey(), group: '', all });

export const draftOf = (rules: readonly ChannelRule[]): DraftRule[] =>
  rules.map(({ group, all }) => ({
    key: newKey(),
    group,
    all: all.map(({ field, is, value }) => ({ key: newKey(), field, is, value: value ?? '' })),
  }));

/** What is sent: a blank has no value. */
export const rulesOf = (draft: readonly DraftRule[]): ChannelRule[] =>
  draft.map(({ group, all }) => ({
    group: group.trim(),
    all: all.map(({ field, is, value }): Condition => (is === 'blank' ? { field, is } : { field, is, value: value.trim() })),
  }));

/** Whether they say the same, in the same order. */
export const sameRules = (some: readonly ChannelRule[], others: readonly ChannelRule[]): boolean =>
  JSON.stringify(rulesOf(draftOf(some))) === JSON.stringify(rulesOf(draftOf(others)));

/** Why the draft can't be set yet, by the rule's key. */
export function gapsOf(draft: readonly DraftRule[]): ReadonlyMap<string, string> {
  return new Map(
    draft.flatMap(({ key, group, all }): [string, string][] => {
      if (!group.trim()) return [[key, 'Name the group.']];
      if (all.length === 0) return [[key, 'Say at least one condition.']];
      return all.some(({ is, value }) => is !== 'blank' && !value.trim()) ? [[key, 'A condition has no value yet.']] : [];
    }),
  );
}

export function moved(rules: readonly DraftRule[], from: number, by: -1 | 1): readonly DraftRule[] {
  const to = from + by;
  if (to < 0 || to >= rules.length) return rules;
  return rules.with(to, rules[from]!).with(from, rules[to]!);
}

const tests: Record<Condition['is'], string> = { eq: 'is', contains: 'contains', begins: 'begins with', blank: 'is blank' };
export const testChoices = Object.entries(tests).map(([value, label]) => ({ value: value as Condition['is'], label }));

export const fieldWords: Record<Condition['field'], string> = {
  channel: 'Channel',
  source: 'Source',
  medium: 'Medium',
  campaign: 'Campaign',
  kind: 'Kind of touch',
  side: 'Side',
};

/** “Source contains “google” and medium is blank”. */
export const ruleWords = ({ all }: DraftRule): string =>
  all
    .map(({ field, is, value }, at) => {
      const name = at === 0 ? fieldWords[field] : fieldWords[field].toLowerCase();
      return is === 'blank' ? `${name} is blank` : `${name} ${tests[is]} “${value}”`;
    })
    .join(' and ');
