import { Button, Group, Text } from '@mantine/core';
import type { AttainmentAnswer } from '#features/agreement/contract.ts';
import { apiUrl } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { day, instant } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Page } from '#ui/kit/Page.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { paths } from '#ui/paths.ts';
import { ClauseEvidence } from './ClauseEvidence.tsx';
import { EvidenceSummary } from './EvidenceSummary.tsx';
import { useAttainment, useAttainmentScope } from './useAttainment.ts';

/** The evidence of a period to print and keep: clause by clause, lead by lead. */
export function EvidencePage() {
  const [scope, change] = useAttainmentScope();
  const attainment = useAttainment({ ...scope, by: 'none', clause: null, side: null });
  return (
    <Page
      title="Evidence"
      heading={`Evidence, ${day(scope.start)} to ${day(scope.end)}`}
      actions={
        <Group gap="xs" className="no-print">
          <Button
            component="a"
            variant="default"
            href={apiUrl('/attainment/evidence.csv', { start: scope.start, end: scope.end, as: scope.as })}
            download
          >
            Download CSV
          </Button>
          <Button onClick={() => window.print()}>Print</Button>
        </Group>
      }
    >
      <Group gap="xs" mb="md" align="flex-end" className="no-print" role="search" aria-label="What is shown">
        <Period start={scope.start} end={scope.end} change={change} />
      </Group>
      <Answer of={attainment} what="The evidence" lines={10}>
        {(answer) =>
          answer.clauses.length === 0 ? (
            <Empty title="No agreement was in force in this period" action={<Go href={paths.agreement()}>Go to the agreement</Go>}>
              Once both sides have signed a contract, its clauses stand here with every lead they rest on, to print and keep.
            </Empty>
          ) : (
            <Evidence answer={answer} />
          )
        }
      </Answer>
    </Page>
  );
}

function Evidence({ answer }: { answer: AttainmentAnswer }) {
  const { workspace } = useMe();
  return (
    <div className="stack evidence">
      <Text size="sm" c="dimmed">
        {workspace.name}. Times are in {answer.timeZone}; counted {answer.as === 'then' ? 'as signed then' : 'as signed now'}, by what was
        on record on {instant(answer.asOf)}; rules {answer.rulesVersion}.
      </Text>
      <EvidenceSummary answer={answer} />
      {answer.clauses.map((clause) => (
        <ClauseEvidence key={clause.key} clause={clause} answer={answer} />
      ))}
    </div>
  );
}
