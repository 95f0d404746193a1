import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { GatePage } from './GatePage.tsx';
import { useForm } from './useForm.ts';

export function ForgottenPassword() {
  const form = useForm({ email: '' });
  const [sent, setSent] = useState(false);
  const ask = form.send.bind(null, async (values) => {
    await post('/password-resets', values);
    setSent(true);
  });
  return (
    <GatePage
      title="Forgotten password"
      lead="We send a link that works once. Where no mail is configured, an administrator finds the link in the server’s log."
    >
      {sent ? (
        <Stack>
          <div className="notice" role="status">
            If somebody signs in with that address, a link is on its way to it.
          </div>
          <Go href={paths.signIn()}>Back to signing in</Go>
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void ask();
          }}
        >
          <Stack gap="sm">
            <TextInput label="E-mail" type="email" autoComplete="username" required autoFocus {...form.field('email')} />
            {form.wrong && (
              <div className="notice bad" role="alert">
                {form.wrong}
              </div>
            )}
            <Button type="submit" loading={form.busy}>
              Send the link
            </Button>
            <Go href={paths.signIn()}>Back to signing in</Go>
          </Stack>
        </form>
      )}
    </GatePage>
  );
}
