import { FileInput, SegmentedControl, SimpleGrid, TextInput } from '@mantine/core';
import { acceptedEndings } from '#engine/campaigns/file-type.ts';
import type { Reasons } from '#ui/kit/FormDialog.tsx';
import { problemOfFile, type SourceDraft } from './assetDraft.ts';

interface SourceFieldsProps {
  draft: SourceDraft;
  change(changes: Partial<SourceDraft>): void;
  reasons: Reasons;
}

/** A version: a file or a link, from when and until when. */
export function SourceFields({ draft, change, reasons }: SourceFieldsProps) {
  const choose = (file: File | null): void => {
    change({ file, fileProblem: null });
    if (file) void problemOfFile(file).then((fileProblem) => change({ fileProblem }));
  };
  return (
    <>
      <SegmentedControl
        aria-label="File or link"
        data={[
          { value: 'file', label: 'A file' },
          { value: 'link', label: 'A link' },
        ]}
        value={draft.source}
        onChange={(source) => change({ source: source as 'file' | 'link' })}
      />
      {draft.source === 'file' ? (
        <FileInput
          label="File"
          description="PDF, Office, pictures, video, text: at most 20 MB. Whoever opens its link saves it."
          placeholder="Choose a file"
          accept={acceptedEndings.map((ending) => `.${ending}`).join(',')}
          value={draft.file}
          clearable
          clearButtonProps={{ 'aria-label': 'Take the file out' }}
          error={draft.fileProblem}
          onChange={choose}
        />
      ) : (
        <TextInput
          label="Address"
          placeholder="https://"
          inputMode="url"
          maxLength={2_000}
          value={draft.url}
          error={reasons['url'] ?? reasons['version.url']}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          type="date"
          label="Valid from"
          value={draft.validFrom}
          error={reasons['validFrom']}
          onChange={(event) => change({ validFrom: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label="Last day"
          description="Blank: until it is replaced."
          value={draft.expiresOn}
          error={reasons['expiresOn'] ?? reasons['version.expiresOn']}
          onChange={(event) => change({ expiresOn: event.currentTarget.value })}
        />
      </SimpleGrid>
      <TextInput
        label="What is new in it"
        maxLength={2_000}
        value={draft.note}
        error={reasons['note']}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
    </>
  );
}
