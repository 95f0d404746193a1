import { Text } from '@mantine/core';
import type { Perception } from '#features/feedback/contract/perception.ts';
import { day, month, plural } from '#ui/formats.ts';
import { Page } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { FeedbackTabs } from '../FeedbackTabs.tsx';
import { usePerception } from './asking.ts';
import { Gaps } from './Gaps.tsx';
import { GuessCard } from './GuessCard.tsx';

/** What people think the numbers are, before they see them; and how far each side was off, once the month is over. */
export function PerceptionPage() {
  const perception = usePerception();
  return (
    <Page title="Perception and evidence">
      <FeedbackTabs />
      <div className="stack">
        <Answer of={perception} what="This month’s numbers" lines={8}>
          {(answer) => (
            <section aria-labelledby="guesses">
              <Text className="feedback-first">{headline(answer)}</Text>
              <h2 id="guesses" className="feedback-part">
                {month(answer.period)}: numbers of {day(answer.start)} to {day(answer.end)}
              </h2>
              <Text size="sm" c="dimmed" mb="sm">
                Nothing that is kept on the server says who guessed what; your own guess stays in this browser.
              </Text>
              <div className="guess-cards">
                {answer.items.map((item) => (
                  <GuessCard key={item.metric} item={item} period={answer.period} />
                ))}
              </div>
            </section>
          )}
        </Answer>
        <Gaps />
      </div>
    </Page>
  );
}

function headline({ items }: Perception): string {
  const left = items.filter(({ truth, whyNotGuess }) => truth === null && whyNotGuess === null).length;
  return left > 0
    ? `Before you see them: what do you think? ${plural(left, 'number')} to guess.`
    : 'You have seen all numbers of this month. How far each side was off is told when the month is over.';
}
