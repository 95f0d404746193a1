import { useQuery } from '@tanstack/react-query';
import type { RoutingAnswer, RoutingContent } from '#features/handoff/contract.ts';
import { get, put } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';

export const useRouting = () => useQuery({ queryKey: ['routing'], queryFn: ({ signal }) => get<RoutingAnswer>('/routing', {}, signal) });

export const askRoutingAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['routing'] });

/** @returns the number of the version that was made */
export async function saveRouting(content: RoutingContent, after: number): Promise<number> {
  const { number } = await put<{ number: number }>('/routing', { ...content, after });
  await askRoutingAgain();
  return number;
}
