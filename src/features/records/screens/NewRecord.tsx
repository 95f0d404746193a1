import { Button, Drawer, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { fieldsOf, type Field } from '#features/records/contract.ts';
import { fieldReasons, post, wordsOf } from '#ui/api/client.ts';
import { refreshRecords } from '#ui/api/records.ts';
import { useMe } from '#ui/api/session.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import type { RecordPage } from '#ui/records.ts';

const asked: Record<string, readonly string[]> = {
  lead: ['name', 'company', 'email', 'phone', 'title', 'country', 'origin', 'channel', 'segment', 'campaignId', 'accountId', 'ownerId'],
  account: ['name', 'domain', 'industry', 'segment', 'country', 'city', 'employees', 'ownerId'],
  contact: ['fullName', 'email', 'phone', 'title', 'accountId', 'country', 'ownerId'],
  deal: ['name', 'accountId', 'leadId', 'status', 'stage', 'amount', 'expectedCloseOn', 'campaignId', 'ownerId'],
  campaign: ['name', 'channel', 'type', 'status', 'startsOn', 'endsOn', 'budget', 'ownerId'],
};

export function NewRecord({ page, onClose }: { page: RecordPage; onClose(): void }) {
  const me = useMe();
  const go = useGo();
  const fields = (asked[page.kind] ?? [])
    .map((name) => fieldsOf[page.kind].find((field) => field.name === name))
    .filter((field): field is Field => field !== undefined);
  const [values, setValues] = useState<Record<string, string | null>>(page.kind === 'deal' ? { status: 'open' } : {});
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const create = async (): Promise<void> => {
    setBusy(true);
    try {
      const sets = Object.fromEntries(
        Object.entries(values)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => [name, typed(fields, name, value)]),
      );
      if (sets['amount'] || sets['budget']) sets['currency'] = me.workspace.currency;
      if (['lead', 'deal', 'account', 'contact'].includes(page.kind)) sets['openedAt'] = new Date().toISOString();
      const record = await post<{ id: string }>(`/${page.path}`, sets);
      void refreshRecords();
      go(paths.record(page.path, record.id));
    } catch (error) {
      setReasons(fieldReasons(error));
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer opened onClose={onClose} title={`New ${page.one}`} position="right">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <Stack gap="sm">
          {fields.map((field, at) => (
            <FieldInput
              key={field.name}
              field={field}
              label={field.label + (field.required ? ' *' : '')}
              value={values[field.name] ?? null}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
              currency={me.workspace.currency}
              error={reasons[field.name]}
              autoFocus={at === 0}
            />
          ))}
          {wrong && (
            <div className="notice bad" role="alert">
              {wrong}
            </div>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={busy}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}

function typed(fields: readonly Field[], name: string, value: string | null): string | number | boolean | null {
  const type = fields.find((field) => field.name === name)?.type;
  return type === 'integer' ? Number(value) : type === 'boolean' ? value === 'true' : value;
}
