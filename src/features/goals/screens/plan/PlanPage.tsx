import { Group } from '@mantine/core';
import { Go, useGo } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { usePathParam, useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { useGoalPlan, useSuggestion } from '../asking.ts';
import { PlanMark } from '../GoalMark.tsx';
import { OpenRecords } from '../Opens.tsx';
import { NewPlanDays } from './editor/NewPlanDays.tsx';
import { PlanEditor } from './editor/PlanEditor.tsx';
import { PlanDeeds } from './PlanDeeds.tsx';
import { PlanReading } from './PlanReading.tsx';
import '../goals.css';
import './plan.css';

/** One version of a plan of goals: to read, to sign and to discuss, and, while it is a draft, to write. */
export function PlanPage() {
  const id = usePathParam('id');
  const [search] = useUrlSearch();
  if (id === '') return null;
  if (id === 'new') return <Beginning start={search['start']} end={search['end']} />;
  return <Version key={id} id={id} writing={search['edit'] === '1'} />;
}

const crumb = (title: string) => (
  <>
    <div className="crumb no-print">
      <Go href={paths.goals()}>Goals</Go>
    </div>
    {title}
  </>
);

/** A new plan is made when it is first kept; until then nobody else sees it. */
function Beginning({ start, end }: { start: string | undefined; end: string | undefined }) {
  const go = useGo();
  const suggestion = useSuggestion(true, { ...(start && { start }), ...(end && { end }) });
  return (
    <Page title="New plan of goals" heading={crumb('New plan of goals')}>
      <div className="stack">
        <NewPlanDays start={start} end={end} />
        <Answer of={suggestion} what="The plan to begin with" lines={10}>
          {({ content, names, currency, from }) => (
            <PlanEditor
              key={`${content.start} ${content.end}`}
              start={{ id: null, content, names, currency, from }}
              onDone={(kept) => go(kept ? paths.goalPlan(kept) : paths.goals(), { replace: true })}
            />
          )}
        </Answer>
      </div>
      <OpenRecords />
    </Page>
  );
}

function Version({ id, writing }: { id: string; writing: boolean }) {
  const go = useGo();
  const plan = useGoalPlan(id);
  const title = plan.data ? `${plan.data.title}, version ${plan.data.number}` : 'Plan of goals';
  const edits = writing && plan.data?.can.edit === null;
  return (
    <Page
      title={title}
      heading={crumb(title)}
      actions={
        plan.data &&
        !edits && (
          <Group gap={8} className="no-print">
            <PlanMark {...plan.data} />
            <PlanDeeds plan={plan.data} />
          </Group>
        )
      }
    >
      <Answer of={plan} what="The plan" lines={12}>
        {(known) =>
          edits ? (
            <PlanEditor
              start={{ id, content: known.content, names: known.names, currency: known.currency, from: [] }}
              onDone={() => go(paths.goalPlan(id), { replace: true })}
            />
          ) : (
            <PlanReading plan={known} />
          )
        }
      </Answer>
      <OpenRecords />
    </Page>
  );
}
