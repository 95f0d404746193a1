import { DecisionsToday } from '#features/agreement/screens/DecisionsToday.tsx';
import { KeptToday } from '#features/agreement/screens/KeptToday.tsx';
import { CampaignToday } from '#features/campaigns/screens/together/CampaignToday.tsx';
import { ContentToday } from '#features/campaigns/screens/ContentToday.tsx';
import { FeedbackToday } from '#features/feedback/screens/FeedbackToday.tsx';
import { Today } from '#features/funnel/screens/Today.tsx';
import { GoalsToday } from '#features/goals/screens/GoalsToday.tsx';
import { HandoffToday } from '#features/handoff/screens/HandoffToday.tsx';
import { IncentivesToday } from '#features/incentives/screens/IncentivesToday.tsx';
import { useMe } from '#ui/api/session.ts';

/** Today: leadership looks first at whether the agreement is kept, everybody else at the work that waits for them. */
export function TodayPage() {
  const { side } = useMe().member;
  const first =
    side === 'leadership' ? (
      <>
        <KeptToday />
        <DecisionsToday />
        <HandoffToday />
        <GoalsToday />
        <CampaignToday />
        <ContentToday />
        <FeedbackToday />
        <IncentivesToday />
      </>
    ) : (
      <>
        <DecisionsToday />
        <HandoffToday />
        <GoalsToday />
        <CampaignToday />
        <ContentToday />
        <FeedbackToday />
        <IncentivesToday />
        <KeptToday />
      </>
    );
  return <Today first={first} />;
}
