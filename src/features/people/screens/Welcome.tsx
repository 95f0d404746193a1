import { Button, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconBuildingStore, IconFileImport, IconPencil, IconRoute } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { post } from '#ui/api/client.ts';
import { Problem } from '#ui/api/client.ts';
import { startAfresh, useMaybeMe, type Me } from '#ui/api/session.ts';
import { useGo } from '#ui/kit/Go.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { currencies, likelyCurrency, ownTimeZone, timeZones } from './choices.ts';
import { GatePage } from './GatePage.tsx';
import { useForm } from './useForm.ts';

/** What to begin with: the sample company, one's own data, or nothing. */
export function Welcome() {
  const me = useMaybeMe();
  const go = useGo();
  const [search] = useUrlSearch();
  const signedOut = me.error instanceof Problem && me.error.status === 401;
  useEffect(() => {
    if (signedOut) go(paths.signIn(), { replace: true });
  }, [signedOut, go]);
  return (
    <Answer of={me}>
      {(known) => (known.workspace && !search['new'] ? <Choice workspace={known.workspace.name} /> : <NewWorkspace />)}
    </Answer>
  );
}

function Choice({ workspace }: { workspace: string }) {
  const go = useGo();
  const [busy, setBusy] = useState(false);
  const openSample = async (): Promise<void> => {
    setBusy(true);
    try {
      const { importId } = await post<{ importId: string }>('/sample-company');
      go(paths.opening(importId));
    } catch (error) {
      tellProblem(error);
      setBusy(false);
    }
  };
  return (
    <GatePage
      wide
      title={`What should ${workspace} begin with?`}
      lead="Each can be undone: an import is taken back as a whole, the sample company too."
    >
      <div className="choices">
        <button type="button" className="choice" disabled={busy} onClick={() => void openSample()}>
          <IconBuildingStore size={26} aria-hidden />
          <Title order={2}>Open the sample company</Title>
          <Text size="sm" c="dimmed">
            A made-up company with a year of leads, deals and campaigns of both sides. Look at every page with something in it, then remove
            it in Import.
          </Text>
        </button>
        <button type="button" className="choice" onClick={() => go(paths.rolloutStart())}>
          <IconRoute size={26} aria-hidden />
          <Title order={2}>Begin step by step</Title>
          <Text size="sm" c="dimmed">
            Your first afternoon: one number, what both sides think, your data, its baseline, and the first definition. Five tasks, about an
            hour and a half.
          </Text>
        </button>
        <button type="button" className="choice" onClick={() => go(paths.imports())}>
          <IconFileImport size={26} aria-hidden />
          <Title order={2}>Import my data</Title>
          <Text size="sm" c="dimmed">
            CSV or Excel files as your CRM exports them. You see what would happen before anything is written.
          </Text>
        </button>
        <button type="button" className="choice" onClick={() => go(paths.today())}>
          <IconPencil size={26} aria-hidden />
          <Title order={2}>Start empty</Title>
          <Text size="sm" c="dimmed">
            Nothing in it yet. Add records by hand or through the API, invite colleagues, import later.
          </Text>
        </button>
      </div>
    </GatePage>
  );
}

function NewWorkspace() {
  const go = useGo();
  const zones = useMemo(timeZones, []);
  const codes = useMemo(currencies, []);
  const form = useForm({ name: '', timeZone: ownTimeZone(), currency: likelyCurrency(ownTimeZone()) });
  const create = form.send.bind(null, async (values) => {
    startAfresh(await post<Me>('/workspaces', values));
    go(paths.welcome(), { replace: true });
  });
  return (
    <GatePage title="New workspace" lead="One company is one workspace; nothing is shared between two.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Stack gap="sm">
          <TextInput label="Company" required autoFocus {...form.field('name')} />
          <Select label="Time zone" data={zones} searchable allowDeselect={false} limit={100} {...form.field('timeZone')} />
          <Select label="Currency" data={codes} searchable allowDeselect={false} limit={200} {...form.field('currency')} />
          {form.wrong && (
            <div className="notice bad" role="alert">
              {form.wrong}
            </div>
          )}
          <Button type="submit" loading={form.busy}>
            Create
          </Button>
        </Stack>
      </form>
    </GatePage>
  );
}
