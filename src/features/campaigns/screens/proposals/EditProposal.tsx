import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ProposalKind, proposalKinds } from '#engine/campaigns/proposal-states.ts';
import type { ProposalDetail } from '#features/campaigns/contract/proposals.ts';
import { patch } from '#ui/api/client.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing } from './asking.ts';
import { kindWords } from './proposalWords.ts';

/** Words it anew, until it is answered. */
export function EditProposal({ detail, onClose }: { detail: ProposalDetail; onClose(): void }) {
  const [kind, setKind] = useState(detail.kind);
  const [title, setTitle] = useState(detail.title);
  const [text, setText] = useState(detail.text);
  const send = async (): Promise<void> => {
    await doing(patch(`/proposals/${detail.id}`, { kind, title, text }));
    tell('Saved.');
  };
  return (
    <FormDialog
      title="Edit the proposal"
      label="Save"
      size="lg"
      ready={title.trim().length >= 3}
      missing="Give it a title."
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          <Select
            label="Kind"
            data={proposalKinds.map((value) => ({ value, label: kindWords[value].label }))}
            value={kind}
            allowDeselect={false}
            onChange={(value) => setKind(value as ProposalKind)}
          />
          <TextInput
            label="In one line"
            required
            maxLength={200}
            value={title}
            error={reasons['title']}
            onChange={(event) => setTitle(event.currentTarget.value)}
            data-autofocus
          />
          <Textarea
            label="Why, and what for"
            description={kindWords[kind].text}
            maxLength={5_000}
            value={text}
            error={reasons['text']}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            minRows={3}
            maxRows={12}
          />
        </>
      )}
    </FormDialog>
  );
}
