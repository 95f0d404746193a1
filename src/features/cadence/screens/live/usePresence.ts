import { useEffect } from 'react';
import { post } from '#ui/api/client.ts';

/** Well within the time after which the server takes somebody for gone. */
const every = 20_000;

/** Says “I am here” while the meeting is on screen: who was there is noted by it. */
export function usePresence(meetingId: string): void {
  useEffect(() => {
    // Whoever can't be counted (no longer expected, the meeting just ended) sees that by the meeting itself.
    const say = (): void => void post(`/meetings/${meetingId}/presence`, {}).catch(() => undefined);
    say();
    const timer = setInterval(say, every);
    return () => clearInterval(timer);
  }, [meetingId]);
}
