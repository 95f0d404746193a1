import { Text } from '@mantine/core';
import type { HandoffDetail } from '#features/handoff/contract.ts';
import { instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { RejectionCard } from './RejectionCard.tsx';

const routed: Record<string, string> = {
  routed: 'Routed to',
  claimed: 'Claimed by',
  reassigned: 'Given to',
  corrected: 'Was routed wrongly; now with',
  returned: 'Returned, mended, to',
  restarted: 'Came back to',
};
const steps: Record<string, string> = {
  remind: 'Reminded',
  manager: 'Told the manager',
  reassign: 'Given to somebody else',
  outOfRotation: 'Taken out of the rotation',
};

/** To whom it went and why, each step of the ladder, and every rejection with its due process. */
export function HandoffHistory({ handoff }: { handoff: HandoffDetail }) {
  const { routing, escalations, rejections, nextCycleId } = handoff;
  return (
    <>
      {rejections.map((rejection) => (
        <RejectionCard key={rejection.id} rejection={rejection} showLead={false} />
      ))}
      {nextCycleId && (
        <div className="notice">
          It came back as <Go href={paths.record('leads', nextCycleId)}>a new cycle</Go>.
        </div>
      )}
      {(routing.length > 0 || escalations.length > 0) && (
        <Sheet title="How it came here" padded>
          <ol className="steps">
            {routing.map((step) => (
              <li key={step.id}>
                <Text size="sm">
                  <time dateTime={step.at}>{instant(step.at)}</time> {routed[step.kind] ?? step.kind}{' '}
                  <strong>{step.member?.name ?? (step.team ? `the queue of ${step.team.name}` : 'nobody yet')}</strong>
                  {step.by && `, by ${step.by.name}`}
                </Text>
                {step.why.map((why) => (
                  <Text key={why} size="xs" c="dimmed">
                    {why}
                  </Text>
                ))}
              </li>
            ))}
            {escalations.map((step) => (
              <li key={`${step.at}${step.clause}${step.kind}`}>
                <Text size="sm">
                  <time dateTime={step.at}>{instant(step.at)}</time> <strong className="warn">{steps[step.kind] ?? step.kind}</strong>
                  {step.told.length > 0 && `: ${step.told.map(({ name }) => name).join(', ')}`}
                </Text>
                <Text size="xs" c="dimmed">
                  {[step.clause, step.outcome].filter(Boolean).join(' · ')}
                </Text>
              </li>
            ))}
          </ol>
        </Sheet>
      )}
    </>
  );
}
