import { Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { AgendaItem } from '#features/cadence/contract/meetings.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { decide } from './deciding.ts';

type Contested = AgendaItem['records'][number];

/** A contested rejection, decided on the spot: each side gives its verdict. */
export function RuleOn({ meetingId, itemId, record }: { meetingId: string; itemId: string; record: Contested }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Deed size="compact-sm" variant="default" whyNot={record.whyNotRule} onClick={() => setOpen(true)}>
        Rule on it <span className="visually-hidden">: {record.name}</span>
      </Deed>
      {open && <RuleDialog meetingId={meetingId} itemId={itemId} record={record} onClose={() => setOpen(false)} />}
    </>
  );
}

interface RuleProps {
  meetingId: string;
  itemId: string;
  record: Contested;
  onClose(): void;
}

function RuleDialog({ meetingId, itemId, record, onClose }: RuleProps) {
  const [verdict, setVerdict] = useState<'upheld' | 'overturned' | ''>('');
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={`Rule on ${record.name}`}
      label="Give the verdict"
      ready={verdict !== '' && reason.trim() !== ''}
      missing="Say which, and why."
      onClose={onClose}
      send={async () => {
        if (verdict === '') return;
        await decide(meetingId, { kind: 'ruling', itemId, rejectionId: record.id, verdict, reason });
        tell('The verdict of your side is on record.');
      }}
    >
      {(reasons) => (
        <>
          <p className="dim" style={{ margin: 0 }}>
            {record.says}
            {record.missing.length > 0 && ` Still to judge: ${record.missing.join(' and ')}.`}
          </p>
          <Radio.Group
            label="Did the lead meet the definition?"
            value={verdict}
            onChange={(value) => setVerdict(value as 'upheld' | 'overturned')}
          >
            <Stack gap={8} mt={6}>
              <Radio value="upheld" label="No: the rejection is upheld" data-autofocus />
              <Radio value="overturned" label="Yes: the rejection is overturned, sales works the lead" />
            </Stack>
          </Radio.Group>
          <Textarea
            label="Why"
            value={reason}
            maxLength={2000}
            autosize
            minRows={2}
            error={reasons['reason']}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
