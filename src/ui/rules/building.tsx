import { createContext, useContext } from 'react';
import type { Rule } from '#engine/rules/rule.ts';
import type { GroupKind, Place } from './tree.ts';
import type { RuleError, RuleVocabulary } from './vocabulary.ts';

/** What every part of the builder reads. */
export interface Building {
  readonly vocabulary: RuleVocabulary;
  readonly subject: 'lead' | 'touch';
  readonly currency: string;
  readonly errors: readonly RuleError[];
  /** No more conditions fit into the rule. */
  readonly full: boolean;
}

const BuildingContext = createContext<Building | null>(null);
export const ProvideBuilding = BuildingContext.Provider;

export function useBuilding(): Building {
  const building = useContext(BuildingContext);
  if (!building) throw new Error('this stands within a RuleBuilder');
  return building;
}

/** How one tree of conditions is changed; each scorecard entry is a tree of its own. */
export interface TreeEdit {
  readonly rule: Rule;
  /** Something within a condition: typed values join into one step of undoing. */
  change(place: Place, next: Rule): void;
  insert(group: Place, added: Rule): void;
  duplicate(place: Place): void;
  remove(place: Place): void;
  move(place: Place, step: 'up' | 'down'): void;
  canMove(place: Place, step: 'up' | 'down'): boolean;
  wrap(place: Place, kind: GroupKind): void;
  unwrap(place: Place): void;
  join(place: Place, kind: GroupKind): void;
}

const TreeContext = createContext<TreeEdit | null>(null);
export const ProvideTree = TreeContext.Provider;

export function useTree(): TreeEdit {
  const tree = useContext(TreeContext);
  if (!tree) throw new Error('this stands within a RuleTree');
  return tree;
}

/** What is wrong at this very place; of a condition also what is wrong within it. */
export function useErrorsAt(path: string, within = true): string[] {
  const { errors } = useBuilding();
  return errors.filter((error) => error.path === path || (within && error.path.startsWith(`${path}.`))).map(({ reason }) => reason);
}
