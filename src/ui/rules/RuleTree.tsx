import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { Rule } from '#engine/rules/rule.ts';
import { ProvideTree, type TreeEdit } from './building.tsx';
import { RuleNode } from './RuleNode.tsx';
import { asGroup, changedAt, insertedAt, keyOf, movedAt, ofGroup, removedAt, ruleAt, unwrappedAt, wrappedAt, type Place } from './tree.ts';

interface RuleTreeProps {
  rule: Rule;
  /** `step` names what was done: the same step again joins the one before it when it is undone. */
  onChange(rule: Rule, step: string): void;
  path: string;
}

/** A tree of conditions with its keys: Alt with arrows moves, Alt G groups, Alt Delete removes what has the focus. */
export function RuleTree({ rule, onChange, path }: RuleTreeProps) {
  const box = useRef<HTMLDivElement>(null);
  const focusNext = useFocusNext(box);
  const edit = editorOf(rule, onChange, focusNext);
  const press = (event: KeyboardEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-place]');
    if (!event.altKey || !row || row.closest('[data-tree]') !== box.current) return;
    const act = actionOf(event.code, edit, JSON.parse(row.dataset['place'] ?? '[]') as Place);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <ProvideTree value={edit}>
      <div ref={box} data-tree onKeyDownCapture={press} className="rule-tree">
        <RuleNode rule={rule} place={[]} path={path} />
      </div>
    </ProvideTree>
  );
}

function actionOf(code: string, edit: TreeEdit, place: Place): (() => void) | null {
  if (code === 'ArrowUp') return () => edit.move(place, 'up');
  if (code === 'ArrowDown') return () => edit.move(place, 'down');
  if (code === 'KeyG') return () => edit.wrap(place, 'any');
  if ((code === 'Delete' || code === 'Backspace') && place.length > 0) return () => edit.remove(place);
  return null;
}

function editorOf(rule: Rule, onChange: RuleTreeProps['onChange'], focus: (key: string, part?: Part) => void): TreeEdit {
  const moved = (place: Place, step: 'up' | 'down'): Rule | null => (place.length ? movedAt(rule, place, step) : null);
  const keyAt = (place: Place): string => keyOf(ruleAt(rule, place) ?? rule);
  return {
    rule,
    change: (place, next) => onChange(changedAt(rule, place, () => next) ?? rule, `edit ${keyAt(place)}`),
    insert(group, added) {
      const inside = asGroup(ruleAt(rule, group) ?? rule);
      onChange(insertedAt(rule, group, inside?.members.length ?? 0, added), 'insert');
      focus(keyOf(added), 'input');
    },
    duplicate(place) {
      const copy = structuredClone(ruleAt(rule, place) ?? rule);
      onChange(insertedAt(rule, place.slice(0, -1), (place.at(-1) ?? 0) + 1, copy), 'duplicate');
      focus(keyOf(copy));
    },
    remove(place) {
      const group = ruleAt(rule, place.slice(0, -1));
      const [at, members] = [place.at(-1) ?? 0, (group && asGroup(group)?.members) ?? []];
      const neighbour = members[at + 1] ?? members[at - 1];
      onChange(removedAt(rule, place), 'remove');
      focus(keyOf(neighbour ?? group ?? rule));
    },
    move(place, step) {
      const next = moved(place, step);
      if (!next) return;
      onChange(next, 'move');
      focus(keyAt(place));
    },
    canMove: (place, step) => moved(place, step) !== null,
    wrap(place, kind) {
      onChange(wrappedAt(rule, place, kind), 'wrap');
      focus(keyAt(place));
    },
    unwrap(place) {
      const at = ruleAt(rule, place);
      const first = at && asGroup(at)?.members[0];
      onChange(unwrappedAt(rule, place), 'unwrap');
      if (first) focus(keyOf(first));
    },
    join(place, kind) {
      onChange(
        changedAt(rule, place, (at) => {
          const group = asGroup(at);
          return group && ofGroup({ ...group, kind });
        }) ?? rule,
        'join',
      );
    },
  };
}

type Part = 'handle' | 'input';

/** The focus goes with what was moved: after the change is on the page, since moving an element blurs it. */
function useFocusNext(box: React.RefObject<HTMLElement | null>): (key: string, part?: Part) => void {
  const wanted = useRef<{ key: string; part: Part } | null>(null);
  useEffect(() => {
    if (!wanted.current) return;
    const { key, part } = wanted.current;
    const row = box.current?.querySelector<HTMLElement>(`[data-key="${key}"]`);
    wanted.current = null;
    const input = part === 'input' ? row?.querySelector<HTMLElement>('input') : null;
    (input ?? row?.querySelector<HTMLElement>('[data-handle]'))?.focus();
  });
  return (key, part = 'handle') => {
    wanted.current = { key, part };
  };
}
