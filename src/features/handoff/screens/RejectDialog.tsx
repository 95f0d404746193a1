import { Checkbox, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { HandoffDetail } from '#features/handoff/contract.ts';
import { capitalised } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { VerbDialog } from './Dialogs.tsx';
import { move } from './useHandoff.ts';

/** A rejection names the clause of the definition that was not met: marketing can answer that, and a judge can decide it. */
export function RejectDialog({ handoff, onClose }: { handoff: HandoffDetail; onClose(): void }) {
  const [clauses, setClauses] = useState<string[]>([]);
  const [comment, setComment] = useState('');
  const { judgement } = handoff;
  return (
    <VerbDialog
      title="Reject"
      label="Reject"
      said="Rejected; it goes back to marketing with your reason."
      ready={clauses.length > 0 && comment.trim() !== ''}
      onClose={onClose}
      send={() => move(handoff.leadId, 'rejection', { clauses, comment, version: handoff.version })}
    >
      {judgement ? (
        <Checkbox.Group
          label="What was not met"
          description={
            <>
              By the <Go href={paths.definition('mql', { version: judgement.versionId })}>definition both sides signed</Go>, version{' '}
              {judgement.number}.
            </>
          }
          value={clauses}
          onChange={setClauses}
        >
          <Stack gap={8} mt={6}>
            {judgement.clauses.map(({ path, sentence, met }, at) => (
              <Checkbox
                key={path}
                value={path}
                label={capitalised(sentence)}
                description={met ? 'The record says it is met: say below what is wrong with that.' : 'The record says it is not met.'}
                {...(at === 0 && { 'data-autofocus': true })}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      ) : (
        <Text size="sm" className="warn">
          No signed definition of an MQL covers this lead, so there is no clause to name. Propose one first, or recycle or disqualify the
          lead.
        </Text>
      )}
      <Textarea
        label="What you found"
        description="One or two sentences that marketing can act on."
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        autosize
        minRows={2}
      />
    </VerbDialog>
  );
}
