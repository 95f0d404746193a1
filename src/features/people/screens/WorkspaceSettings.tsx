import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { patch } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';
import { useMe, useRights } from '#ui/api/session.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { currencies, timeZones } from './choices.ts';
import { useForm } from './useForm.ts';

export function WorkspaceSettings() {
  const { workspace } = useMe();
  const locked = !useRights().may('workspace.write');
  const zones = useMemo(timeZones, []);
  const codes = useMemo(currencies, []);
  const form = useForm({
    name: workspace.name,
    timeZone: workspace.timeZone,
    currency: workspace.currency,
    country: workspace.country ?? '',
  });
  const save = form.send.bind(null, async ({ country, ...values }) => {
    await patch('/workspace', { ...values, country: country.toUpperCase() || null });
    await queries.invalidateQueries();
    tell('Workspace saved.');
  });
  return (
    <div className="page-narrow">
      <Sheet title="Workspace" padded>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Stack gap="sm" maw={420}>
            <TextInput label="Company" required disabled={locked} {...form.field('name')} />
            <Select
              label="Time zone"
              description="Days, months and deadlines are counted in it"
              data={zones}
              searchable
              allowDeselect={false}
              limit={100}
              disabled={locked}
              {...form.field('timeZone')}
            />
            <Select
              label="Currency"
              description="Amounts in others are kept as they are and never added to it"
              data={codes}
              searchable
              allowDeselect={false}
              limit={200}
              disabled={locked}
              {...form.field('currency')}
            />
            <TextInput
              label="Country"
              description="Two letters of ISO 3166: telephone numbers without a prefix are read as of this country"
              maxLength={2}
              w={220}
              disabled={locked}
              {...form.field('country')}
            />
            {form.wrong && (
              <div className="notice bad" role="alert">
                {form.wrong}
              </div>
            )}
            {locked ? (
              <div className="notice">Owners and admins change these.</div>
            ) : (
              <Group>
                <Button type="submit" loading={form.busy}>
                  Save
                </Button>
              </Group>
            )}
          </Stack>
        </form>
      </Sheet>
    </div>
  );
}
