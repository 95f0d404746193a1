import { useEffect, useState } from 'react';

/** What had the focus before this was shown gets it back when it goes: for dialogs that are there only while open. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    },
    [before],
  );
}
