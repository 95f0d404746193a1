import { KeptToday } from '#features/agreement/screens/KeptToday.tsx';
import { useDecisionsWaiting } from '#features/agreement/screens/useDecisionsWaiting.ts';
import { useContentWaiting } from '#features/campaigns/screens/useContentWaiting.tsx';
import { useCampaignsWaiting } from '#features/campaigns/screens/together/useCampaignsWaiting.tsx';
import { useMeetingsWaiting } from '#features/cadence/screens/useMeetingsWaiting.ts';
import { useFeedbackWaiting } from '#features/feedback/screens/useFeedbackWaiting.tsx';
import { Today } from '#features/funnel/screens/Today.tsx';
import { useGoalsWaiting } from '#features/goals/screens/useGoalsWaiting.tsx';
import { useHandoffWaiting } from '#features/handoff/screens/useHandoffWaiting.ts';
import { usePayWaiting } from '#features/incentives/screens/usePayWaiting.ts';
import { useAnnouncementsWaiting } from '#features/notices/screens/useAnnouncementsWaiting.ts';
import { useRolloutWaiting } from '#features/rollout/screens/useRolloutWaiting.ts';
import { TodayList } from '#ui/today/TodayList.tsx';

/** Today: first what only the reader can move, of all parts in one order; then how the agreement is kept, and the records of the side. */
export function TodayPage() {
  return (
    <Today
      first={
        <>
          <Waiting />
          <KeptToday />
        </>
      }
    />
  );
}

function Waiting() {
  const parts = [
    useDecisionsWaiting(),
    useHandoffWaiting(),
    useGoalsWaiting(),
    useCampaignsWaiting(),
    useContentWaiting(),
    useFeedbackWaiting(),
    useMeetingsWaiting(),
    useAnnouncementsWaiting(),
    usePayWaiting(),
    useRolloutWaiting(),
  ];
  return <TodayList parts={parts} />;
}
