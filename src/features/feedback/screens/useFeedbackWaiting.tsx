import type { FeedbackItem } from '#features/feedback/contract/feedback.ts';
import type { FeedbackToday } from '#features/feedback/contract/overview.ts';
import { instantOfLocal, plural } from '#ui/formats.ts';
import { paths } from '#ui/paths.ts';
import type { PartToday, TodayItem } from '#ui/today/waiting.ts';
import { useFeedbackToday } from './asking.ts';
import { fromWhom } from './words.ts';

const feedback = { part: 'Feedback' } as const;

/** Feedback to answer and to settle, praise, a pulse and numbers to guess. */
export function useFeedbackWaiting(): PartToday {
  const asked = useFeedbackToday();
  return { items: asked.data ? [...ofPieces(asked.data), ...ofRounds(asked.data)] : [], asked: [asked] };
}

function ofPieces({ toAnswer, toSettle, praise }: FeedbackToday): TodayItem[] {
  return [
    ...toAnswer.map(
      (item): TodayItem => ({
        ...{ ...feedback, key: `answer ${item.id}`, stake: 'colleague', dueAt: item.dueAt, href: paths.feedback({ at: item.id }) },
        ...{ ...words(item), act: 'Answer' },
      }),
    ),
    ...toSettle.map(
      (item): TodayItem => ({
        ...{ ...feedback, key: `settle ${item.id}`, stake: 'colleague', dueAt: null, act: 'Read the answer' },
        ...{ ...words(item, 'You'), href: paths.feedback({ view: 'toSettle', at: item.id }) },
      }),
    ),
    ...praise.slice(0, 3).map(
      (item): TodayItem => ({
        ...{ ...feedback, key: `praise ${item.id}`, stake: 'reading', dueAt: null, act: 'Praise for you' },
        ...{ ...words(item), href: paths.feedback({ view: 'received', at: item.id }) },
      }),
    ),
  ];
}

const words = (item: FeedbackItem, from = fromWhom(item)): Pick<TodayItem, 'says' | 'about'> => ({
  says: <strong>{item.subject.name}</strong>,
  about: `${from}: ${item.behaviour.length > 90 ? `${item.behaviour.slice(0, 90)}…` : item.behaviour}`,
});

function ofRounds({ pulse, toGuess, lateOnMySide, toAnswer }: FeedbackToday): TodayItem[] {
  const items: TodayItem[] = [];
  const ofOthers = lateOnMySide - toAnswer.filter(({ late }) => late).length; // one's own stand in the list
  if (pulse)
    items.push({
      ...{ ...feedback, key: `pulse ${pulse.id}`, stake: 'colleague', dueAt: instantOfLocal(`${pulse.closesOn}T23:59`) },
      ...{ href: paths.pulse(), says: `${pulse.title} waits for your answers`, act: 'Answer' },
    });
  if (ofOthers > 0)
    items.push({
      ...{ ...feedback, key: 'late feedback', stake: 'colleague', dueAt: null, act: 'See which' },
      href: paths.feedback({ view: 'toAnswer', late: 'true' }),
      says: `${plural(ofOthers, 'answer')} of others on your side ${ofOthers === 1 ? 'is' : 'are'} late`,
    });
  if (toGuess > 0)
    items.push({
      ...{ ...feedback, key: 'guesses', stake: 'reading', dueAt: null, href: paths.perception(), act: 'Guess' },
      says: `Before you see them: ${plural(toGuess, 'number')} of this month to guess`,
    });
  return items;
}
