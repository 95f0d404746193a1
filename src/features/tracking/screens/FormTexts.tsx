import { Checkbox, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { Site } from '#features/tracking/contract/sites.ts';
import { RecordPicker } from '#ui/kit/RecordPicker.tsx';
import { withContent, type FormDraft } from './formDraft.ts';

interface FormTextsProps {
  draft: FormDraft;
  sites: readonly Site[];
  reasons: Readonly<Record<string, string>>;
  onChange(draft: FormDraft): void;
}

/** Name, texts, consent, and what follows. */
export function FormTexts({ draft, sites, reasons, onChange }: FormTextsProps) {
  const { content } = draft;
  const set = (changes: Partial<FormDraft['content']>): void => onChange(withContent(draft, changes));
  const open = sites.filter((site) => site.archivedAt === null || site.id === draft.siteId);
  return (
    <Stack gap="sm">
      <TextInput
        label="Name"
        description="For you: the touch on the lead’s timeline is called so."
        required
        maxLength={120}
        value={draft.name}
        error={reasons['name']}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      <Select
        label="Site"
        description="Its pages may show the form in a frame, and visits there are joined to who sends it."
        placeholder="None: as a link only"
        clearable
        data={open.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.siteId}
        onChange={(siteId) => onChange({ ...draft, siteId })}
      />
      <RecordPicker kind="campaign" label="Campaign" value={content.campaignId} onChange={(campaignId) => set({ campaignId })} />
      <TextInput
        label="Title of the page"
        required
        maxLength={200}
        value={content.title}
        error={reasons['content.title']}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Textarea
        label="Words before the fields"
        autosize
        minRows={2}
        maxLength={2000}
        value={content.intro}
        onChange={(event) => set({ intro: event.currentTarget.value })}
      />
      <FormConsent content={content} set={set} />
      <TextInput
        label="Button"
        required
        maxLength={80}
        value={content.button}
        onChange={(event) => set({ button: event.currentTarget.value })}
      />
      <Textarea
        label="After sending one reads"
        required
        autosize
        minRows={2}
        maxLength={2000}
        value={content.thanks}
        onChange={(event) => set({ thanks: event.currentTarget.value })}
      />
      <TextInput
        label="Or one is led to"
        description="A page on one of the site’s domains; blank: the words above."
        placeholder="https://example.com/thanks"
        maxLength={500}
        value={content.redirectUrl ?? ''}
        error={reasons['content.redirectUrl']}
        onChange={(event) => set({ redirectUrl: event.currentTarget.value || null })}
      />
      <Select
        label="Language"
        description="Of what the page says by itself: hints and mistakes."
        allowDeselect={false}
        data={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'German' },
        ]}
        value={content.language}
        onChange={(language) => set({ language: language === 'de' ? 'de' : 'en' })}
      />
    </Stack>
  );
}

function FormConsent({ content, set }: { content: FormDraft['content']; set(changes: Partial<FormDraft['content']>): void }) {
  const { consent, privacyUrl } = content;
  return (
    <>
      <Checkbox
        label="Ask for consent"
        description="The words stay with each submission as they were when it was sent."
        checked={consent !== null}
        onChange={(event) =>
          set({ consent: event.currentTarget.checked ? { text: 'I agree to be written to about this.', required: false } : null })
        }
      />
      {consent && (
        <Stack gap="xs" pl="lg">
          <Textarea
            label="To what one agrees"
            autosize
            minRows={2}
            maxLength={2000}
            value={consent.text}
            onChange={(event) => set({ consent: { ...consent, text: event.currentTarget.value } })}
          />
          <Checkbox
            label="Without it the form can’t be sent"
            checked={consent.required}
            onChange={(event) => set({ consent: { ...consent, required: event.currentTarget.checked } })}
          />
        </Stack>
      )}
      <TextInput
        label="Address of your privacy notice"
        placeholder="https://example.com/privacy"
        maxLength={500}
        value={privacyUrl ?? ''}
        onChange={(event) => set({ privacyUrl: event.currentTarget.value || null })}
      />
    </>
  );
}
