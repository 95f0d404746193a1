import { useQuery } from '@tanstack/react-query';
import type { Rule } from '#engine/rules/rule.ts';
import { get } from '#ui/api/client.ts';
import type { AgreementTemplates, DefinitionVersion, TermDetail } from '../../contract.ts';

/** What the editor begins with. */
export interface Start {
  key: string;
  /** The draft that is edited; null: one that is made when it is first kept. */
  id: string | null;
  text: string;
  rule: Rule;
  examples: readonly { text: string; meets: boolean }[];
  /** Why a template says what it says. */
  why: string | null;
}

export const useTemplates = (enabled = true) =>
  useQuery({
    queryKey: ['agreement', 'templates'],
    queryFn: ({ signal }) => get<AgreementTemplates>('/agreement/templates', {}, signal),
    enabled,
    staleTime: 300_000,
  });

/** From a draft, a copy of the version shown, a template, or nothing: as the address says. */
export function useStart(
  term: TermDetail,
  how: string | undefined,
  version: DefinitionVersion | undefined,
): { data: Start | undefined; error: unknown; refetch(): unknown } {
  const templates = useTemplates(how === 'template');
  if (how === 'template') {
    const found = templates.data?.definitions.find((each) => each.term === term.key);
    const data = templates.data && (found ? { ...found, key: 'template', id: null } : blank);
    return { data, error: templates.error, refetch: templates.refetch };
  }
  if (how !== 'draft' && how !== 'copy') return { data: blank, error: null, refetch: () => undefined };
  const own = how === 'draft' && version?.status === 'draft';
  const data = version && { ...version, key: `${how} ${version.id}`, id: own ? version.id : null, why: null };
  return { data, error: null, refetch: () => undefined };
}

const blank: Start = { key: 'blank', id: null, text: '', rule: { all: [] }, examples: [], why: null };
