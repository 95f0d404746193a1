import { Select } from '@mantine/core';
import type { Rule } from '#engine/rules/rule.ts';
import { AddCondition } from './AddCondition.tsx';
import { useErrorsAt, useTree } from './building.tsx';
import { FieldRow } from './FieldRow.tsx';
import { RuleMenu } from './RuleMenu.tsx';
import { RevenueRow, StageRow } from './FactRows.tsx';
import { ScorecardRow } from './ScorecardRow.tsx';
import { TouchesRow } from './TouchesRow.tsx';
import { asGroup, keyOf, pathOfMember, type Group, type GroupKind, type Place } from './tree.ts';

interface NodeProps {
  rule: Rule;
  place: Place;
  /** Where it stands in the grammar, as refusals name it. */
  path: string;
}

export function RuleNode({ rule, place, path }: NodeProps) {
  const group = asGroup(rule);
  return group ? <RuleGroup rule={rule} group={group} place={place} path={path} /> : <RuleRow rule={rule} place={place} path={path} />;
}

const joinWords: Record<GroupKind, { choice: string; between: string }> = {
  all: { choice: 'All of these', between: 'and' },
  any: { choice: 'At least one of these', between: 'or' },
  none: { choice: 'None of these', between: 'nor' },
};
const joinChoices = Object.entries(joinWords).map(([value, { choice }]) => ({ value, label: choice }));

function RuleGroup({ rule, group, place, path }: NodeProps & { group: Group }) {
  const tree = useTree();
  return (
    <fieldset className={`rule-group rule-${group.kind}`} data-place={JSON.stringify(place)} data-key={keyOf(rule)}>
      <legend className="visually-hidden">{joinWords[group.kind].choice}</legend>
      <div className="rule-group-head">
        <Select
          aria-label="How these conditions are joined"
          data={joinChoices}
          value={group.kind}
          allowDeselect={false}
          onChange={(kind) => kind && tree.join(place, kind as GroupKind)}
          w={190}
        />
        <RuleMenu rule={rule} place={place} />
      </div>
      <Errors path={path} within={false} />
      <ol className="rule-members">
        {group.members.map((member, index) => (
          <li key={keyOf(member)} className="rule-member">
            <span className="rule-between" aria-hidden={index === 0}>
              {index === 0 ? '' : joinWords[group.kind].between}
            </span>
            <RuleNode rule={member} place={[...place, index]} path={pathOfMember(rule, path, index)} />
          </li>
        ))}
      </ol>
      {group.members.length === 0 && <p className="dim rule-nothing">Nothing is asked yet: everything meets it.</p>}
      <AddCondition place={place} />
    </fieldset>
  );
}

function RuleRow({ rule, place, path }: NodeProps) {
  return (
    <div className="rule-row" role="group" aria-label="Condition" data-place={JSON.stringify(place)} data-key={keyOf(rule)}>
      <div className="rule-row-line">
        <div className="rule-row-body">
          <RowContent rule={rule} place={place} path={path} />
        </div>
        <RuleMenu rule={rule} place={place} />
      </div>
      {/* Within a scorecard each condition tells of its own. */}
      <Errors path={path} within={!('points' in rule)} />
    </div>
  );
}

function RowContent({ rule, place, path }: NodeProps) {
  const tree = useTree();
  const change = (next: Rule): void => tree.change(place, next);
  if ('of' in rule) return <FieldRow condition={rule} onChange={change} />;
  if ('touches' in rule) return <TouchesRow condition={rule} onChange={change} />;
  if ('stage' in rule) return <StageRow condition={rule} onChange={change} />;
  if ('revenue' in rule) return <RevenueRow condition={rule} onChange={change} />;
  return 'points' in rule ? <ScorecardRow condition={rule} onChange={change} path={path} /> : null;
}

function Errors({ path, within = true }: { path: string; within?: boolean }) {
  const errors = useErrorsAt(path, within);
  if (errors.length === 0) return null;
  return (
    <div className="bad rule-error" role="alert">
      {errors.join(' ')}
    </div>
  );
}
