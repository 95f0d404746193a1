import { SegmentedControl, Text } from '@mantine/core';
import { plural } from '#ui/formats.ts';
import { Page } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer, Empty } from '#ui/kit/States.tsx';
import { type Themes, useThemes } from '../asking.ts';
import { FeedbackDrawer } from '../FeedbackDrawer.tsx';
import { FeedbackTabs } from '../FeedbackTabs.tsx';
import { ThemeCard } from './ThemeCard.tsx';

/** What is said again and again, by side: offered to the agenda from three within thirty days. */
export function ThemesPage() {
  const [search, change] = useUrlSearch();
  const { toSide } = search;
  const themes = useThemes(toSide);
  return (
    <Page title="What recurs">
      <FeedbackTabs />
      <SegmentedControl
        aria-label="To which side"
        mb="md"
        value={toSide ?? 'both'}
        onChange={(value) => change({ toSide: value === 'both' ? null : value })}
        data={[
          { value: 'both', label: 'Both sides' },
          { value: 'marketing', label: 'To marketing' },
          { value: 'sales', label: 'To sales' },
        ]}
      />
      <Answer of={themes} what="What recurs">
        {(answer) =>
          answer.items.length === 0 ? (
            <Empty title="Nothing recurs">
              Criticism that says much the same about the same kind of thing is put together here. Three within {answer.days} days are
              offered to the next agenda.
            </Empty>
          ) : (
            <>
              <Text className="feedback-first">{headline(answer)}</Text>
              <div className="columns">
                {answer.items.map((theme) => (
                  <ThemeCard
                    key={theme.id}
                    theme={theme}
                    others={answer.items.filter(({ id, toSide: side }) => id !== theme.id && side === theme.toSide)}
                    whyNotMerge={answer.whyNotMerge}
                    open={(at) => change({ at })}
                  />
                ))}
              </div>
            </>
          )
        }
      </Answer>
      {search['at'] && <FeedbackDrawer key={search['at']} id={search['at']} onClose={() => change({ at: null })} />}
    </Page>
  );
}

function headline({ items, days }: Themes): string {
  const recurring = items.filter(({ recurs }) => recurs);
  if (recurring.length === 0) return `No theme came up three times within ${days} days.`;
  const first = recurring[0]!;
  return `${plural(recurring.length, 'theme')} came up three times or more within ${days} days; most often “${first.title}”, to ${first.toSide}.`;
}
