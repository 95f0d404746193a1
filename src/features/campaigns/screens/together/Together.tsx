import { SegmentedControl } from '@mantine/core';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { usePlan } from './asking.ts';
import { Effect } from './Effect.tsx';
import { FollowUp } from './FollowUp.tsx';
import { PlanEditor } from './PlanEditor.tsx';
import { PlanSheet } from './PlanSheet.tsx';
import { Roles } from './Roles.tsx';
import './together.css';

const parts = [
  { value: 'plan', label: 'Plan' },
  { value: 'parts', label: 'Parts' },
  { value: 'follow-up', label: 'Follow-up' },
  { value: 'effect', label: 'Participation and lift' },
];

/** What both sides do in a campaign: the plan and brief, who takes which part, who waits for an answer, what it changed. */
export function Together({ campaignId }: { campaignId: string }) {
  const [search, change] = useUrlSearch();
  const part = parts.find(({ value }) => value === search['part'])?.value ?? 'plan';
  const plan = usePlan(campaignId);
  return (
    <div className="stack">
      <SegmentedControl
        aria-label="What of the campaign"
        className="together-parts"
        data={parts}
        value={part}
        onChange={(value) => change({ part: value === 'plan' ? null : value, edit: null })}
      />
      {part === 'plan' && (
        <Answer of={plan} what="The plan" lines={6}>
          {(detail) =>
            search['edit'] === '1' && detail.can.edit === null ? (
              <PlanEditor key={detail.draft?.contentHash ?? 'new'} detail={detail} onDone={() => change({ edit: null })} />
            ) : (
              <PlanSheet detail={detail} edit={() => change({ edit: '1' })} />
            )
          }
        </Answer>
      )}
      {part === 'parts' && <Roles campaignId={campaignId} whyNotAsk={plan.data?.can.askRole ?? null} />}
      {part === 'follow-up' && <FollowUp campaignId={campaignId} />}
      {part === 'effect' && <Effect campaignId={campaignId} />}
    </div>
  );
}
