import { Select, type SelectProps } from '@mantine/core';
import { useMembers } from '#ui/api/members.ts';

interface OwnerProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  value: string | null;
  onChange(memberId: string | null): void;
  /** Somebody who may have left since: shown all the same. */
  known?: { id: string; name: string } | null;
}

/** One person, by name. */
export function OwnerSelect({ value, onChange, known, ...rest }: OwnerProps) {
  const members = useMembers().data?.items ?? [];
  const data = members.map(({ id, name }) => ({ value: id, label: name }));
  if (known && !members.some(({ id }) => id === known.id)) data.push({ value: known.id, label: known.name });
  return <Select searchable data={data} value={value} onChange={onChange} {...rest} />;
}
