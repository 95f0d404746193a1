import { Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { Clause } from '#engine/agreement/clause.ts';
import type { agreementSummary } from '#features/agreement/contract.ts';
import { get } from '#ui/api/client.ts';
import { addDays, today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { ClauseFigures } from './ClauseFigures.tsx';
import { CountFrom } from './CountFrom.tsx';
import { type AtItem, decide } from './deciding.ts';

type Summary = z.output<typeof agreementSummary>;

/** A clause in force with other figures, put before both sides; the whole agreement is worked on at its page. */
export function ChangeClause(at: AtItem) {
  const agreement = useQuery({ queryKey: ['agreement', 'summary'], queryFn: ({ signal }) => get<Summary>('/agreement', {}, signal) });
  const [clause, setClause] = useState<Clause | null>(null);
  const [text, setText] = useState('');
  const [from, setFrom] = useState<string | null>(addDays(today(), 7));
  return (
    <FormDialog
      title="Change a clause"
      label={from ? 'Propose it' : 'Draft it'}
      size="lg"
      ready={text.trim() !== '' && clause !== null}
      missing={clause === null ? 'Choose the clause.' : 'Say what was decided.'}
      onClose={at.onClose}
      send={async () => {
        if (clause === null) return;
        await decide(at.meetingId, {
          kind: 'contract',
          itemId: at.itemId,
          text,
          clause: writable(clause),
          ...(from && { effectiveFrom: from }),
        });
        tell(from ? 'Proposed. Both sides sign it on its page.' : 'Drafted. Work on it on its page.');
      }}
    >
      {(reasons) => (
        <Answer of={agreement} what="The agreement" lines={4}>
          {({ inForce }) =>
            inForce === null ? (
              <p className="dim">Nothing is agreed yet: the first agreement is drafted on its own page.</p>
            ) : (
              <>
                <Select
                  label="Clause"
                  placeholder="Which one"
                  searchable
                  value={clause?.key ?? null}
                  data={inForce.content.clauses.map(({ key, title }) => ({ value: key, label: title }))}
                  onChange={(key) => setClause((inForce.content.clauses.find((each) => each.key === key) as Clause | undefined) ?? null)}
                  data-autofocus
                />
                {clause && (
                  <>
                    <p className="dim small-print wrap-any" style={{ margin: 0 }}>
                      In force: {inForce.sentences.find(({ key }) => key === clause.key)?.sentence}
                    </p>
                    <ClauseFigures clause={clause} change={setClause} />
                    <Textarea
                      label="What follows when it is not kept"
                      value={clause.consequence}
                      maxLength={1000}
                      autosize
                      minRows={1}
                      onChange={(event) => setClause({ ...clause, consequence: event.currentTarget.value })}
                    />
                  </>
                )}
                <Textarea
                  label="What was decided"
                  value={text}
                  maxLength={2000}
                  autosize
                  minRows={2}
                  error={reasons['text']}
                  onChange={(event) => setText(event.currentTarget.value)}
                />
                <CountFrom day={from} change={setFrom} error={reasons['effectiveFrom']} />
              </>
            )
          }
        </Answer>
      )}
    </FormDialog>
  );
}

type Written = Extract<Parameters<typeof decide>[1], { kind: 'contract' }>['clause'];
/** As the server takes it: the same, in lists that may be written to. */
const writable = (clause: Clause): Written => structuredClone(clause) as Written;
