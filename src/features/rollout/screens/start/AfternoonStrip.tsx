import { useRouterState } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { usePath } from '../asking.ts';
import { endAfternoon, isAfternoon, onAfternoon } from './afternoon.ts';
import '../rollout.css';

/** On every other page while the first afternoon is under way: how far it is, and the way back. */
export function AfternoonStrip() {
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const shown = useSyncExternalStore(onAfternoon, isAfternoon) && pathname !== paths.rolloutStart();
  const path = usePath(shown);
  const { refetch } = path;
  useEffect(() => {
    if (shown) void refetch();
  }, [shown, pathname, refetch]);
  if (!shown || !path.data) return null;
  const { afternoon } = path.data;
  const done = afternoon.filter((each) => each.done).length;
  return (
    <aside className="afternoon-strip no-print" aria-label="Your first afternoon">
      <span>
        First afternoon: {done} of {afternoon.length} done.
      </span>
      <Go href={paths.rolloutStart()}>Back to the tasks</Go>
      <button type="button" className="as-link" onClick={endAfternoon}>
        Leave it
      </button>
    </aside>
  );
}
