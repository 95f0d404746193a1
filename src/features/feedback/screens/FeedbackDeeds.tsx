import { Group } from '@mantine/core';
import { useState } from 'react';
import { feedbackCan, type FeedbackVerb } from '#engine/feedback/states.ts';
import type { FeedbackDetail } from '#features/feedback/contract/feedback.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { StepDialog } from './StepDialog.tsx';

const ofReceiver: readonly FeedbackVerb[] = ['accept', 'explain', 'disagree'];
const ofGiver: readonly FeedbackVerb[] = ['confirm', 'reopen', 'withdraw'];

/** What the reader can do; what they can’t do now says why, what is never theirs isn’t shown. */
export function FeedbackDeeds({ detail }: { detail: FeedbackDetail }) {
  const [asked, setAsked] = useState<FeedbackVerb | null>(null);
  const verbs = shownVerbs(detail);
  return (
    <>
      {verbs.length > 0 && (
        <Group gap="sm">
          {verbs.map((verb, at) => (
            <Deed key={verb} whyNot={detail.can[verb]} variant={at === 0 ? 'filled' : 'default'} onClick={() => setAsked(verb)}>
              {feedbackCan[verb].label}
            </Deed>
          ))}
        </Group>
      )}
      {asked && <StepDialog id={detail.id} verb={asked} about={detail.subject.name} onClose={() => setAsked(null)} />}
    </>
  );
}

function shownVerbs({ tone, can }: FeedbackDetail): readonly FeedbackVerb[] {
  if (tone === 'praise') return (['thank', 'withdraw'] as const).filter((verb) => can[verb] === null);
  return [ofReceiver, ofGiver].flatMap((verbs) =>
    verbs.some((verb) => can[verb] === null) ? verbs.filter((verb) => can[verb] === null) : [],
  );
}
