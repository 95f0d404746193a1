import { MultiSelect, TagsInput } from '@mantine/core';
import type { ClauseScope } from '#engine/agreement/clause.ts';
import { useTeams } from '#ui/api/members.ts';
import { useKnownValues } from '#ui/rules/useKnownValues.ts';

interface ScopeInputsProps {
  scope: ClauseScope;
  onChange(scope: ClauseScope): void;
  /** Only what a rep does can be asked of a team. */
  withTeams: boolean;
}

/** Left empty it is about every lead; several parts together are all met. */
export function ScopeInputs({ scope, onChange, withTeams }: ScopeInputsProps) {
  const teams = useTeams();
  return (
    <div className="form-grid">
      <Words label="Segments" field="segment" values={scope.segments} onChange={(segments) => onChange({ ...scope, segments })} />
      <Words label="Channels" field="channel" values={scope.channels} onChange={(channels) => onChange({ ...scope, channels })} />
      <Words label="Origins" field="origin" values={scope.origins} onChange={(origins) => onChange({ ...scope, origins })} />
      {(withTeams || scope.teams.length > 0) && (
        <MultiSelect
          label="Teams"
          placeholder={scope.teams.length ? '' : 'All'}
          data={(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={[...scope.teams]}
          onChange={(chosen) => onChange({ ...scope, teams: chosen })}
        />
      )}
    </div>
  );
}

interface WordsProps {
  label: string;
  field: string;
  values: readonly string[];
  onChange(values: string[]): void;
}

function Words({ label, field, values, onChange }: WordsProps) {
  const known = useKnownValues({ of: 'lead', name: field, type: 'text' });
  return (
    <TagsInput
      label={label}
      placeholder={values.length ? '' : 'All'}
      data={known.map(({ value }) => value)}
      value={[...values]}
      onChange={onChange}
      limit={100}
      acceptValueOnBlur
    />
  );
}
