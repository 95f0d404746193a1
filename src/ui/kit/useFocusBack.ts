import { useEffect, useState } from 'react';

/**
 * What had the focus before this was shown gets it back when it goes: for dialogs that are there only while open. Where
 * that is gone (a dialog that made what is shown now), the page itself gets it.
 */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isThere = before instanceof HTMLElement && before !== document.body && before.isConnected;
      (isThere ? before : document.querySelector<HTMLElement>('main'))?.focus({ preventScroll: true });
    },
    [before],
  );
}
