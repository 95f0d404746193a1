import { Badge, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { session } from '#features/people/contract.ts';
import { get, put, remove } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { useMe } from '#ui/api/session.ts';
import { ago } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { useForm } from './useForm.ts';

type Session = z.output<typeof session>;

/** Who I am here, my password, and where I am signed in. */
export function AccountSettings() {
  const me = useMe();
  return (
    <div className="page-narrow stack">
      <Sheet title="Me" padded>
        <dl className="facts" style={{ margin: 0 }}>
          <dt>Name</dt>
          <dd className="static-value">{me.member.name}</dd>
          <dt>E-mail</dt>
          <dd className="static-value">{me.login.email}</dd>
          <dt>Side and role</dt>
          <dd className="static-value">
            <SideMark side={me.member.side} /> {me.member.role}
          </dd>
          <dt>Teams</dt>
          <dd className="static-value">{me.member.teams.map(({ name }) => name).join(', ') || '–'}</dd>
        </dl>
      </Sheet>
      <ChangePassword />
      <Sessions />
    </div>
  );
}

function ChangePassword() {
  const form = useForm({ current: '', password: '' });
  const change = form.send.bind(null, async (values) => {
    await put('/me/password', values);
    form.set('current')('');
    form.set('password')('');
    tell('Your password is changed. Sessions elsewhere have ended.');
  });
  return (
    <Sheet title="Password" padded>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <Stack gap="sm" maw={380}>
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            required
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
            {...form.field('current')}
          />
          <PasswordInput
            label="New password"
            description="At least 12 characters"
            autoComplete="new-password"
            required
            minLength={12}
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
            {...form.field('password')}
          />
          {form.wrong && (
            <div className="notice bad" role="alert">
              {form.wrong}
            </div>
          )}
          <Group>
            <Button type="submit" variant="default" loading={form.busy}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Sheet>
  );
}

function Sessions() {
  const client = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => get<List<Session>>('/sessions') });
  const end = (id: string): Promise<void> =>
    remove(`/sessions/${id}`).then(() => client.invalidateQueries({ queryKey: ['sessions'] }), tellProblem);
  return (
    <Sheet title="Where I am signed in">
      <Answer of={sessions} what="The sessions" lines={3}>
        {({ items }) =>
          items.map((item) => (
            <div key={item.id} className="row-link">
              <div style={{ flex: 1, minWidth: 0 }}>
                <div className="cut">{deviceOf(item.userAgent)}</div>
                <Text size="xs" c="dimmed">
                  {item.address ?? 'address unknown'} · last seen {ago(item.lastSeenAt)}
                </Text>
              </div>
              {item.current ? (
                <Badge variant="outline">this one</Badge>
              ) : (
                <Button size="compact-sm" variant="default" onClick={() => void end(item.id)}>
                  End
                </Button>
              )}
            </div>
          ))
        }
      </Answer>
    </Sheet>
  );
}

function deviceOf(userAgent: string | null): string {
  if (!userAgent) return 'Unknown device';
  const browser = ['Firefox', 'Edg', 'Chrome', 'Safari'].find((name) => userAgent.includes(name)) ?? 'A browser';
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((name) => userAgent.includes(name)) ?? 'another system';
  return `${browser === 'Edg' ? 'Edge' : browser} on ${system === 'Mac OS' ? 'macOS' : system}`;
}
