import { Checkbox, MultiSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { useMembers, useTeams } from '#ui/api/members.ts';
import { addDays, today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing } from '../asking.ts';

/** To whom, what, and whether it is to be acknowledged by a day. */
export function AnnounceDialog({ onClose }: { onClose(): void }) {
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [to, setTo] = useState<string[]>([]);
  const [asks, setAsks] = useState(true);
  const [by, setBy] = useState(addDays(today(), 7));
  return (
    <FormDialog
      title="Announce something"
      label="Announce"
      size="lg"
      ready={title.trim() !== '' && text.trim() !== '' && (!asks || by === '' || by >= today())}
      missing="It needs a title and what there is to know."
      onClose={onClose}
      send={async () => {
        await doing(
          'announcements',
          post('/announcements', {
            title,
            text,
            audience: audienceOf(to),
            needsAcknowledgement: asks,
            acknowledgeBy: asks && by !== '' ? by : null,
          }),
        );
        tell('Announced.');
      }}
    >
      {(reasons) => (
        <>
          <TextInput
            label="Title"
            value={title}
            maxLength={200}
            error={reasons['title']}
            onChange={(event) => setTitle(event.currentTarget.value)}
            data-autofocus
          />
          <Textarea
            label="What there is to know"
            value={text}
            maxLength={5000}
            autosize
            minRows={4}
            maxRows={14}
            error={reasons['text']}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Audience value={to} onChange={setTo} error={reasons['audience']} />
          <Checkbox
            label="Everybody is asked to acknowledge it"
            checked={asks}
            onChange={(event) => setAsks(event.currentTarget.checked)}
          />
          {asks && (
            <TextInput
              type="date"
              label="By (may be left out)"
              value={by}
              min={today()}
              error={reasons['acknowledgeBy']}
              onChange={(event) => setBy(event.currentTarget.value)}
              w={180}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}

/** Sides, teams and people in one field: `side:marketing`, `team:…`, `member:…`. */
function Audience({ value, onChange, error }: { value: string[]; onChange(value: string[]): void; error: string | undefined }) {
  const teams = useTeams().data?.items ?? [];
  const members = useMembers().data?.items ?? [];
  return (
    <MultiSelect
      label="To whom"
      description="Nobody named: everybody. It goes to those who are at work now."
      {...(value.length === 0 && { placeholder: 'Everybody' })}
      searchable
      value={value}
      onChange={onChange}
      error={error}
      data={[
        {
          group: 'Sides',
          items: [
            { value: 'side:marketing', label: 'Marketing' },
            { value: 'side:sales', label: 'Sales' },
            { value: 'side:leadership', label: 'Leadership' },
          ],
        },
        { group: 'Teams', items: teams.map(({ id, name }) => ({ value: `team:${id}`, label: name })) },
        { group: 'People', items: members.map(({ id, name }) => ({ value: `member:${id}`, label: name })) },
      ]}
    />
  );
}

function audienceOf(to: readonly string[]) {
  const of = (kind: string): string[] => to.flatMap((each) => (each.startsWith(`${kind}:`) ? [each.slice(kind.length + 1)] : []));
  return { sides: of('side'), teams: of('team'), members: of('member') };
}
