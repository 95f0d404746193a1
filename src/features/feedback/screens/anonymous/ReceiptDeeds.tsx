import { Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReceiptThread, ReceiptVerb } from '#features/feedback/contract/receipts.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { writeByReceipt } from './asking.ts';

const labels: Readonly<Record<ReceiptVerb, string>> = {
  say: 'Send',
  confirm: 'It is settled',
  reopen: 'It is not settled',
  withdraw: 'Take it back',
};

/** What the giver can do without being known; it is shown with the next batch. */
export function ReceiptDeeds({ known, receipt }: { known: ReceiptThread; receipt: string }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [takingBack, setTakingBack] = useState(false);
  const needsWords = (verb: ReceiptVerb): string | null =>
    verb !== 'confirm' && verb !== 'withdraw' && text.trim() === '' ? 'Write what you want to say first.' : null;
  const act = async (verb: ReceiptVerb): Promise<void> => {
    setBusy(true);
    try {
      await writeByReceipt(receipt, verb, text);
      setText('');
      tell(verb === 'withdraw' ? 'Taken back.' : 'It waits, and is shown together with others.');
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const isAnswered = known.feedback !== null && (known.can.confirm === null || known.can.reopen === null);
  const verbs: ReceiptVerb[] = [
    ...(known.can.say === null ? (['say'] as const) : []),
    ...(isAnswered ? (['confirm', 'reopen'] as const) : []),
    ...(known.can.withdraw === null ? (['withdraw'] as const) : []),
  ];
  if (verbs.length === 0) return null;
  return (
    <>
      {verbs.some((verb) => verb !== 'withdraw') && (
        <Textarea
          mt="sm"
          aria-label="Write without being known"
          placeholder="Write without being known"
          value={text}
          maxLength={2000}
          autosize
          minRows={1}
          maxRows={8}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <Group gap="sm" mt="sm">
        {verbs.map((verb) => (
          <Deed
            key={verb}
            size="compact-sm"
            variant={verb === 'confirm' ? 'filled' : 'default'}
            loading={busy}
            whyNot={needsWords(verb)}
            onClick={() => (verb === 'withdraw' ? setTakingBack(true) : void act(verb))}
          >
            {labels[verb]}
          </Deed>
        ))}
      </Group>
      {takingBack && (
        <FormDialog
          title="Take it back"
          label="Take it back"
          ready
          danger
          onClose={() => setTakingBack(false)}
          send={() => act('withdraw')}
        >
          <Text size="sm">Nobody will read it any more, as of the next hour. It can’t be given back; you can write it anew.</Text>
        </FormDialog>
      )}
    </>
  );
}
