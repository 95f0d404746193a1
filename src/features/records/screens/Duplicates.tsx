import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldsOf } from '#features/records/contract.ts';
import { get, post, remove } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { refreshRecords } from '#ui/api/records.ts';
import { useRights } from '#ui/api/session.ts';
import { textOf } from '#ui/kit/FieldValue.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tell, tellProblem, tellUndoable } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { nameOf, recordPages, type RecordItem } from '#ui/records.ts';

type MergeablePath = 'accounts' | 'contacts';

const reasons: Record<string, string> = { email: 'Same e-mail', phone: 'Same phone', name: 'Same name', domain: 'Same domain' };

interface DuplicateGroup {
  reason: string;
  key: string;
  records: RecordItem[];
}

/** Records that look like the same one, side by side. Nothing is ever merged without somebody saying so. */
export function Duplicates() {
  const [search, change] = useUrlSearch();
  const path: MergeablePath = search['kind'] === 'contacts' ? 'contacts' : 'accounts';
  const groups = useQuery({ queryKey: ['duplicates', path], queryFn: () => get<List<DuplicateGroup>>('/duplicates', { kind: path }) });
  return (
    <Page
      title="Duplicates"
      actions={
        <SegmentedControl
          aria-label="Kind"
          value={path}
          onChange={(kind) => change({ kind })}
          data={[
            { value: 'accounts', label: 'Accounts' },
            { value: 'contacts', label: 'Contacts' },
          ]}
        />
      }
    >
      <Text c="dimmed" mb="md" maw={720}>
        The one you keep takes over contacts, leads, deals and history of the other. Both histories are kept, and a merge can be undone at
        any time on the record’s page.
      </Text>
      <Answer of={groups} what="The duplicates">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={`No ${path} look alike`}>New ones are looked at as they come in.</Empty>
          ) : (
            <div className="stack">
              {items.map((group) => (
                <DuplicateSheet key={`${group.reason} ${group.key}`} path={path} group={group} />
              ))}
            </div>
          )
        }
      </Answer>
    </Page>
  );
}

function DuplicateSheet({ path, group }: { path: MergeablePath; group: DuplicateGroup }) {
  const rights = useRights();
  const [busy, setBusy] = useState(false);
  const fields = fieldsOf[recordPages[path].kind].filter((field) => group.records.some((record) => textOf(field, record) !== '–'));
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    await work().catch(tellProblem);
    setBusy(false);
  };
  const keep = (kept: RecordItem): Promise<void> =>
    run(async () => {
      const others = group.records.filter(({ id }) => id !== kept.id);
      for (const { id } of others) await post(`/${path}/${kept.id}/merges`, { otherId: id });
      await refreshRecords();
      tellUndoable(`Merged into ${nameOf(kept)}.`, async () => {
        for (const { id } of others.reverse()) await remove(`/${path}/${kept.id}/merges/${id}`);
        await refreshRecords();
      });
    });
  const dismiss = (): Promise<void> =>
    run(async () => {
      const [one, ...others] = group.records;
      for (const other of others) await post('/duplicates/dismissals', { kind: path, oneId: one?.id, otherId: other.id });
      await refreshRecords();
      tell('Not the same: they won’t be shown together again.');
    });
  return (
    <Sheet
      title={`${reasons[group.reason] ?? group.reason}: ${group.key}`}
      actions={
        rights.merge && (
          <Button size="compact-sm" variant="default" disabled={busy} onClick={() => void dismiss()}>
            Not the same
          </Button>
        )
      }
    >
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`Compare ${group.key}`}>
        <table className="plain">
          <thead>
            <tr>
              <th>Field</th>
              {group.records.map((record) => (
                <th key={record.id}>
                  <Go href={paths.record(path, record.id)}>{nameOf(record)}</Go>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => {
              const texts = group.records.map((record) => textOf(field, record, true));
              const differ = new Set(texts).size > 1;
              return (
                <tr key={field.name}>
                  <td className="dim">{field.label}</td>
                  {texts.map((text, at) => (
                    <td key={group.records[at]?.id} style={{ fontWeight: differ ? 600 : 400 }} className="wrap-any">
                      {text}
                    </td>
                  ))}
                </tr>
              );
            })}
            {rights.merge && (
              <tr>
                <td />
                {group.records.map((record) => (
                  <td key={record.id}>
                    <Group>
                      <Button
                        size="compact-sm"
                        disabled={busy}
                        onClick={() => void keep(record)}
                        aria-label={`Keep this one, ${nameOf(record)}, and merge the others into it`}
                      >
                        Keep this one
                      </Button>
                    </Group>
                  </td>
                ))}
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </Sheet>
  );
}
