import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get, post } from '#ui/api/client.ts';
import { startAfresh, type Me } from '#ui/api/session.ts';
import { Go, useGo } from '#ui/kit/Go.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { paths } from '#ui/paths.ts';
import { GatePage } from './GatePage.tsx';
import { useForm } from './useForm.ts';

/** Only a path of ours: nobody is sent elsewhere after signing in. */
const own = (next: string | undefined): string => (next && /^\/(?![/\\])/.test(next) ? next : paths.today());

export function SignIn() {
  const go = useGo();
  const [search] = useUrlSearch();
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => get<{ firstRun: boolean }>('/setup') });
  const form = useForm({ email: '', password: '' });
  useEffect(() => {
    if (setup.data?.firstRun) go(paths.setUp(), { replace: true });
  }, [setup.data, go]);
  const enter = form.send.bind(null, async (values) => {
    startAfresh(await post<Me>('/session', values));
    go(own(search['next']), { replace: true });
  });
  return (
    <GatePage title="Sign in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <Stack gap="sm" mt="md">
          <TextInput label="E-mail" type="email" autoComplete="username" required autoFocus {...form.field('email')} />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
            {...form.field('password')}
          />
          {form.wrong && (
            <div className="notice bad" role="alert">
              {form.wrong}
            </div>
          )}
          <Button type="submit" loading={form.busy} mt="xs">
            Sign in
          </Button>
          <Go href={paths.forgotten()}>Forgotten your password?</Go>
        </Stack>
      </form>
    </GatePage>
  );
}
