import { useQuery } from '@tanstack/react-query';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import type { RuleField } from './vocabulary.ts';

const lists = { lead: 'leads', account: 'accounts', contact: 'contacts', touch: 'leads' } as const;
const textual = ['text', 'domain', 'currency'];

export interface KnownValue {
  value: string;
  count: number;
}

/** What stands in a field today, most frequent first. Of touches only their channel has a list: that of the leads. */
export function useKnownValues(field: Pick<RuleField, 'of' | 'name' | 'type'>): readonly KnownValue[] {
  const asked = textual.includes(field.type) && (field.of !== 'touch' || field.name === 'channel');
  const path = lists[field.of];
  const known = useQuery({
    queryKey: ['values', path, field.name],
    queryFn: () => get<List<{ value: string | null; count: number }>>(`/${path}/values`, { field: field.name }),
    enabled: asked,
    staleTime: 300_000,
  });
  return (known.data?.items ?? []).flatMap(({ value, count }) => (value ? [{ value: String(value), count }] : []));
}
