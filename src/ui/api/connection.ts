import { useSyncExternalStore } from 'react';

/** `away`: the server doesn't answer (it restarts, or the way to it is cut); `offline`: this device has no network. */
export type Connection = 'here' | 'away' | 'offline';

let state: Connection = 'here';
let asking = false;
const listeners = new Set<() => void>();
const returns = new Set<() => void>();

function become(next: Connection): void {
  if (next === state) return;
  const returned = next === 'here';
  state = next;
  for (const tell of listeners) tell();
  if (returned) for (const tell of returns) tell();
}

export function serverAnswered(): void {
  become('here');
}

/** Called when a request got no answer; asks the server's health every two seconds until it is back. */
export function serverMissing(): void {
  become(navigator.onLine ? 'away' : 'offline');
  if (!asking) void askUntilBack();
}

async function askUntilBack(): Promise<void> {
  asking = true;
  while (state !== 'here') {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const answer = await fetch('/health/live', { cache: 'no-store' }).catch(() => null);
    become(answer?.ok ? 'here' : navigator.onLine ? 'away' : 'offline');
  }
  asking = false;
}

export function onReturn(tell: () => void): () => void {
  returns.add(tell);
  return () => returns.delete(tell);
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => state);
