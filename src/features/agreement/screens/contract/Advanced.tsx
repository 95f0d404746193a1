import { TagsInput } from '@mantine/core';
import type { AgreementContent } from '#engine/agreement/clause.ts';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';

interface AdvancedProps {
  content: AgreementContent;
  onChange(made: (before: AgreementContent) => AgreementContent): void;
}

/** What few contracts need to change. */
export function Advanced({ content, onChange }: AdvancedProps) {
  return (
    <details className="sheet advanced">
      <summary>How rejections are judged, and what counts as reached</summary>
      <div className="sheet-body form-stack">
        <WholeNumber
          label="Agreed rejections judged as well"
          description="Drawn by chance, so that nobody can agree every rejection away."
          suffix=" %"
          value={content.reviewSamplePercent}
          onChange={(percent) => percent !== null && onChange((before) => ({ ...before, reviewSamplePercent: percent }))}
          max={100}
          decimals={1}
          width={280}
        />
        <TagsInput
          label="Outcomes that reached the lead"
          description="A touch with one of these outcomes reached the lead, and so did anything that the lead itself sent. Persistence ends there."
          value={[...content.reachedOutcomes]}
          onChange={(reachedOutcomes) => onChange((before) => ({ ...before, reachedOutcomes }))}
          maxTags={50}
          acceptValueOnBlur
        />
      </div>
    </details>
  );
}
