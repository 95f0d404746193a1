import { Select, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LibraryPage } from '#features/campaigns/contract/library.ts';
import type { ProposalDetail } from '#features/campaigns/contract/proposals.ts';
import { get, post } from '#ui/api/client.ts';
import { addDays, today } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { RecordPicker } from '#ui/kit/RecordPicker.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { doing } from './asking.ts';

const dialogs = {
  plan: {
    answer: 'planned',
    title: 'Plan it',
    label: 'Answer: planned',
    said: 'Answered: planned.',
    ask: 'What is planned',
    needed: false,
  },
  finish: {
    answer: 'done',
    title: 'It is done',
    label: 'Answer: done',
    said: 'Answered: done.',
    ask: 'Where it is, or what was done',
    needed: false,
  },
  decline: {
    answer: 'declined',
    title: 'Decline it',
    label: 'Answer: declined',
    said: 'Answered: declined.',
    ask: 'Why not',
    needed: true,
  },
} as const;

/** Marketing's answer. Everybody who voted or added a case reads it. */
export function AnswerProposal({ detail, verb, onClose }: { detail: ProposalDetail; verb: keyof typeof dialogs; onClose(): void }) {
  const { answer, title, label, said, ask, needed } = dialogs[verb];
  const [comment, setComment] = useState('');
  const [plannedOn, setPlannedOn] = useState(detail.plannedOn && detail.plannedOn > today() ? detail.plannedOn : addDays(today(), 28));
  const [campaignId, setCampaignId] = useState<string | null>(detail.campaign?.id ?? null);
  const [assetId, setAssetId] = useState<string | null>(detail.asset?.id ?? null);
  const leads = verb !== 'decline';
  const send = async (): Promise<void> => {
    const where = leads ? { ...(campaignId && { campaignId }), ...(assetId && { assetId }) } : {};
    const body = { answer, comment, version: detail.version, ...where, ...(verb === 'plan' && { plannedOn }) };
    await doing(post(`/proposals/${detail.id}/answer`, body));
    tell(said);
  };
  const isSaid = comment.trim() !== '' || (!needed && (verb === 'plan' || campaignId !== null || assetId !== null));
  return (
    <FormDialog
      title={`${title}: ${detail.title}`}
      label={label}
      ready={isSaid && (verb !== 'plan' || plannedOn >= today())}
      missing={needed ? 'Say why.' : verb === 'plan' ? 'Name a day to come.' : 'Name what answers it, or say where it is.'}
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          {verb === 'plan' && (
            <TextInput
              type="date"
              label="There by"
              description="Past this day without being done it is told as a broken promise."
              value={plannedOn}
              min={today()}
              error={reasons['plannedOn']}
              onChange={(event) => setPlannedOn(event.currentTarget.value)}
            />
          )}
          {leads && (
            <RecordPicker
              kind="campaign"
              label="Campaign that answers it"
              value={campaignId}
              onChange={setCampaignId}
              error={reasons['campaignId']}
            />
          )}
          {leads && <AssetPicker value={assetId} onChange={setAssetId} />}
          <Textarea
            label={ask}
            maxLength={2_000}
            value={comment}
            error={reasons['comment']}
            onChange={(event) => setComment(event.currentTarget.value)}
            data-autofocus
            autosize
            minRows={2}
          />
          <Text size="xs" c="dimmed">
            {detail.answered === 'overdue'
              ? 'The answer is late, and stays on record as late.'
              : 'Whoever proposed it, voted or added a case can read it.'}
          </Text>
        </>
      )}
    </FormDialog>
  );
}

/** Content of the library by its title. */
function AssetPicker({ value, onChange }: { value: string | null; onChange(id: string | null): void }) {
  const library = useQuery({
    queryKey: ['campaigns', 'library', { limit: 200, sort: 'newest' }],
    queryFn: ({ signal }) => get<LibraryPage>('/library', { limit: 200, sort: 'newest' }, signal),
  });
  return (
    <Select
      label="Content that answers it"
      placeholder="None"
      data={(library.data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))}
      value={value}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'No content' }}
      nothingFoundMessage="Nothing in the library is called that"
      onChange={onChange}
    />
  );
}
