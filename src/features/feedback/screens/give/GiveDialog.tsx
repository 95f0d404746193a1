import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing, useSubject } from '../asking.ts';
import { keepReceipt, newReceipt } from '../receipts.ts';
import { AboutWhat } from './AboutWhat.tsx';
import { Anonymity } from './Anonymity.tsx';
import { GiveFields } from './GiveFields.tsx';
import { KeepReceipt } from './KeepReceipt.tsx';
import type { GivenSubject } from './subjects.ts';
import { type Draft, useDraft } from './useDraft.ts';

interface GiveProps {
  subjects: readonly GivenSubject[];
  /** Which of them is chosen at first. */
  first?: GivenSubject | undefined;
  onClose(): void;
}

/** Gives praise or criticism about a real thing, with help while it is written. */
export function GiveDialog({ subjects, first, onClose }: GiveProps) {
  const me = useMe();
  const [chosen, choose] = useState<GivenSubject>(first ?? subjects[0]!);
  const { draft, change } = useDraft();
  const [receipt] = useState(newReceipt);
  const [given, setGiven] = useState(false);
  const known = useSubject(chosen.kind, chosen.id).data;
  const anonymous = draft.anonymous && known?.whyNotAnonymous === null;
  const side = draft.toSide ?? (known?.toSides.length === 1 ? known.toSides[0] : undefined);
  if (given) return <KeepReceipt receipt={receipt} onClose={onClose} />;
  const send = async (): Promise<void> => {
    await doing(post('/feedback', { ...bodyOf(draft, chosen), toSide: side, anonymous, ...(anonymous && { receipt }) }));
    if (!anonymous)
      return tell(draft.tone === 'praise' ? 'Given. Praise is read by everybody.' : 'Given. You are told when it is answered.');
    keepReceipt({ receipt, workspaceId: me.workspace.id, memberId: me.member.id, about: known?.name ?? chosen.label, on: today() });
  };
  return (
    <FormDialog
      title="Give feedback"
      label={anonymous ? 'Give it anonymously' : 'Give it'}
      ready={draft.behaviour.trim() !== '' && side !== undefined}
      missing={side === undefined ? 'Say to which side.' : 'Say what was done.'}
      size="lg"
      onClose={onClose}
      send={send}
      onSent={() => (anonymous ? setGiven(true) : onClose())}
    >
      {(reasons) => (
        <>
          <SegmentedControl
            aria-label="Criticism or praise"
            value={draft.tone}
            onChange={(tone) => change({ tone: tone as Draft['tone'] })}
            data={[
              { value: 'criticism', label: 'Criticism' },
              { value: 'praise', label: 'Praise' },
            ]}
          />
          <AboutWhat
            subjects={subjects}
            chosen={chosen}
            choose={choose}
            known={known}
            toSide={draft.toSide}
            setSide={(toSide) => change({ toSide })}
          />
          <GiveFields draft={draft} people={known?.people ?? []} reasons={reasons} change={change} />
          {known && (
            <Anonymity whyNot={known.whyNotAnonymous} anonymous={draft.anonymous} change={(value) => change({ anonymous: value })} />
          )}
        </>
      )}
    </FormDialog>
  );
}

const bodyOf = ({ tone, situation, behaviour, impact, nextTime }: Draft, { kind, id }: GivenSubject) => ({
  ...{ tone, situation, behaviour, impact, nextTime },
  subjectKind: kind,
  subjectId: id,
});
