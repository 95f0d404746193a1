import { ActionIcon, Group, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { stateWords } from '#engine/handoff/states.ts';
import type { HandoffDetail } from '#features/handoff/contract.ts';
import { useRecord } from '#ui/api/records.ts';
import { day, instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { nameOf, type RecordItem } from '#ui/records.ts';
import { Dialogs } from './Dialogs.tsx';
import { HandoffActions } from './HandoffActions.tsx';
import { HandoffClocks } from './HandoffClocks.tsx';
import { HandoffContext } from './HandoffContext.tsx';
import { HandoffHistory } from './HandoffHistory.tsx';
import { type Asked, useActions } from './useActions.ts';
import { useHandoff } from './useHandoff.ts';

interface PanelProps {
  leadId: string;
  /** In the inbox: who the lead is stands above, and a way back on phones. */
  heading?: boolean;
  asked: Asked | null;
  setAsked(asked: Asked | null): void;
  onBack?(): void;
}

/** Where a lead stands between the sides: its clock, why it qualified, why it came to this rep, and what can be done. */
export function HandoffPanel({ leadId, heading = false, asked, setAsked, onBack }: PanelProps) {
  const detail = useHandoff(leadId);
  const act = useActions(leadId, setAsked);
  const lead = useRecord('leads', leadId).data;
  const name = lead ? nameOf(lead) : 'this lead';
  return (
    <div className="stack inbox-panel">
      {heading && <Who leadId={leadId} lead={lead} onBack={onBack} />}
      <Answer of={detail} what="The hand-off" lines={8}>
        {(handoff) =>
          handoff.state === null ? (
            <Sheet title="Hand-off" padded>
              <Text size="sm" c="dimmed">
                Not passed to sales: no clock runs.{' '}
                {handoff.judgement ? '' : 'Once it meets the signed definition of an MQL, it is routed to a rep.'}
              </Text>
              <HandoffActions handoff={handoff} act={act} />
            </Sheet>
          ) : (
            <Known handoff={handoff} until={lead?.['recycledUntil']} act={act} />
          )
        }
      </Answer>
      {detail.data && asked && <Dialogs asked={asked} handoff={detail.data} name={name} onClose={() => setAsked(null)} />}
    </div>
  );
}

function Known({ handoff, until, act }: { handoff: HandoffDetail; until: unknown; act(verb: string): void }) {
  const state = stateWords[handoff.state!];
  const rests = handoff.state === 'recycled' && typeof until === 'string';
  return (
    <>
      <Sheet
        title={
          <>
            Hand-off: {state.label.toLowerCase()}
            {handoff.owner && (
              <Text component="span" size="sm" c="dimmed" fw={400}>
                {' '}
                with {handoff.owner.name}
              </Text>
            )}
          </>
        }
        padded
      >
        <Text size="sm" c="dimmed">
          {[
            rests ? `Back to nurture until ${day(until)}.` : state.about,
            handoff.mqlAt && `Passed ${instant(handoff.mqlAt)}${handoff.campaign ? ` from “${handoff.campaign.name}”` : ''}.`,
            handoff.marketer && `${handoff.marketer.name} is on it in marketing.`,
          ]
            .filter(Boolean)
            .join(' ')}
        </Text>
        <HandoffActions handoff={handoff} act={act} />
        <HandoffClocks clocks={handoff.clocks} />
      </Sheet>
      <HandoffContext handoff={handoff} />
      <HandoffHistory handoff={handoff} />
    </>
  );
}

function Who({ leadId, lead, onBack }: { leadId: string; lead: RecordItem | undefined; onBack: (() => void) | undefined }) {
  const text = (name: string): string | null => (typeof lead?.[name] === 'string' ? (lead[name] as string) : null);
  const [email, phone] = [text('email'), text('phone')];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <ActionIcon variant="default" size={36} aria-label="Back to the list" className="phone-only" onClick={onBack}>
        <IconArrowLeft size={18} />
      </ActionIcon>
      <div style={{ minWidth: 0 }}>
        <h2 className="wrap-any" style={{ margin: 0 }}>
          <Go href={paths.record('leads', leadId)}>{lead ? nameOf(lead) : '…'}</Go>
        </h2>
        <Text size="sm" c="dimmed" className="wrap-any">
          {[text('title'), text('company'), text('country')].filter(Boolean).join(' · ')}
        </Text>
        <div className="ways">
          {email && (
            <a className="go wrap-any" href={`mailto:${encodeURIComponent(email)}`}>
              {email}
            </a>
          )}
          {phone && (
            <a className="go" href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
              {phone}
            </a>
          )}
        </div>
      </div>
    </Group>
  );
}

/** The same on the lead's own page, with its own dialogs. */
export function LeadHandoff({ leadId }: { leadId: string }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  return <HandoffPanel leadId={leadId} asked={asked} setAsked={setAsked} />;
}
