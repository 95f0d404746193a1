import { Badge, Select, Switch, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { patch } from '#ui/api/client.ts';
import { useMembers, type Member } from '#ui/api/members.ts';
import { useMe, useRights } from '#ui/api/session.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { roleChoices, sideChoices } from './choices.ts';
import { Invitations } from './Invitations.tsx';

export function MemberSettings() {
  const rights = useRights();
  const [inactive, setInactive] = useState(false);
  const members = useMembers(inactive);
  return (
    <div className="stack">
      {rights.may('invitations.read') && <Invitations />}
      <Sheet
        title="Members"
        actions={<Switch label="Show inactive" checked={inactive} onChange={(event) => setInactive(event.currentTarget.checked)} />}
      >
        <Answer of={members} what="The members">
          {({ items }) => (
            <div className="table-scroll" tabIndex={0} role="region" aria-label="Members">
              <table className="plain">
                <thead>
                  <tr>
                    <th>Name</th>
                    <th>Side</th>
                    <th>Role</th>
                    <th>Job</th>
                    <th>Teams</th>
                    <th>Signs in</th>
                    <th>Active</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((member) => (
                    <Row key={member.id} member={member} />
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Answer>
      </Sheet>
    </div>
  );
}

function Row({ member }: { member: Member }) {
  const client = useQueryClient();
  const me = useMe();
  const may = useRights().may('members.write') && (member.role !== 'owner' || me.member.role === 'owner');
  const change = (values: Partial<Pick<Member, 'side' | 'role' | 'active'>>): Promise<void> =>
    patch(`/members/${member.id}`, values)
      .then(() => client.invalidateQueries({ queryKey: ['members'] }), tellProblem)
      .then(() => client.invalidateQueries({ queryKey: ['me'] }));
  return (
    <tr style={{ opacity: member.active ? 1 : 0.7 }}>
      <td>
        <div style={{ fontWeight: 500 }}>{member.name}</div>
        <Text size="xs" c="dimmed">
          {member.email ?? 'no e-mail'}
        </Text>
      </td>
      <td>
        {may ? (
          <Select
            aria-label={`Side of ${member.name}`}
            size="xs"
            w={130}
            data={sideChoices.map(({ value, label }) => ({ value, label: label.replace(/ \(.*/, '') }))}
            value={member.side}
            allowDeselect={false}
            onChange={(side) => void change({ side: side as Member['side'] })}
          />
        ) : (
          <SideMark side={member.side} />
        )}
      </td>
      <td>
        {may ? (
          <Select
            aria-label={`Role of ${member.name}`}
            size="xs"
            w={110}
            data={roleChoices}
            value={member.role}
            allowDeselect={false}
            onChange={(role) => void change({ role: role as Member['role'] })}
          />
        ) : (
          member.role
        )}
      </td>
      <td>{member.job ?? '–'}</td>
      <td>{member.teams.map(({ name }) => name).join(', ') || '–'}</td>
      <td>
        {member.hasLogin ? (
          'yes'
        ) : (
          <Badge variant="outline" color="var(--a-dim)">
            known from data
          </Badge>
        )}
      </td>
      <td>
        {may && member.id !== me.member.id ? (
          <Switch
            aria-label={`${member.name} is active`}
            checked={member.active}
            onChange={(event) => void change({ active: event.currentTarget.checked })}
          />
        ) : member.active ? (
          'yes'
        ) : (
          'no'
        )}
      </td>
    </tr>
  );
}
