import { MeetingPage } from '#features/cadence/screens/meeting/MeetingPage.tsx';
import { FeedbackSheet } from '#features/feedback/screens/FeedbackSheet.tsx';

/** The page of a meeting; once it was held, with what is said about it. */
export function HeldMeeting() {
  return <MeetingPage more={(id) => <FeedbackSheet key={id} subject={{ kind: 'meeting', id, label: 'The meeting' }} />} />;
}
