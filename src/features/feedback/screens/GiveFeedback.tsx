import { Button } from '@mantine/core';
import { useState } from 'react';
import { useRights } from '#ui/api/session.ts';
import { GiveDialog } from './give/GiveDialog.tsx';
import { type GivenSubject, useLeadSubjects } from './give/subjects.ts';
import './feedback.css';

/** A thing; or a lead, which offers its follow-up, rejections and touches too. */
export type Subject = GivenSubject | { readonly leadId: string };

/** A button that gives feedback about a thing: to be put on its page. Nothing for those who look on. */
export function GiveFeedback({ subject }: { subject: Subject }) {
  const [giving, setGiving] = useState(false);
  if (!useRights().may('feedback.give')) return null;
  const close = (): void => setGiving(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setGiving(true)}>
        Give feedback
      </Button>
      {giving &&
        ('leadId' in subject ? (
          <GiveOnLead leadId={subject.leadId} onClose={close} />
        ) : (
          <GiveDialog subjects={[subject]} onClose={close} />
        ))}
    </>
  );
}

function GiveOnLead({ leadId, onClose }: { leadId: string; onClose(): void }) {
  return <GiveDialog subjects={useLeadSubjects(leadId)} onClose={onClose} />;
}
