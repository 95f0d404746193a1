import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Form } from '#features/tracking/contract/forms.ts';
import type { Site } from '#features/tracking/contract/sites.ts';
import { fieldReasons, patch, post, wordsOf } from '#ui/api/client.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { useGo } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { paths } from '#ui/paths.ts';
import { draftOf, missingIn, newDraft, type FormDraft } from './formDraft.ts';
import { FormFields } from './FormFields.tsx';
import { FormPreview } from './FormPreview.tsx';
import { FormTexts } from './FormTexts.tsx';
import { askTrackingAgain, useWhyNotKeep } from './useTracking.ts';

const back = paths.tracking({ part: 'forms' });

/** A form beside the page it makes. @param form null: a new one */
export function FormEditor({ form, sites }: { form: Form | null; sites: readonly Site[] }) {
  const first = form ? draftOf(form) : newDraft(sites.find(({ archivedAt }) => !archivedAt)?.id ?? null);
  const [draft, setDraft] = useState<FormDraft>(first);
  const [wrong, setWrong] = useState<unknown>(null);
  const [saved, setSaved] = useState(false);
  const go = useGo();
  const changed = !saved && JSON.stringify(draft) !== JSON.stringify(first);
  const save = async (): Promise<void> => {
    setWrong(null);
    try {
      await (form ? patch(`/tracking/forms/${form.id}`, draft) : post('/tracking/forms', draft));
      setSaved(true);
      await askTrackingAgain();
      tell(form ? 'Saved as the next version.' : 'The form is open.');
      // After the state above is on screen: what is saved needs no question.
      setTimeout(() => go(back), 0);
    } catch (error) {
      setWrong(error);
    }
  };
  const reasons = fieldReasons(wrong);
  return (
    <div className="stack">
      <Unsaved when={changed} what="The form" />
      <div className="wide-columns">
        <div className="stack">
          <Sheet title={form ? `Change ${form.name}` : 'Build a form'} padded>
            <FormTexts draft={draft} sites={sites} reasons={reasons} onChange={setDraft} />
          </Sheet>
          <Sheet title="What it asks" padded>
            <FormFields draft={draft} reasons={reasons} onChange={setDraft} />
          </Sheet>
        </div>
        <Sheet title="How it looks" padded>
          <FormPreview content={draft.content} />
        </Sheet>
      </div>
      {wrong !== null && (
        <div className="notice bad" role="alert">
          {wordsOf(wrong)}
        </div>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => go(back)}>
          Back
        </Button>
        <Deed whyNot={useWhyNotKeep() ?? missingIn(draft)} onClick={() => void save()}>
          {form ? 'Save' : 'Open the form'}
        </Deed>
      </Group>
    </div>
  );
}
