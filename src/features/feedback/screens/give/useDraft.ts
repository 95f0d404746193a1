import { useState } from 'react';
import type { Tone } from '#engine/feedback/states.ts';
import { feedbackTexts, type FeedbackText } from '#features/feedback/contract/feedback.ts';

export interface Draft extends Record<FeedbackText, string> {
  tone: Tone;
  toSide: string | null;
  anonymous: boolean;
}

const empty: Draft = { tone: 'criticism', toSide: null, anonymous: false, situation: '', behaviour: '', impact: '', nextTime: '' };

export function useDraft(): { draft: Draft; change(changes: Partial<Draft>): void; isTouched: boolean } {
  const [draft, setDraft] = useState(empty);
  return {
    draft,
    change: (changes) => setDraft((now) => ({ ...now, ...changes })),
    isTouched: feedbackTexts.some((field) => draft[field].trim() !== ''),
  };
}
