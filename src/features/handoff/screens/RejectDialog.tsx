import { Checkbox, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { HandoffDetail } from '#features/handoff/contract.ts';
import { capitalised } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { VerbDialog } from './Dialogs.tsx';
import { move } from './useHandoff.ts';

/** A rejection names the clause of the definition that was not met: marketing can answer that, and a judge can decide it. */
export function RejectDialog({ handoff, name, onClose }: { handoff: HandoffDetail; name: string; onClose(): void }) {
  const [clauses, setClauses] = useState<string[]>([]);
  const [comment, setComment] = useState('');
  const { judgement, rejectBy } = handoff;
  const isMet = (path: string): boolean | undefined => judgement?.clauses.find((clause) => clause.path === path)?.met;
  return (
    <VerbDialog
      title={`Reject ${name}`}
      label="Reject"
      said="Rejected; it goes back to marketing with your reason."
      ready={clauses.length > 0 && comment.trim() !== ''}
      onClose={onClose}
      send={() => move(handoff.leadId, 'rejection', { clauses, comment, version: handoff.version })}
    >
      {rejectBy ? (
        <Checkbox.Group
          label="What was not met"
          description={
            <>
              By the <Go href={paths.definition('mql', { version: rejectBy.versionId })}>definition both sides signed</Go>, version{' '}
              {rejectBy.number}.
            </>
          }
          value={clauses}
          onChange={setClauses}
        >
          <Stack gap={8} mt={6}>
            {rejectBy.clauses.map(({ path, sentence }, at) => (
              <Checkbox
                key={path}
                value={path}
                label={capitalised(sentence)}
                description={whatTheRecordSays(isMet(path), clauses.includes(path))}
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

/** Only of what is named: else the same warning stands under every clause. */
function whatTheRecordSays(isMet: boolean | undefined, isNamed: boolean): string | undefined {
  if (isMet === false) return 'The record says it is not met.';
  return isMet && isNamed ? 'The record says it is met: say below what is wrong with that.' : undefined;
}
