import { useEffect, useRef, useState } from 'react';
import type { MeetingDetail } from '#features/cadence/contract/meetings.ts';
import { post } from '#ui/api/client.ts';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';

/** Further ahead the data would say something else by then: such an agenda is written when somebody asks for it. */
const aheadMilliseconds = 8 * 86_400_000;

/** The agenda of a meeting that is near writes itself when somebody first looks. @returns whether it is being written */
export function useFirstWriting({ id, gatheredAt, startsAt, can }: MeetingDetail): boolean {
  const [writing, setWriting] = useState(false);
  const begun = useRef<string | null>(null);
  const isDue = gatheredAt === null && can.gather === null && begun.current !== id;
  useEffect(() => {
    if (!isDue || Date.parse(startsAt) > Date.now() + aheadMilliseconds) return;
    begun.current = id;
    setWriting(true);
    void doing(post(`/meetings/${id}/gathering`, {}))
      .catch(tellProblem)
      .finally(() => setWriting(false));
  }, [id, isDue, startsAt]);
  return writing;
}

/** Looks at the data once more, for everybody. */
export async function writeAnew(meetingId: string): Promise<void> {
  try {
    await doing(post(`/meetings/${meetingId}/gathering`, {}));
    tell('Written from the data. What you placed, dropped and added is kept.');
  } catch (error) {
    tellProblem(error);
  }
}
