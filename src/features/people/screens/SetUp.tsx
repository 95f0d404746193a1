import { Button, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { get, post } from '#ui/api/client.ts';
import { startAfresh, type Me } from '#ui/api/session.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { currencies, likelyCurrency, ownTimeZone, sideChoices, timeZones } from './choices.ts';
import { GatePage } from './GatePage.tsx';
import { useForm } from './useForm.ts';

/** The very first page of a fresh installation: who you are and which company this is. */
export function SetUp() {
  const go = useGo();
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => get<{ firstRun: boolean }>('/setup') });
  const done = useRef(false);
  const zones = useMemo(timeZones, []);
  const codes = useMemo(currencies, []);
  const form = useForm({
    name: '',
    email: '',
    password: '',
    workspaceName: '',
    side: 'leadership',
    timeZone: ownTimeZone(),
    currency: likelyCurrency(ownTimeZone()),
  });
  useEffect(() => {
    if (setup.data && !setup.data.firstRun && !done.current) go(paths.signIn(), { replace: true });
  }, [setup.data, go]);
  const create = form.send.bind(null, async (values) => {
    const me = await post<Me>('/setup', values);
    done.current = true; // from here on it is no first run any more, and that is no reason to be sent away
    startAfresh(me);
    go(paths.welcome());
  });
  return (
    <GatePage title="Set up Accord" lead="You become the owner of this installation. Everything stays on this machine.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Stack gap="sm">
          <TextInput label="Your name" autoComplete="name" required autoFocus {...form.field('name')} />
          <TextInput label="E-mail" type="email" autoComplete="username" required {...form.field('email')} />
          <PasswordInput
            label="Password"
            description="At least 12 characters"
            autoComplete="new-password"
            required
            minLength={12}
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
            {...form.field('password')}
          />
          <TextInput label="Company" autoComplete="organization" required {...form.field('workspaceName')} />
          <Select label="Your side" data={sideChoices} allowDeselect={false} {...form.field('side')} />
          <Select
            label="Time zone"
            description="Days and deadlines are counted in it"
            data={zones}
            searchable
            allowDeselect={false}
            limit={100}
            {...form.field('timeZone')}
          />
          <Select label="Currency" data={codes} searchable allowDeselect={false} limit={200} {...form.field('currency')} />
          {form.wrong && (
            <div className="notice bad" role="alert">
              {form.wrong}
            </div>
          )}
          <Button type="submit" loading={form.busy} mt="xs">
            Set up
          </Button>
        </Stack>
      </form>
    </GatePage>
  );
}
