import { Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AudienceAnswer, AudienceChoice } from '#features/campaigns/contract/plans.ts';
import { get, post } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { countAtLeast } from '#ui/formats.ts';

interface View {
  id: string;
  name: string;
  kind: string;
}

const kinds = ['leads', 'contacts', 'accounts'] as const;

/** A saved view as the audience: it is frozen as it stands when the plan is saved. */
export function AudiencePicker({ value, onChange }: { value: AudienceChoice; onChange(value: AudienceChoice): void }) {
  const views = useQuery({
    queryKey: ['views', 'audience'],
    queryFn: async () => (await Promise.all(kinds.map((kind) => get<List<View>>('/views', { kind })))).flatMap(({ items }) => items),
  });
  const answer = useQuery({
    queryKey: ['campaigns', 'audience', value],
    queryFn: () => post<AudienceAnswer>('/campaigns/audience', { audience: value }),
    enabled: value.kind !== 'none',
    retry: false,
  });
  const chosen = value.kind === 'view' ? value.viewId : value.kind === 'rule' ? 'rule' : '';
  return (
    <div>
      <Group gap="sm" align="flex-end">
        <Select
          label="Audience"
          description="A saved view of leads, contacts or accounts, as it stands when the plan is saved"
          data={[
            { value: '', label: 'Not said' },
            ...(value.kind === 'rule' ? [{ value: 'rule', label: 'By its rule' }] : []),
            ...(views.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={chosen}
          allowDeselect={false}
          onChange={(id) => id !== 'rule' && onChange(id ? { kind: 'view', viewId: id } : { kind: 'none' })}
          w={320}
        />
      </Group>
      {value.kind !== 'none' && answer.data && (
        <Text size="sm" c="dimmed" role="status">
          {answer.data.sentence}
          {answer.data.count !== null && `: ${countAtLeast(answer.data.count, answer.data.countIsAtLeast)} now`}
        </Text>
      )}
    </div>
  );
}
