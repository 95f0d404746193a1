import { MeetingPage as Meeting } from '#features/cadence/screens/meeting/MeetingPage.tsx';

/** One meeting; what other features know of it stands below. */
export const MeetingPage = () => <Meeting />;
