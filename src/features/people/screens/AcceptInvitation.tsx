import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get, post } from '#ui/api/client.ts';
import { startAfresh, type Me, type Side } from '#ui/api/session.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { GatePage } from './GatePage.tsx';
import { useForm } from './useForm.ts';

interface Invitation {
  workspaceName: string;
  email: string;
  name?: string | null;
  side: Side;
}

export function AcceptInvitation() {
  const token = usePathParam('token');
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => get<Invitation>(`/invitations/${encodeURIComponent(token)}/open`),
    retry: false,
  });
  return (
    <GatePage title="Join your colleagues">
      <Answer of={invitation} what="The invitation">
        {(open) => <Acceptance token={token} invitation={open} />}
      </Answer>
    </GatePage>
  );
}

function Acceptance({ token, invitation }: { token: string; invitation: Invitation }) {
  const go = useGo();
  const form = useForm({ name: invitation.name ?? '', password: '' });
  const accept = form.send.bind(null, async (values) => {
    startAfresh(await post<Me>(`/invitations/${encodeURIComponent(token)}/acceptance`, values));
    go(paths.today(), { replace: true });
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void accept();
      }}
    >
      <Stack gap="sm">
        <div className="notice">
          You join <strong>{invitation.workspaceName}</strong> as {invitation.email}, on the side <SideMark side={invitation.side} />
        </div>
        <TextInput label="Your name" autoComplete="name" required autoFocus {...form.field('name')} />
        <PasswordInput
          label="Password"
          description="At least 12 characters; if you have an account here already, its password"
          autoComplete="new-password"
          required
          visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
          {...form.field('password')}
        />
        {form.wrong && (
          <div className="notice bad" role="alert">
            {form.wrong}
          </div>
        )}
        <Button type="submit" loading={form.busy}>
          Join
        </Button>
      </Stack>
    </form>
  );
}
