import { Today } from '#features/funnel/screens/Today.tsx';
import { HandoffToday } from '#features/handoff/screens/HandoffToday.tsx';

/** Today, with what the hand-off wants from this person first. */
export function TodayPage() {
  return <Today first={<HandoffToday />} />;
}
