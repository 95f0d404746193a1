import type { AgreementContent } from '#engine/agreement/clause.ts';
import type { AgreementTemplates } from '../../contract.ts';
import { useAgreementVersion } from '../asking.ts';
import { useTemplates } from '../definition/useStart.ts';

/** What the editor begins with. */
export interface ContractStart {
  key: string;
  /** The draft that is edited; null: one that is made when it is first kept. */
  id: string | null;
  content: AgreementContent;
  /** Clauses to choose from, with why each says what it says. */
  suggested: AgreementTemplates['clauses'];
  notes: readonly string[];
}

interface Asked {
  data: ContractStart | undefined;
  error: unknown;
  refetch(): unknown;
}

/** A draft, a copy of another version (`from` its id), the suggested clauses (`template`), or nothing. */
export function useContractStart(id: string | null, from: string | undefined): Asked {
  const copied = id ?? (from && from !== 'template' && from !== 'blank' ? from : '');
  const version = useAgreementVersion(copied);
  const templates = useTemplates();
  const failed = version.error ?? templates.error;
  const again = (): unknown => Promise.all([templates.refetch(), copied ? version.refetch() : null]);
  if (!templates.data || (copied && !version.data)) return { data: undefined, error: failed, refetch: again };
  const { content, clauses, notes } = templates.data;
  const given = version.data?.content ?? (from === 'blank' ? { ...content, clauses: [], preamble: '' } : content);
  return {
    data: {
      key: id ?? `new ${from ?? ''}`,
      id: id && version.data?.status === 'draft' ? id : null,
      content: given,
      suggested: clauses,
      notes: copied ? [] : notes,
    },
    error: null,
    refetch: again,
  };
}
