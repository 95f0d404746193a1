/** Whether this browser’s window is in the middle of the first afternoon: then the way back is shown on every page. */

const place = 'accord.afternoon';
const changed = new Set<() => void>();

function keep(value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, value);
  } catch {
    // A browser that keeps nothing: the way back is in the rail.
  }
  for (const tell of changed) tell();
}

export const beginAfternoon = (): void => keep('under way');
export const endAfternoon = (): void => keep(null);

export function isAfternoon(): boolean {
  try {
    return sessionStorage.getItem(place) !== null;
  } catch {
    return false;
  }
}

export function onAfternoon(tell: () => void): () => void {
  changed.add(tell);
  return () => changed.delete(tell);
}
