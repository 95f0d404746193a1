import { useQuery } from '@tanstack/react-query';
import type { NewGuess, Perception, PerceptionGaps, PerceptionItem } from '#features/feedback/contract/perception.ts';
import { get, post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { doing } from '../asking.ts';

export const usePerception = () =>
  useQuery({ queryKey: ['feedback', 'perception'], queryFn: ({ signal }) => get<Perception>('/perception', {}, signal) });

export const useGaps = (period: string | undefined) =>
  useQuery({
    queryKey: ['feedback', 'gaps', period ?? null],
    queryFn: ({ signal }) => get<PerceptionGaps>('/perception/gaps', { period }, signal),
  });

export const sendGuess = (given: NewGuess): Promise<{ counted: boolean; item: PerceptionItem }> =>
  doing(post('/perception/guesses', given));

/** One’s own guess is kept in this browser alone: nothing on the server says who guessed what. */
export function useOwnGuesses(period: string): { guessOf(metric: string): number | null; keep(metric: string, value: number): void } {
  const { workspace, member } = useMe();
  const place = (metric: string): string => `accord.guess.${workspace.id}.${member.id}.${period}.${metric}`;
  return {
    guessOf(metric) {
      try {
        const text = localStorage.getItem(place(metric));
        return text === null || Number.isNaN(Number(text)) ? null : Number(text);
      } catch {
        return null;
      }
    },
    keep(metric, value) {
      try {
        localStorage.setItem(place(metric), String(value));
      } catch {
        // A browser that keeps nothing: the number stands alone.
      }
    },
  };
}
