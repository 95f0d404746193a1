import { useState } from 'react';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { askAgain } from '../asking.ts';

/** Does something on the server, once at a time; says what was done, or in the server's words why not. */
export function useDeed(): { busy: boolean; run(work: () => Promise<unknown>, done?: string): Promise<boolean> } {
  const [busy, setBusy] = useState(false);
  return {
    busy,
    async run(work, done) {
      setBusy(true);
      try {
        await work();
        await askAgain();
        if (done) tell(done);
        return true;
      } catch (error) {
        tellProblem(error);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
