import { Select } from '@mantine/core';
import { useMembers } from '#ui/api/members.ts';
import { useMe, useRights } from '#ui/api/session.ts';

/** Heads look into anybody's inbox. */
export function WhoseInbox({ of, onChange }: { of: string; onChange(value: string): void }) {
  const me = useMe();
  const members = useMembers();
  if (!useRights().may('handoff.reassign')) return null;
  const reps = (members.data?.items ?? []).filter(({ side, id }) => side === 'sales' && id !== me.member.id);
  return (
    <Select
      aria-label="Whose inbox"
      data={[
        { value: 'me', label: 'Mine' },
        { value: 'all', label: 'Everybody’s' },
        ...reps.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={of}
      onChange={(value) => value && onChange(value)}
      allowDeselect={false}
      searchable
      w={200}
    />
  );
}
