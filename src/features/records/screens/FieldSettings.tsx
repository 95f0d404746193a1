import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { customisableKinds } from '#features/records/contract.ts';
import { get, post, remove, wordsOf } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { useRights } from '#ui/api/session.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';

interface CustomField {
  kind: string;
  key: string;
  label: string;
  type: string;
}

const types = ['text', 'number', 'boolean', 'day'];

/** The company's own fields: kept beside the built-in ones on records, in lists, filters and imports. */
export function FieldSettings() {
  const rights = useRights();
  const client = useQueryClient();
  const fields = useQuery({ queryKey: ['custom-fields'], queryFn: () => get<List<CustomField>>('/custom-fields') });
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['custom-fields'] });
  return (
    <div className="page-narrow stack">
      <Sheet title="Custom fields">
        <Answer of={fields} what="The fields">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No fields of your own yet">An import makes them too, for columns that have no place of their own.</Empty>
            ) : (
              <div className="table-scroll" tabIndex={0} role="region" aria-label="Custom fields">
                <table className="plain">
                  <thead>
                    <tr>
                      <th>Of</th>
                      <th>Label</th>
                      <th>Key in the API</th>
                      <th>Type</th>
                      <th />
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((field) => (
                      <tr key={`${field.kind} ${field.key}`}>
                        <td>{field.kind}</td>
                        <td>{field.label}</td>
                        <td>
                          <code>custom.{field.key}</code>
                        </td>
                        <td>{field.type}</td>
                        <td className="end">
                          {rights.may('customFields.write') && (
                            <Button
                              size="compact-sm"
                              variant="default"
                              aria-label={`Remove ${field.label}`}
                              onClick={() => void remove(`/custom-fields/${field.kind}/${field.key}`).then(again, tellProblem)}
                            >
                              Remove
                            </Button>
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Answer>
      </Sheet>
      {rights.may('customFields.write') && <NewField onMade={() => void again()} />}
    </div>
  );
}

function NewField({ onMade }: { onMade(): void }) {
  const [kind, setKind] = useState('lead');
  const [label, setLabel] = useState('');
  const [type, setType] = useState('text');
  const [wrong, setWrong] = useState<string | null>(null);
  const words = label
    .trim()
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean);
  const key = words
    .map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
    .join('')
    .replace(/^[^a-z]+/, '');
  const make = (): Promise<void> =>
    post('/custom-fields', { kind, key, label, type }).then(
      () => {
        setLabel('');
        setWrong(null);
        onMade();
      },
      (error: unknown) => setWrong(wordsOf(error)),
    );
  return (
    <Sheet title="New field" padded>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Group align="flex-end" gap="sm">
          <Select
            label="Of"
            data={[...customisableKinds]}
            value={kind}
            onChange={(chosen) => setKind(chosen ?? 'lead')}
            allowDeselect={false}
            w={130}
          />
          <TextInput label="Label" required value={label} onChange={(event) => setLabel(event.currentTarget.value)} maxLength={80} />
          <Select label="Type" data={types} value={type} onChange={(chosen) => setType(chosen ?? 'text')} allowDeselect={false} w={130} />
          <Button type="submit" disabled={!key}>
            Add
          </Button>
        </Group>
        {key && (
          <Text size="xs" c="dimmed" mt={6}>
            In the API: <code>custom.{key}</code>
          </Text>
        )}
        {wrong && (
          <div className="notice bad" role="alert" style={{ marginTop: 8 }}>
            {wrong}
          </div>
        )}
      </form>
    </Sheet>
  );
}
