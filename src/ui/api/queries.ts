import { notifyManager, QueryClient } from '@tanstack/react-query';
import { Problem } from './client.ts';
import { onReturn } from './connection.ts';

export interface List<T> {
  items: T[];
  next?: string | null;
  total?: number | null;
  totalIsAtLeast?: boolean;
}

const worthAnotherTry = (tries: number, error: Error): boolean => {
  if (error instanceof Problem && error.status >= 400 && error.status !== 503 && error.status !== 429) return false;
  return tries < 3;
};

// At once, not in a later task: a box that shows what is held springs back for a frame otherwise when it is ticked.
notifyManager.setScheduler(queueMicrotask);

export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 20_000, retry: worthAnotherTry, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

onReturn(() => void queries.invalidateQueries());
