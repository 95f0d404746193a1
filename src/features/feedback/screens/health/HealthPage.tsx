import { Group, Text } from '@mantine/core';
import type { Health, SideHealth } from '#features/feedback/contract/overview.ts';
import { capitalised, plural } from '#ui/formats.ts';
import { Page, Sheet } from '#ui/kit/Page.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { useHealth } from '../asking.ts';
import { FeedbackTabs } from '../FeedbackTabs.tsx';
import { HealthPicture } from './HealthPicture.tsx';
import { HealthTable } from './HealthTable.tsx';

/** How criticism goes between the sides: sides, never people. */
export function HealthPage() {
  const [search, change] = useUrlSearch();
  const asked = { start: search['start'] ?? null, end: search['end'] ?? null };
  const health = useHealth(asked);
  return (
    <Page title="Health of feedback">
      <FeedbackTabs />
      <Group gap="xs" align="flex-end" mb="md" role="search" aria-label="Period">
        <Period start={asked.start ?? health.data?.start ?? null} end={asked.end ?? health.data?.end ?? null} change={change} />
      </Group>
      <Answer of={health} what="Health">
        {(answer) =>
          answer.sides.every(({ received }) => received === 0) ? (
            <Empty title="No feedback in this period">
              Here stands how the two sides give, take, answer and settle criticism and praise.
            </Empty>
          ) : (
            <div className="stack" aria-busy={health.isPlaceholderData}>
              <Text className="feedback-first">{headline(answer)}</Text>
              <HealthPicture answer={answer} />
              <HealthTable answer={answer} />
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
    </Page>
  );
}

function headline({ sides }: Health): string {
  const known = sides.filter(({ answeredInTime }) => answeredInTime.percent !== null);
  const told = known.map(({ side, answeredInTime }) => `${side} answers ${answeredInTime.percent} % of criticism in time`).join(', ');
  const late = [...sides].filter(({ openLate }) => openLate > 0).sort((one, other) => other.openLate - one.openLate)[0];
  return `${told === '' ? 'No answer was due yet' : capitalised(told)}.${late ? ` ${capitalised(owes(late))}.` : ''}${balance(sides)}`;
}

const owes = ({ side, openLate }: SideHealth): string =>
  `${side} owes ${plural(openLate, 'answer')} that ${openLate === 1 ? 'is' : 'are'} late`;

/** Whether both speak up: criticism that goes one way only is no conversation. */
function balance(sides: readonly SideHealth[]): string {
  const silent = sides.filter(({ given }) => given === 0);
  return silent.length === 1 ? ` ${capitalised(silent[0]!.side)} gave none.` : '';
}
