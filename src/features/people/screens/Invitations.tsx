import { Badge, Button, CopyButton, Group, Select, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { invitation } from '#features/people/contract.ts';
import { get, post, remove } from '#ui/api/client.ts';
import { useMembers } from '#ui/api/members.ts';
import type { List } from '#ui/api/queries.ts';
import { useRights } from '#ui/api/session.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { roleChoices, sideChoices } from './choices.ts';
import { useForm } from './useForm.ts';

type Invitation = z.output<typeof invitation>;

export function Invitations() {
  const may = useRights().may('invitations.write');
  const client = useQueryClient();
  const invitations = useQuery({ queryKey: ['invitations'], queryFn: () => get<List<Invitation>>('/invitations') });
  const open = (invitations.data?.items ?? []).filter(({ state }) => state === 'pending' || state === 'expired');
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['invitations'] });
  const revoke = (id: string): Promise<void> => remove(`/invitations/${id}`).then(again, tellProblem);
  return (
    <Sheet title="Invite a colleague" padded>
      {may && <InviteForm onInvited={() => void again()} />}
      {open.map((item) => (
        <div key={item.id} className="row-link" style={{ padding: '8px 0' }}>
          <div style={{ flex: 1, minWidth: 0 }}>
            <div className="wrap-any">
              {item.email} <SideMark side={item.side} /> {item.role}
            </div>
            <Text size="xs" c="dimmed">
              invited{item.invitedBy ? ` by ${item.invitedBy.name}` : ''}, open until {dayOfInstant(item.expiresAt)}
            </Text>
          </div>
          {item.state === 'expired' && (
            <Badge color="var(--a-dim)" variant="outline">
              expired
            </Badge>
          )}
          {may && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void revoke(item.id)}
              aria-label={`Take back the invitation of ${item.email}`}
            >
              Take back
            </Button>
          )}
        </div>
      ))}
    </Sheet>
  );
}

function InviteForm({ onInvited }: { onInvited(): void }) {
  const [link, setLink] = useState<string | null>(null);
  const form = useForm({ email: '', memberId: '', side: 'sales', role: 'member' });
  const known = (useMembers().data?.items ?? []).filter(({ hasLogin }) => !hasLogin);
  const choose = (memberId: string | null): void => {
    const member = known.find(({ id }) => id === memberId);
    form.set('memberId')(memberId);
    if (!member) return;
    form.set('side')(member.side);
    form.set('role')(member.role);
  };
  const invite = form.send.bind(null, async ({ memberId, ...values }) => {
    const made = await post<{ id: string; link: string | null }>('/invitations', { ...values, ...(memberId && { memberId }) });
    setLink(made.link);
    if (!made.link) tell(`An invitation is on its way to ${values.email}.`);
    form.set('email')('');
    form.set('memberId')('');
    onInvited();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <Group align="flex-end" gap="sm" mb="xs">
        <TextInput label="E-mail" type="email" required style={{ flex: '1 1 220px' }} {...form.field('email')} />
        {known.length > 0 && (
          <Select
            label="Is in the data as"
            placeholder="Nobody"
            data={known.map(({ id, name, job }) => ({ value: id, label: job ? `${name}, ${job}` : name }))}
            value={form.values.memberId || null}
            onChange={choose}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': 'Nobody in the data' }}
            nothingFoundMessage="Nobody by that name"
            style={{ flex: '1 1 220px' }}
          />
        )}
        <Select label="Side" data={sideChoices} allowDeselect={false} w={190} {...form.field('side')} />
        <Select label="Role" data={roleChoices} allowDeselect={false} w={120} {...form.field('role')} />
        <Button type="submit" loading={form.busy}>
          Invite
        </Button>
      </Group>
      {form.wrong && (
        <div className="notice bad" role="alert">
          {form.wrong}
        </div>
      )}
      {link && (
        <div className="notice" role="status">
          No mail is configured: send this link yourself. It works once.
          <Group gap="xs" mt={4}>
            <code className="wrap-any" data-invitation-link>
              {link}
            </code>
            <CopyButton value={link}>
              {({ copied, copy }) => (
                <Button size="compact-sm" variant="default" onClick={copy}>
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
          </Group>
        </div>
      )}
    </form>
  );
}
