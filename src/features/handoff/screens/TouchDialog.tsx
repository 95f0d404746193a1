import { Group, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { instantOfLocal, localOfInstant } from '#ui/formats.ts';
import { VerbDialog } from './Dialogs.tsx';
import { refreshHandoff } from './useHandoff.ts';

const kinds = [
  { value: 'call', label: 'Call' },
  { value: 'email', label: 'E-mail' },
  { value: 'meeting', label: 'Meeting' },
  { value: 'message', label: 'Message' },
  { value: 'social', label: 'Social' },
];
const outcomes: Record<string, readonly string[]> = {
  call: ['Connected', 'No answer', 'Voicemail'],
  email: ['Sent', 'Replied'],
  meeting: ['Held', 'No show'],
  message: ['Sent', 'Replied'],
  social: ['Sent', 'Replied'],
};

/** What a rep did: the evidence that stops a clock. Late entries count from when it happened. */
export function TouchDialog({ leadId, name, onClose }: { leadId: string; name: string; onClose(): void }) {
  const me = useMe();
  const [kind, setKind] = useState('call');
  const [outcome, setOutcome] = useState<string | null>('No answer');
  const [now] = useState(() => new Date().toISOString());
  const [at, setAt] = useState(localOfInstant(now));
  const [subject, setSubject] = useState('');
  const send = async (): Promise<void> => {
    await post('/touches', {
      leadId,
      memberId: me.member.id,
      side: me.member.side === 'marketing' ? 'marketing' : 'sales',
      kind,
      direction: outcome === 'Replied' ? 'in' : 'out',
      automated: false,
      // Left as it is it means now, to the second: the full minute may lie before the clock began, and would be no evidence.
      occurredAt: at === localOfInstant(now) ? now : instantOfLocal(at),
      ...(outcome && { outcome }),
      ...(subject.trim() && { subject: subject.trim() }),
    });
    refreshHandoff();
  };
  return (
    <VerbDialog title={`Log a call or mail with ${name}`} label="Log" said="Logged." ready={at !== ''} onClose={onClose} send={send}>
      <Group grow>
        <Select
          label="What"
          data={kinds}
          value={kind}
          onChange={(value) => {
            setKind(value ?? 'call');
            setOutcome(outcomes[value ?? 'call']?.[0] ?? null);
          }}
          allowDeselect={false}
          data-autofocus
        />
        <Select label="Outcome" data={[...(outcomes[kind] ?? [])]} value={outcome} onChange={setOutcome} clearable />
      </Group>
      <TextInput
        type="datetime-local"
        label="When"
        description="When it happened, not when you log it: the clock counts by that."
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <Textarea label="Note" value={subject} onChange={(event) => setSubject(event.currentTarget.value)} autosize minRows={2} />
    </VerbDialog>
  );
}
