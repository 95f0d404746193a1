/** A company's own channel rules as its settings state them. */

import type { GroupCondition, GroupRule } from './channel-groups.ts';

export interface StatedRule {
  readonly group: string;
  readonly all: readonly {
    readonly field: GroupCondition['field'];
    readonly is: 'eq' | 'contains' | 'begins' | 'blank';
    /** Left out for `blank`. */
    readonly value?: string | undefined;
  }[];
}

export const ruleOf = ({ group, all }: StatedRule): GroupRule => ({ group, all: all.map(conditionOf) });

function conditionOf({ field, is, value = '' }: StatedRule['all'][number]): GroupCondition {
  if (is === 'eq') return { field, is: value };
  if (is === 'contains') return { field, contains: value };
  if (is === 'begins') return { field, beginsWith: value };
  return { field, blank: true };
}
