import { Button } from '@mantine/core';
import { useState } from 'react';
import { useRights } from '#ui/api/session.ts';
import { GiveDialog } from './give/GiveDialog.tsx';
import type { GivenSubject } from './give/subjects.ts';
import './feedback.css';

/** A button that gives feedback about a thing: to be put on its page. */
export function GiveFeedback({ subjects, size = 'compact-sm' }: { subjects: readonly GivenSubject[]; size?: string }) {
  const [giving, setGiving] = useState(false);
  if (!useRights().may('feedback.give') || subjects.length === 0) return null;
  return (
    <>
      <Button variant="default" size={size} onClick={() => setGiving(true)}>
        Give feedback
      </Button>
      {giving && <GiveDialog subjects={subjects} onClose={() => setGiving(false)} />}
    </>
  );
}
