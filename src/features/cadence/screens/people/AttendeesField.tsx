import { Chip, Group, MultiSelect } from '@mantine/core';
import type { SeriesDraft } from '#features/cadence/contract/series.ts';
import { useMembers, useTeams } from '#ui/api/members.ts';
import { capitalised } from '#ui/formats.ts';

export type Attendees = SeriesDraft['attendees'];

const sides = ['marketing', 'sales', 'leadership'] as const;

/** Who comes: whole sides, teams, and people by name. */
export function AttendeesField({ value, change, error }: { value: Attendees; change(next: Attendees): void; error?: string | undefined }) {
  const members = useMembers();
  const teams = useTeams();
  const groups = [
    { group: 'Teams', items: (teams.data?.items ?? []).map(({ id, name }) => ({ value: `team ${id}`, label: name })) },
    { group: 'People', items: (members.data?.items ?? []).map(({ id, name }) => ({ value: `member ${id}`, label: name })) },
  ];
  const chosen = [...value.teamIds.map((id) => `team ${id}`), ...value.memberIds.map((id) => `member ${id}`)];
  const take = (keys: readonly string[]): void => change({ ...value, teamIds: idsOf('team', keys), memberIds: idsOf('member', keys) });
  return (
    <div>
      <Chip.Group
        multiple
        value={[...value.sides]}
        onChange={(next) => change({ ...value, sides: sides.filter((side) => next.includes(side)) })}
      >
        <Group gap={6} role="group" aria-label="Whole sides" mb={8}>
          {sides.map((side) => (
            <Chip key={side} value={side}>
              All of {capitalised(side)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <MultiSelect
        label="Teams and people"
        placeholder={chosen.length === 0 ? 'By name' : undefined}
        searchable
        hidePickedOptions
        data={groups}
        value={chosen}
        onChange={take}
        error={error}
      />
    </div>
  );
}

const idsOf = (kind: string, keys: readonly string[]): string[] =>
  keys.filter((key) => key.startsWith(`${kind} `)).map((key) => key.slice(kind.length + 1));

export const nobody: Attendees = { sides: [], teamIds: [], memberIds: [] };
export const isNobody = ({ sides: whole, teamIds, memberIds }: Attendees): boolean =>
  whole.length + teamIds.length + memberIds.length === 0;
