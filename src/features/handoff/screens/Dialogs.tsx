import { Button, Checkbox, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { HandoffDetail } from '#features/handoff/contract.ts';
import { wordsOf } from '#ui/api/client.ts';
import { useMembers } from '#ui/api/members.ts';
import { addDays, today } from '#ui/formats.ts';
import { tell } from '#ui/kit/toast.tsx';
import { RejectDialog } from './RejectDialog.tsx';
import { TouchDialog } from './TouchDialog.tsx';
import type { Asked } from './useActions.ts';
import { move } from './useHandoff.ts';

interface DialogProps {
  handoff: HandoffDetail;
  /** The lead's: with keys it is soon done to another than one thought. */
  name: string;
  onClose(): void;
}

export function Dialogs({ asked, ...props }: DialogProps & { asked: Asked }) {
  switch (asked) {
    case 'reject':
      return <RejectDialog {...props} />;
    case 'touch':
      return <TouchDialog leadId={props.handoff.leadId} name={props.name} onClose={props.onClose} />;
    case 'recycle':
      return <RecycleDialog {...props} />;
    case 'disqualify':
      return <DisqualifyDialog {...props} />;
    case 'qualify':
      return <QualifyDialog {...props} />;
    case 'reassign':
      return <ReassignDialog {...props} />;
  }
}

interface FormProps {
  title: string;
  label: string;
  ready: boolean;
  said: string;
  onClose(): void;
  send(): Promise<void>;
  children: ReactNode;
}

/** A dialog that sends once, says what the server refuses where it was typed, and closes when done. */
export function VerbDialog({ title, label, ready, said, onClose, send, children }: FormProps) {
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setWrong(null);
    try {
      await send();
      tell(said);
      onClose();
    } catch (error) {
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void submit();
        }}
      >
        <Stack gap="sm">
          {children}
          {wrong && (
            <div className="notice bad" role="alert">
              {wrong}
            </div>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={!ready}>
              {label}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function RecycleDialog({ handoff, name, onClose }: DialogProps) {
  const [until, setUntil] = useState(addDays(today(), 90));
  const [reason, setReason] = useState('');
  return (
    <VerbDialog
      title={`Recycle ${name}`}
      label="Recycle"
      said="Recycled: marketing has it until then."
      ready={until > today() && reason.trim() !== ''}
      onClose={onClose}
      send={() => move(handoff.leadId, 'recycling', { until, reason, version: handoff.version })}
    >
      <Text size="sm" c="dimmed">
        Not now, maybe later: it goes back to marketing, which nurtures it and starts a new cycle.
      </Text>
      <TextInput
        type="date"
        label="Until"
        value={until}
        min={addDays(today(), 1)}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Textarea
        label="Why not now"
        description="Marketing reads it when the day comes."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
        autosize
        minRows={2}
      />
    </VerbDialog>
  );
}

function DisqualifyDialog({ handoff, name, onClose }: DialogProps) {
  const [reason, setReason] = useState('');
  return (
    <VerbDialog
      title={`Disqualify ${name}`}
      label="Disqualify"
      said="Disqualified."
      ready={reason.trim() !== ''}
      onClose={onClose}
      send={() => move(handoff.leadId, 'disqualification', { reason, version: handoff.version })}
    >
      <Text size="sm" c="dimmed">
        For leads that will never buy: a student, a competitor, a wrong address. What misses the definition is rejected instead; what may
        buy later is recycled.
      </Text>
      <Textarea label="Why" value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus autosize minRows={2} />
    </VerbDialog>
  );
}

function QualifyDialog({ handoff, name, onClose }: DialogProps) {
  const [comment, setComment] = useState('');
  return (
    <VerbDialog
      title={`Confirm ${name} as an opportunity`}
      label="Confirm"
      said="Confirmed as SQL."
      ready
      onClose={onClose}
      send={() => move(handoff.leadId, 'qualification', { comment, version: handoff.version })}
    >
      <Text size="sm" c="dimmed">
        It becomes an SQL: a conversation confirmed a real need. It takes a call, meeting or reply on record that reached the lead.
      </Text>
      <Textarea
        label="What they need"
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        data-autofocus
        autosize
        minRows={2}
      />
    </VerbDialog>
  );
}

function ReassignDialog({ handoff, name, onClose }: DialogProps) {
  const members = useMembers();
  const [memberId, setMemberId] = useState<string | null>(null);
  const [wrongRouting, setWrongRouting] = useState(false);
  const [reason, setReason] = useState('');
  const reps = (members.data?.items ?? []).filter(({ side, active, id }) => side === 'sales' && active && id !== handoff.owner?.id);
  return (
    <VerbDialog
      title={`Give ${name} to somebody else`}
      label="Give"
      said="Given."
      ready={memberId !== null && reason.trim() !== ''}
      onClose={onClose}
      send={() => move(handoff.leadId, 'reassignment', { memberId, wrongRouting, reason, version: handoff.version })}
    >
      <Select
        label="To"
        data={reps.map(({ id, name, job }) => ({ value: id, label: job ? `${name}, ${job}` : name }))}
        value={memberId}
        onChange={setMemberId}
        searchable
        data-autofocus
      />
      <Textarea label="Why" value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} />
      <Checkbox
        label="It was routed wrongly: the first clock does not count and starts anew"
        checked={wrongRouting}
        onChange={(event) => setWrongRouting(event.currentTarget.checked)}
      />
    </VerbDialog>
  );
}
