import { useEffect, useRef } from 'react';

/** `j`, `/`, `g l` (two keys in a row), `mod+k`. */
export type Keys = Record<string, (event: KeyboardEvent) => void>;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type));

const inDialog = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('[role=dialog]') !== null;

/** Keys while mounted; not while a person types or a dialog is open. `mod+…` works everywhere. */
export function useKeys(keys: Keys): void {
  const held = useRef(keys);
  held.current = keys;
  useEffect(() => {
    let before = '';
    let beforeAt = 0;
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey) return;
      const mod = event.ctrlKey || event.metaKey;
      if (!mod && (typing(event.target) || inDialog(event.target))) return;
      const key = mod ? `mod+${event.key.toLowerCase()}` : event.key;
      const pair = Date.now() - beforeAt < 1200 ? `${before} ${key}` : '';
      const act = held.current[pair] ?? held.current[key];
      before = key;
      beforeAt = Date.now();
      if (!act) return;
      event.preventDefault();
      before = '';
      act(event);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
