import { Group, SegmentedControl, SimpleGrid, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RoutingContent, RoutingTried } from '#features/handoff/contract.ts';
import { type Field, leadFields } from '#features/records/contract.ts';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { FieldInput } from '#ui/kit/FieldInput.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';

interface RoutingTrialProps {
  /** The routing under edit; null: the one in force. */
  content: RoutingContent | null;
  unfinished: boolean;
}

const known: Field = { name: 'leadId', type: 'lead', label: 'A lead by name' };
const moment: Field = { name: 'at', type: 'instant', label: 'When (now unless said)' };
const stated = ['country', 'segment', 'origin', 'channel', 'email', 'accountId', 'campaignId'].map(
  (name): Field => leadFields.find((field) => field.name === name)!,
);

/** Where would this lead go? Of a lead on record, or one made up; with what is on screen, saved or not. */
export function RoutingTrial({ content, unfinished }: RoutingTrialProps) {
  const { currency } = useMe().workspace;
  const [kind, setKind] = useState<'known' | 'stated'>('known');
  const [leadId, setLeadId] = useState<string | null>(null);
  const [sets, setSets] = useState<Record<string, string>>({});
  const [at, setAt] = useState<string | null>(null);
  const said = kind === 'known' ? leadId !== null : Object.keys(sets).length > 0;
  const lead = kind === 'known' ? { leadId } : { sets };
  const [asked] = useDebouncedValue(said ? { ...lead, ...(content && { content }), ...(at && { at }) } : null, 400);
  const answer = useQuery({
    queryKey: ['routing', 'trial', asked],
    queryFn: () => post<RoutingTried>('/routing/trials', asked),
    enabled: asked !== null && said && !unfinished,
    placeholderData: keepPreviousData,
  });
  return (
    <Sheet title="Where would this lead go?" padded>
      <Stack gap="sm">
        <Group gap="sm">
          <SegmentedControl
            aria-label="Which lead"
            value={kind}
            onChange={(chosen) => setKind(chosen as typeof kind)}
            data={[
              { value: 'known', label: 'A lead on record' },
              { value: 'stated', label: 'One that is made up' },
            ]}
          />
          {content && <span className="dim">With your changes, not saved yet.</span>}
        </Group>
        <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} spacing="sm">
          {kind === 'known' ? (
            <FieldInput field={known} label={known.label} value={leadId} onChange={setLeadId} currency={currency} />
          ) : (
            stated.map((field) => (
              <FieldInput
                key={field.name}
                field={field}
                label={field.label}
                value={sets[field.name] ?? null}
                onChange={(value) =>
                  setSets(({ [field.name]: _, ...others }) => (value === null ? others : { ...others, [field.name]: value }))
                }
                currency={currency}
              />
            ))
          )}
          <FieldInput field={moment} label={moment.label} value={at} onChange={setAt} currency={currency} />
        </SimpleGrid>
        {!said ? (
          <p className="dim">Nothing is changed by asking.</p>
        ) : unfinished ? (
          <p className="dim">Finish the rules first.</p>
        ) : (
          <Answer of={answer} what="The trial" lines={3}>
            {(tried) => <Verdict tried={tried} />}
          </Answer>
        )}
      </Stack>
    </Sheet>
  );
}

function Verdict({ tried }: { tried: RoutingTried }) {
  return (
    <div aria-live="polite">
      <p style={{ fontSize: '1.125rem', margin: '4px 0' }}>
        {tried.member ? (
          <>
            To <strong>{tried.member.name}</strong>
            {tried.team && ` of ${tried.team.name}`}
          </>
        ) : (
          <>
            To nobody yet: <strong>{tried.team ? `the queue of ${tried.team.name}` : 'the open queue'}</strong>
          </>
        )}
      </p>
      <ol className="wrap-any" style={{ margin: 0, paddingLeft: 22 }}>
        {tried.why.map((reason, at) => (
          <li key={at}>{reason}</li>
        ))}
      </ol>
    </div>
  );
}
