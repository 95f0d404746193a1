import { Button, Group, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { patch, post, remove } from '#ui/api/client.ts';
import { useMembers, useTeams, type Team } from '#ui/api/members.ts';
import { useRights } from '#ui/api/session.ts';
import { plural } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { sideChoices } from './choices.ts';
import { useForm } from './useForm.ts';

export function TeamSettings() {
  const may = useRights().may('teams.write');
  const teams = useTeams();
  const client = useQueryClient();
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['teams'] });
  return (
    <div className="page-narrow stack">
      <Sheet title="Teams">
        <Answer of={teams} what="The teams">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No teams yet">Numbers can be asked for by team once there are some.</Empty>
            ) : (
              items.map((team) => <TeamRow key={team.id} team={team} may={may} onChanged={() => void again()} />)
            )
          }
        </Answer>
      </Sheet>
      {may && <NewTeam onMade={() => void again()} />}
    </div>
  );
}

function TeamRow({ team, may, onChanged }: { team: Team; may: boolean; onChanged(): void }) {
  const members = useMembers();
  const [editing, setEditing] = useState(false);
  const [ids, setIds] = useState(team.members.map(({ id }) => id));
  const save = (): Promise<void> =>
    patch(`/teams/${team.id}`, { members: ids }).then(() => {
      setEditing(false);
      onChanged();
    }, tellProblem);
  return (
    <div className="row-link" style={{ alignItems: 'flex-start' }}>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Group gap="xs">
          <span style={{ fontWeight: 500 }}>{team.name}</span>
          <SideMark side={team.side} />
        </Group>
        {editing ? (
          <Stack gap={6} mt={6}>
            <MultiSelect
              aria-label={`Members of ${team.name}`}
              data={(members.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              value={ids}
              onChange={setIds}
              searchable
            />
            <Group gap={6}>
              <Button size="compact-sm" onClick={() => void save()}>
                Save
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setEditing(false)}>
                Cancel
              </Button>
            </Group>
          </Stack>
        ) : (
          <Text size="sm" c="dimmed">
            {team.members.length
              ? `${plural(team.members.length, 'member')}: ${team.members
                  .slice(0, 12)
                  .map(({ name }) => name)
                  .join(', ')}${team.members.length > 12 ? '…' : ''}`
              : 'Nobody in it'}
          </Text>
        )}
      </div>
      {may && !editing && (
        <Group gap={6}>
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)} aria-label={`Members of ${team.name}: change`}>
            Members
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void remove(`/teams/${team.id}`).then(onChanged, tellProblem)}
            aria-label={`Remove ${team.name}`}
          >
            Remove
          </Button>
        </Group>
      )}
    </div>
  );
}

function NewTeam({ onMade }: { onMade(): void }) {
  const form = useForm({ name: '', side: 'sales' });
  const make = form.send.bind(null, async (values) => {
    await post('/teams', values);
    form.set('name')('');
    onMade();
  });
  return (
    <Sheet title="New team" padded>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput label="Name" required {...form.field('name')} />
          <Select label="Side" data={sideChoices} allowDeselect={false} {...form.field('side')} />
          <Button type="submit" loading={form.busy}>
            Add
          </Button>
        </Group>
        {form.wrong && (
          <div className="notice bad" role="alert" style={{ marginTop: 8 }}>
            {form.wrong}
          </div>
        )}
      </form>
    </Sheet>
  );
}
