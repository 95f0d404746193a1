import { Button, CopyButton, Group, MultiSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { apiToken } from '#features/people/contract.ts';
import { get, post, remove, wordsOf } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { useMe, useRights } from '#ui/api/session.ts';
import { ago, dayOfInstant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { tellProblem } from '#ui/kit/toast.tsx';

type ApiToken = z.output<typeof apiToken>;

export function TokenSettings() {
  const rights = useRights();
  const client = useQueryClient();
  const may = rights.may('apiTokens.read');
  const tokens = useQuery({ queryKey: ['api-tokens'], queryFn: () => get<List<ApiToken>>('/api-tokens'), enabled: may });
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['api-tokens'] });
  if (!may) return <div className="notice">Owners and admins make API tokens.</div>;
  return (
    <div className="page-narrow stack">
      {rights.may('apiTokens.write') && <NewToken onMade={() => void again()} />}
      <Sheet title="API tokens">
        <Answer of={tokens} what="The tokens">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title="No tokens yet">A token lets a program do what its scopes name, as the member who made it.</Empty>
            ) : (
              items.map((token) => (
                <div key={token.id} className="row-link">
                  <div style={{ flex: 1, minWidth: 0 }}>
                    <div className="wrap-any">
                      <strong>{token.name}</strong> <code>{token.prefix}…</code>
                    </div>
                    <Text size="xs" c="dimmed">
                      {token.scopes.join(', ')}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {[
                        `by ${token.member.name}`,
                        token.lastUsedAt ? `used ${ago(token.lastUsedAt)}` : 'never used',
                        token.expiresAt ? `until ${dayOfInstant(token.expiresAt)}` : 'no end',
                        token.revokedAt && `revoked ${dayOfInstant(token.revokedAt)}`,
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </Text>
                  </div>
                  {!token.revokedAt && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`Revoke ${token.name}`}
                      onClick={() => void remove(`/api-tokens/${token.id}`).then(again, tellProblem)}
                    >
                      Revoke
                    </Button>
                  )}
                </div>
              ))
            )
          }
        </Answer>
      </Sheet>
    </div>
  );
}

function NewToken({ onMade }: { onMade(): void }) {
  const me = useMe();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['records.read']);
  const [expiresInDays, setDays] = useState<number | string>(365);
  const [made, setMade] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    try {
      const { token } = await post<{ id: string; token: string }>('/api-tokens', {
        name,
        scopes,
        ...(Number(expiresInDays) > 0 && { expiresInDays: Number(expiresInDays) }),
      });
      setMade(token);
      setName('');
      setWrong(null);
      onMade();
    } catch (error) {
      setWrong(wordsOf(error));
    }
  };
  return (
    <Sheet title="New token" padded>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            label="What it is for"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={200}
          />
          <MultiSelect label="Scopes" data={me.may} value={scopes} onChange={setScopes} searchable style={{ flex: '1 1 240px' }} />
          <NumberInput
            label="Days"
            description="blank: no end"
            value={expiresInDays}
            onChange={setDays}
            min={1}
            max={3650}
            w={110}
            hideControls
          />
          <Button type="submit" disabled={!name || scopes.length === 0}>
            Make
          </Button>
        </Group>
        {wrong && (
          <div className="notice bad" role="alert" style={{ marginTop: 8 }}>
            {wrong}
          </div>
        )}
        {made && (
          <div className="notice" role="status" style={{ marginTop: 8 }}>
            Copy it now: it is shown once and stored only as a hash.
            <Group gap="xs" mt={4}>
              <code className="wrap-any">{made}</code>
              <CopyButton value={made}>
                {({ copied, copy }) => (
                  <Button size="compact-sm" variant="default" onClick={copy}>
                    {copied ? 'Copied' : 'Copy'}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </div>
        )}
      </form>
    </Sheet>
  );
}
