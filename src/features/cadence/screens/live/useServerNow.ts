import { useSeconds } from './useSeconds.ts';

/** The server's clock, second by second: what it said, and how long ago that was heard. So a timer is the same for everybody. */
export function useServerNow(said: string, heardAt: number): number {
  return useSeconds(true) - heardAt + Date.parse(said);
}
