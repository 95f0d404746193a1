import { Select } from '@mantine/core';
import type { GoalChoices } from '#features/goals/contract/goals.ts';
import { type GoalMetric, meaningOf } from '#features/goals/contract/metrics.ts';
import type { Goal } from '#features/goals/contract/plans.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';

interface MetricFieldsProps {
  goal: Goal;
  choices: GoalChoices;
  onChange(changes: Partial<Goal>): void;
}

/** What must be said with a metric, and of whom it is counted. */
export function MetricFields({ goal, choices, onChange }: MetricFieldsProps) {
  return (
    <>
      <Needed metric={goal.metric} choices={choices} onChange={(metric) => onChange({ metric })} />
      <ScopeField goal={goal} choices={choices} onChange={onChange} />
    </>
  );
}

function Needed({ metric, choices, onChange }: { metric: GoalMetric; choices: GoalChoices; onChange(metric: GoalMetric): void }) {
  if (metric.name === 'speedWithin')
    return (
      <WholeNumber
        label="Within"
        suffix=" min"
        width={110}
        min={1}
        max={100_000}
        value={metric.minutes}
        onChange={(minutes) => minutes && onChange({ ...metric, minutes })}
      />
    );
  if (metric.name === 'responders')
    return (
      <Select
        label="Of"
        w={200}
        searchable
        allowDeselect={false}
        value={metric.campaignId ?? ''}
        data={[{ value: '', label: 'all campaigns' }, ...choices.campaigns.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(id) => onChange({ ...metric, campaignId: id || null })}
      />
    );
  if (metric.name === 'attainment')
    return (
      <Select
        label="Of"
        w={240}
        searchable
        allowDeselect={false}
        value={'side' in metric.of ? metric.of.side : `clause ${metric.of.clause}`}
        data={[
          { value: 'marketing', label: 'all that marketing owes' },
          { value: 'sales', label: 'all that sales owes' },
          ...choices.clauses.map(({ key, title }) => ({ value: `clause ${key}`, label: title })),
        ]}
        onChange={(of) => {
          if (of === 'marketing' || of === 'sales') onChange({ ...metric, of: { side: of } });
          else if (of) onChange({ ...metric, of: { clause: of.slice('clause '.length) } });
        }}
      />
    );
  return null;
}

function ScopeField({ goal, choices, onChange }: MetricFieldsProps) {
  const { scopes } = meaningOf(goal.metric.name);
  if (scopes.length === 0) return null;
  const { segment, teamId } = goal.scope;
  const groups = [
    { group: 'Company', items: [{ value: '', label: 'the whole company' }] },
    ...(scopes.includes('segment') && choices.segments.length > 0
      ? [{ group: 'Segments', items: choices.segments.map((name) => ({ value: `segment ${name}`, label: name })) }]
      : []),
    ...(scopes.includes('team') && choices.teams.length > 0
      ? [{ group: 'Teams', items: choices.teams.map(({ id, name }) => ({ value: `team ${id}`, label: `team ${name}` })) }]
      : []),
  ];
  return (
    <Select
      label="In"
      w={180}
      searchable
      allowDeselect={false}
      value={segment !== null ? `segment ${segment}` : teamId !== null ? `team ${teamId}` : ''}
      data={groups}
      onChange={(value) =>
        onChange({
          scope: {
            segment: value?.startsWith('segment ') ? value.slice('segment '.length) : null,
            teamId: value?.startsWith('team ') ? value.slice('team '.length) : null,
          },
        })
      }
    />
  );
}
