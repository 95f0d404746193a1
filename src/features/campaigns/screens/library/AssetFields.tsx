import { MultiSelect, Select, SimpleGrid, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { AssetKind } from '#engine/campaigns/asset-standing.ts';
import type { AssetItem, LibraryPage } from '#features/campaigns/contract/library.ts';
import { useMembers } from '#ui/api/members.ts';
import type { Reasons } from '#ui/kit/FormDialog.tsx';
import { RecordPicker } from '#ui/kit/RecordPicker.tsx';
import type { AssetDraft } from './assetDraft.ts';
import { kindOptions, stageOptions } from './libraryWords.ts';

interface AssetFieldsProps {
  draft: AssetDraft;
  change(changes: Partial<AssetDraft>): void;
  /** Segments and objections that occur, to choose from. */
  known: Pick<LibraryPage, 'segments' | 'objections'> | undefined;
  reasons: Reasons;
}

/** What content is called, what it is made for, and who answers for it. */
export function AssetFields({ draft, change, known, reasons }: AssetFieldsProps) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label="Title"
          required
          maxLength={200}
          value={draft.title}
          error={reasons['title']}
          onChange={(event) => change({ title: event.currentTarget.value })}
          data-autofocus
        />
        <Select
          label="Kind"
          data={kindOptions}
          value={draft.kind}
          allowDeselect={false}
          onChange={(kind) => change({ kind: kind as AssetKind })}
        />
      </SimpleGrid>
      <Textarea
        label="What it is good for"
        maxLength={2_000}
        value={draft.about}
        error={reasons['about']}
        onChange={(event) => change({ about: event.currentTarget.value })}
        autosize
        minRows={2}
        maxRows={6}
      />
      <MadeFor draft={draft} change={change} known={known} reasons={reasons} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <OwnerSelect draft={draft} change={change} error={reasons['ownerId']} />
        <RecordPicker
          kind="campaign"
          label="Campaign"
          value={draft.campaignId}
          onChange={(campaignId) => change({ campaignId })}
          error={reasons['campaignId']}
        />
      </SimpleGrid>
    </>
  );
}

function MadeFor({ draft, change, known, reasons }: AssetFieldsProps) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <MultiSelect
          label="Made for stages"
          placeholder={draft.stages.length === 0 ? 'Any' : undefined}
          data={stageOptions}
          value={[...draft.stages]}
          clearable
          clearButtonProps={{ 'aria-label': 'Any stage' }}
          onChange={(stages) => change({ stages: stages as AssetItem['stages'] })}
        />
        <TagsInput
          label="Made for segments"
          placeholder={draft.segments.length === 0 ? 'Any' : undefined}
          data={known?.segments ?? []}
          value={[...draft.segments]}
          maxLength={200}
          maxTags={50}
          error={reasons['segments']}
          onChange={(segments) => change({ segments })}
        />
      </SimpleGrid>
      <TagsInput
        label="Objections it answers"
        description="In the words customers use; Enter after each."
        data={known?.objections ?? []}
        value={[...draft.objections]}
        maxLength={200}
        maxTags={50}
        splitChars={[]}
        error={reasons['objections']}
        onChange={(objections) => change({ objections })}
      />
    </>
  );
}

function OwnerSelect({
  draft,
  change,
  error,
}: {
  draft: AssetDraft;
  change(changes: Partial<AssetDraft>): void;
  error: string | undefined;
}) {
  const members = useMembers().data?.items ?? [];
  return (
    <Select
      label="Who answers for it"
      description="Ratings and stale versions come to them."
      placeholder="Nobody yet"
      data={members.filter(({ active, id }) => active || id === draft.ownerId).map(({ id, name }) => ({ value: id, label: name }))}
      value={draft.ownerId}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Nobody' }}
      error={error}
      onChange={(ownerId) => change({ ownerId })}
    />
  );
}
