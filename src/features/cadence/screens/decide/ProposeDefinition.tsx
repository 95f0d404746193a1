import { Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Term } from '#features/agreement/contract.ts';
import { get } from '#ui/api/client.ts';
import type { List } from '#ui/api/queries.ts';
import { addDays, today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { CountFrom } from './CountFrom.tsx';
import { type AtItem, decide } from './deciding.ts';

/** Another wording of a term. Its rule stays as in force; a draft’s rule is worked on at its page. */
export function ProposeDefinition({ meetingId, itemId, onClose }: AtItem) {
  const terms = useQuery({ queryKey: ['agreement', 'terms'], queryFn: ({ signal }) => get<List<Term>>('/terms', {}, signal) });
  const [term, setTerm] = useState('mql');
  const [text, setText] = useState('');
  const [wording, setWording] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(addDays(today(), 7));
  const known = terms.data?.items.find(({ key }) => key === term);
  const words = wording ?? known?.inForce?.text ?? '';
  return (
    <FormDialog
      title="Change a definition"
      label={from ? 'Propose it' : 'Draft it'}
      size="lg"
      ready={text.trim() !== '' && known !== undefined}
      missing="Say what was decided."
      onClose={onClose}
      send={async () => {
        await decide(meetingId, {
          ...{ kind: 'definition', itemId, term, text },
          ...(words.trim() !== '' && { wording: words }),
          ...(from && { effectiveFrom: from }),
        });
        tell(from ? 'Proposed. Both sides sign it on its page.' : 'Drafted. Work on it on its page.');
      }}
    >
      {(reasons) => (
        <Answer of={terms} what="The terms" lines={4}>
          {({ items }) => (
            <>
              <Select
                label="Term"
                allowDeselect={false}
                value={term}
                data={items.map(({ key, name }) => ({ value: key, label: name }))}
                onChange={(key) => {
                  if (!key) return;
                  setTerm(key);
                  setWording(null);
                }}
              />
              {known?.inForce && (
                <p className="dim small-print wrap-any" style={{ margin: 0 }}>
                  Its rule in force, which stays: {known.inForce.sentence}
                </p>
              )}
              <Textarea
                label="What was decided"
                value={text}
                maxLength={2000}
                autosize
                minRows={2}
                error={reasons['text']}
                onChange={(event) => setText(event.currentTarget.value)}
                data-autofocus
              />
              <Textarea
                label="How it reads from then on"
                value={words}
                maxLength={5000}
                autosize
                minRows={3}
                maxRows={10}
                error={reasons['wording']}
                onChange={(event) => setWording(event.currentTarget.value)}
              />
              <CountFrom day={from} change={setFrom} error={reasons['effectiveFrom']} />
            </>
          )}
        </Answer>
      )}
    </FormDialog>
  );
}
