import { policy, type Role } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

/** Which feedback somebody reads is decided by feedback: policy/feedback.ts. */
export const mayReadFeedback = policy('feedback.read', everybody);
/** To the other side; leadership to both. */
export const mayGiveFeedback = policy('feedback.give', writers);
/** Whoever it is to, and the heads of that side. Checked by feedback. */
export const mayAnswerFeedback = policy('feedback.answer', writers);
/** Who says that two belong together, or don’t. */
export const mayGroupFeedback = policy('feedback.group', heads);
/** Days for an answer, whether it may be anonymous, how often a pulse opens. */
export const maySetFeedback = policy('feedback.set', ['owner', 'admin']);
export const mayReadPulses = policy('pulses.read', everybody);
export const mayAnswerPulses = policy('pulses.answer', writers);
export const mayOpenPulses = policy('pulses.open', heads);
export const mayReadPerception = policy('perception.read', everybody);
export const mayGuess = policy('perception.guess', writers);
