import { Group } from '@mantine/core';
import { useState } from 'react';
import type { HealthRow } from '#features/cadence/contract/health.ts';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useMeetingHealth } from '../asking.ts';
import { MeetingsTabs } from '../MeetingsTabs.tsx';
import { HealthRecordsDrawer, type Opened } from './HealthRecordsDrawer.tsx';
import { HealthTable } from './HealthTable.tsx';
import { HealthWeeks } from './HealthWeeks.tsx';

/** Whether meetings are worth their time: held, attended, decided, acted on. */
export function MeetingHealthPage() {
  const [search, change] = useUrlSearch();
  const [opened, setOpened] = useState<Opened | null>(null);
  const asked = { start: search['start'] ?? null, end: search['end'] ?? null };
  const health = useMeetingHealth(asked);
  return (
    <Page title="Health of meetings">
      <MeetingsTabs />
      <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="Period">
        <Period start={asked.start ?? health.data?.start ?? null} end={asked.end ?? health.data?.end ?? null} change={change} />
      </Group>
      <Answer of={health} what="Health" lines={8}>
        {(answer) =>
          answer.overall.due === 0 && answer.overall.actionsDue === 0 ? (
            <Empty title="No meeting in this period">
              Here stands whether meetings were held, who came, what they decided, and whether what was agreed was done.
            </Empty>
          ) : (
            <div className="stack" aria-busy={health.isPlaceholderData}>
              <p className="lead-sentence">{headline(answer.overall)}</p>
              <HealthTable answer={answer} open={setOpened} />
              <HealthWeeks weeks={answer.weeks} />
              <Sheet title="How it is counted" padded>
                <ul className="rules-told">
                  {answer.notes.map((note) => (
                    <li key={note}>{note}</li>
                  ))}
                </ul>
              </Sheet>
            </div>
          )
        }
      </Answer>
      {opened && <HealthRecordsDrawer opened={opened} onClose={() => setOpened(null)} />}
    </Page>
  );
}

/** The one sentence that matters: what is weakest is named last, as it is what to mend. */
function headline({ due, held, attendedPercent, decidingPercent, closedPercent, openLate }: HealthRow): string {
  const parts = [`${held} of ${due} meetings were held`];
  if (attendedPercent !== null) parts.push(`${attendedPercent} % of those expected came`);
  if (decidingPercent !== null) parts.push(`${decidingPercent} % decided something`);
  if (closedPercent !== null) parts.push(`${closedPercent} % of actions due are closed`);
  return `${parts.join(', ')}.${openLate > 0 ? ` ${openLate} ${openLate === 1 ? 'is' : 'are'} late.` : ''}`;
}
