import { useRouter, useRouterState } from '@tanstack/react-router';

/** The query of the URL as plain texts, and a way to change parts of it without a new entry in the history. */
export function useUrlSearch(): [Record<string, string>, (changes: Record<string, string | null>) => void] {
  const router = useRouter();
  const location = useRouterState({ select: (state) => state.location });
  const current = Object.fromEntries(new URLSearchParams(location.searchStr));
  const change = (changes: Record<string, string | null>): void => {
    const next = new URLSearchParams(router.state.location.searchStr);
    for (const [key, value] of Object.entries(changes)) {
      if (value) next.set(key, value);
      else next.delete(key);
    }
    const search = next.toString();
    router.history.replace(router.state.location.pathname + (search ? `?${search}` : ''));
  };
  return [current, change];
}

export function usePathParam(name: string): string {
  const params = useRouterState({ select: (state) => state.matches.at(-1)?.params as Record<string, string> | undefined });
  return params?.[name] ?? '';
}
