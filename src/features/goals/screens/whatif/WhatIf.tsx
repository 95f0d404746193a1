import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { PlanSummary } from '#features/goals/contract/plans.ts';
import type { Changes } from '#features/goals/contract/what-if-changes.ts';
import { day } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useGoalPlan, useGoalPlans, useWhatIf, useWhatIfChoices } from '../asking.ts';
import { GoalTabs } from '../GoalTabs.tsx';
import { OpenRecords } from '../Opens.tsx';
import { ChangesForm } from './ChangesForm.tsx';
import { KeepChanges } from './KeepChanges.tsx';
import { WhatIfResult } from './WhatIfResult.tsx';
import './what-if.css';

export const nothing: Changes = { moves: [], reps: 0, definition: null, answerWithinMinutes: null };

/** What the plan’s range would be if something were done otherwise. Nothing is kept unless one says so. */
export function WhatIf() {
  const [search, change] = useUrlSearch();
  const plans = useGoalPlans();
  return (
    <Page title="What if">
      <GoalTabs />
      <Answer of={plans} what="The plans" lines={8}>
        {({ items }) => {
          const known = items.filter(({ hasWorkBack, status }) => hasWorkBack && status !== 'withdrawn');
          const plan = known.find(({ id }) => id === search['version']) ?? known.find(({ inForce }) => inForce) ?? known[0];
          if (!plan) return <NoPlan />;
          return (
            <div className="stack">
              <Select
                label="Plan"
                w={420}
                maw="100%"
                allowDeselect={false}
                value={plan.id}
                data={known.map(({ id, title, number, start, end }) => ({
                  value: id,
                  label: `${title}, version ${number}: ${day(start)} to ${day(end)}`,
                }))}
                onChange={(id) => change({ version: id })}
              />
              <Trying key={plan.id} plan={plan} />
            </div>
          );
        }}
      </Answer>
      <OpenRecords />
    </Page>
  );
}

const NoPlan = () => (
  <Empty title="There is no plan to try things on" action={<Go href={paths.goalPlan('new')}>Make a plan</Go>}>
    Here one moves budget, adds or takes reps, changes what counts as an MQL or answers faster, and sees what the plan’s range becomes.
  </Empty>
);

function Trying({ plan }: { plan: PlanSummary }) {
  const version = useGoalPlan(plan.id);
  const choices = useWhatIfChoices();
  return (
    <Answer of={version} what="The plan" lines={8}>
      {(known) => (
        <Answer of={choices} what="What can be changed" lines={8}>
          {(can) => <Sheets key={known.id} version={known} choices={can} />}
        </Answer>
      )}
    </Answer>
  );
}

interface SheetsProps {
  version: NonNullable<ReturnType<typeof useGoalPlan>['data']>;
  choices: NonNullable<ReturnType<typeof useWhatIfChoices>['data']>;
}

function Sheets({ version, choices }: SheetsProps) {
  const [changes, setChanges] = useState<Changes>(version.content.workBack?.changes ?? nothing);
  const [settled] = useDebouncedValue(changes, 500);
  const result = useWhatIf({ of: { versionId: version.id }, changes: settled });
  const waits = settled !== changes || result.isPlaceholderData;
  return (
    <div className="what-if">
      <div className="stack">
        <ChangesForm changes={changes} choices={choices} onChange={setChanges} />
        <KeepChanges version={version} changes={changes} />
      </div>
      <Answer of={result} what="The plan’s range" lines={10}>
        {(answer) => (
          <div style={{ opacity: waits ? 0.6 : 1 }} aria-busy={waits}>
            <WhatIfResult answer={answer} />
          </div>
        )}
      </Answer>
    </div>
  );
}
