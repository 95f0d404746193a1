import { Radio, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { type ProposalKind, proposalKinds } from '#engine/campaigns/proposal-states.ts';
import { post } from '#ui/api/client.ts';
import { plural } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { useAlike, doing } from './asking.ts';
import { type CaseDraft, CasesDraft, casesOf } from './CasesDraft.tsx';
import { kindWords } from './proposalWords.ts';
import { VoteButton } from './VoteButton.tsx';

interface NewProposalProps {
  /** Working days within which marketing answers; null: not known yet. */
  answerDays: number | null;
  onClose(): void;
  made(id: string): void;
}

/** Asks marketing for something, with help while it is written: what it should say, and what others asked for already. */
export function NewProposal({ answerDays, onClose, made }: NewProposalProps) {
  const [kind, setKind] = useState<ProposalKind>('content');
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [cases, setCases] = useState<readonly CaseDraft[]>([]);
  const words = kindWords[kind];
  const send = async (): Promise<void> => {
    const { id } = await doing(post<{ id: string }>('/proposals', { kind, title, text, cases: casesOf(cases) }));
    tell('Proposed. Others can vote and add cases.');
    made(id);
  };
  return (
    <FormDialog
      title="Propose something"
      label="Propose"
      size="lg"
      ready={title.trim().length >= 3}
      missing="Give it a title."
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          <Radio.Group label="What do you ask for?" value={kind} onChange={(value) => setKind(value as ProposalKind)}>
            <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs" mt={6}>
              {proposalKinds.map((each) => (
                <Radio key={each} value={each} label={kindWords[each].label} description={kindWords[each].about} />
              ))}
            </SimpleGrid>
          </Radio.Group>
          <TextInput
            label="In one line"
            placeholder={words.title}
            required
            maxLength={200}
            value={title}
            error={reasons['title']}
            onChange={(event) => setTitle(event.currentTarget.value)}
            data-autofocus
          />
          <Alike title={title} />
          <Textarea
            label="Why, and what for"
            description={words.text}
            maxLength={5_000}
            value={text}
            error={reasons['text']}
            onChange={(event) => setText(event.currentTarget.value)}
            autosize
            minRows={3}
            maxRows={10}
          />
          <CasesDraft cases={cases} onChange={setCases} />
          {answerDays !== null && (
            <Text size="sm" c="dimmed">
              Marketing answers within {plural(answerDays, 'working day')}: planned by a day, done, or declined with the reason.
            </Text>
          )}
        </>
      )}
    </FormDialog>
  );
}

/** One votes for what is there rather than asking twice. */
function Alike({ title }: { title: string }) {
  const [settled] = useDebouncedValue(title, 300);
  const items = useAlike(settled).data?.items ?? [];
  if (items.length === 0 || settled.trim() === '') return null;
  return (
    <div className="notice" role="status">
      <Text size="sm" fw={600}>
        Much like this is asked for already: vote for it, and add your case there.
      </Text>
      {items.map((item) => (
        <div key={item.id} className="alike">
          <VoteButton item={item} />
          <span className="wrap-any">{item.title}</span>
        </div>
      ))}
    </div>
  );
}
