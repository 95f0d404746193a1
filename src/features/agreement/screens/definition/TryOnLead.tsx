import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { z } from 'zod';
import type { Rule } from '#engine/rules/rule.ts';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { capitalised } from '#ui/formats.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import type { tried } from '../../contract.ts';

type Tried = z.output<typeof tried>;

/** The rule put to one lead as it stands now: what of it holds, and what was found. */
export function TryOnLead({ rule, unfinished = false }: { rule: Rule; unfinished?: boolean }) {
  const me = useMe();
  const [leadId, setLeadId] = useState<string | null>(null);
  const [asked] = useDebouncedValue(rule, 400);
  const answer = useQuery({
    queryKey: ['agreement', 'trial', leadId, asked],
    queryFn: () => post<Tried>('/definitions/trials', { rule: asked, leadId }),
    enabled: leadId !== null && !unfinished,
    placeholderData: keepPreviousData,
  });
  return (
    <Sheet title="Try it on a lead" padded>
      <FieldInput
        field={{ name: 'leadId', type: 'lead', label: 'A lead' }}
        label="A lead by name"
        value={leadId}
        onChange={setLeadId}
        currency={me.workspace.currency}
        display={answer.data?.lead?.name ?? null}
      />
      {leadId === null ? null : unfinished ? (
        <p className="dim">Finish the rule first.</p>
      ) : (
        <Answer of={answer} what="The trial" lines={4}>
          {(told) => (
            <div aria-live="polite">
              <p className="trial-verdict">
                {told.lead && <Go href={paths.record('leads', told.lead.id)}>{told.lead.name}</Go>}{' '}
                <strong className={told.passed ? 'good' : 'bad'}>{told.passed ? 'meets it' : 'does not meet it'}</strong>
              </p>
              <ul className="examples">
                {told.clauses.map((clause) => (
                  <li key={clause.path}>
                    {clause.met ? (
                      <IconCheck size={16} className="good" aria-label="met:" />
                    ) : (
                      <IconX size={16} className="bad" aria-label="not met:" />
                    )}
                    <span>
                      {capitalised(clause.sentence)}
                      <span className="dim trial-found">{clause.found}</span>
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </Answer>
      )}
    </Sheet>
  );
}
