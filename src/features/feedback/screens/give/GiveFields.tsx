import { Textarea } from '@mantine/core';
import { useId } from 'react';
import { adviseOn } from '#engine/feedback/writing.ts';
import { feedbackTexts, type FeedbackText } from '#features/feedback/contract/feedback.ts';
import type { Reasons } from '#ui/kit/FormDialog.tsx';
import { fieldWords } from '../words.ts';
import type { Draft } from './useDraft.ts';
import { FieldAdvice } from './WritingHelp.tsx';

interface FieldsProps {
  draft: Draft;
  people: readonly string[];
  reasons: Reasons;
  change(changes: Partial<Draft>): void;
}

/** Situation, behaviour, impact and next time, each with help while it is written. */
export function GiveFields({ draft, people, reasons, change }: FieldsProps) {
  const advice = adviseOn(draft, people);
  const isWritten = draft.behaviour.trim() !== '';
  return (
    <>
      {feedbackTexts.map((field) => (
        <Field
          key={field}
          field={field}
          draft={draft}
          error={reasons[field]}
          advice={advice.filter((each) => each.field === field)}
          change={change}
        />
      ))}
      {isWritten && advice.length === 0 && (
        <p className="advice-good good">This can be answered: it names a case, what was done and what came of it.</p>
      )}
    </>
  );
}

interface FieldProps {
  field: FeedbackText;
  draft: Draft;
  error: string | undefined;
  advice: ReturnType<typeof adviseOn>;
  change(changes: Partial<Draft>): void;
}

function Field({ field, draft, error, advice, change }: FieldProps) {
  const id = useId();
  const { label, about } = fieldWords[draft.tone][field];
  return (
    <div>
      <Textarea
        label={label}
        description={about}
        required={field === 'behaviour'}
        withAsterisk={field === 'behaviour'}
        value={draft[field]}
        error={error}
        maxLength={2000}
        autosize
        minRows={field === 'behaviour' ? 2 : 1}
        maxRows={8}
        aria-describedby={advice.length > 0 ? id : undefined}
        onChange={(event) => change({ [field]: event.currentTarget.value })}
        {...(field === 'situation' && { 'data-autofocus': true })}
      />
      <FieldAdvice id={id} advice={advice} />
    </div>
  );
}
