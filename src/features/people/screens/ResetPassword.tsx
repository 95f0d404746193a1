import { Button, PasswordInput, Stack } from '@mantine/core';
import { put } from '#ui/api/client.ts';
import { Go, useGo } from '#ui/kit/Go.tsx';
import { usePathParam } from '#ui/kit/search.ts';
import { tell } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { GatePage } from './GatePage.tsx';
import { useForm } from './useForm.ts';

export function ResetPassword() {
  const token = usePathParam('token');
  const go = useGo();
  const form = useForm({ password: '' });
  const change = form.send.bind(null, async (values) => {
    await put(`/password-resets/${encodeURIComponent(token)}`, values);
    tell('Your password is changed. Sign in with it.');
    go(paths.signIn(), { replace: true });
  });
  return (
    <GatePage title="Choose a new password" lead="Every session you have elsewhere ends.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label="New password"
            description="At least 12 characters"
            autoComplete="new-password"
            required
            minLength={12}
            autoFocus
            visibilityToggleButtonProps={{ 'aria-label': 'Show password' }}
            {...form.field('password')}
          />
          {form.wrong && (
            <div className="notice bad" role="alert">
              {form.wrong} <Go href={paths.forgotten()}>Ask for a new link</Go>
            </div>
          )}
          <Button type="submit" loading={form.busy}>
            Change password
          </Button>
        </Stack>
      </form>
    </GatePage>
  );
}
