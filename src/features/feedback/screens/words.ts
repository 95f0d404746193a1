import { feedbackStateWords, type FeedbackState, type FeedbackSubject, isOpen } from '#engine/feedback/states.ts';
import type { FeedbackItem } from '#features/feedback/contract/feedback.ts';
import { paths, type RecordsPath } from '#ui/paths.ts';

export const subjectWords: Readonly<Record<FeedbackSubject, string>> = {
  lead: 'Lead',
  rejection: 'Rejection',
  campaign: 'Campaign',
  asset: 'Content',
  followUp: 'Follow-up',
  touch: 'Call or other touch',
  meeting: 'Meeting',
};

const lists: Readonly<Record<string, RecordsPath>> = {
  lead: 'leads',
  contact: 'contacts',
  account: 'accounts',
  deal: 'deals',
  campaign: 'campaigns',
};

/** Where the thing stands that feedback is about. */
export function subjectHref({ record }: FeedbackItem['subject']): string {
  const list = lists[record.kind];
  if (list) return paths.record(list, record.id);
  return record.kind === 'meeting' ? paths.meeting(record.id) : paths.asset(record.id);
}

/** The state in words, and the look that goes with it. */
export function stateMark(item: Pick<FeedbackItem, 'state' | 'tone' | 'late'>): { words: string; look: string } {
  if (item.late) return { words: 'Answer is late', look: 'bad' };
  if (item.tone === 'praise' && item.state === 'given') return { words: 'Praise', look: 'good' };
  return { words: feedbackStateWords[item.state].label, look: looks[item.state] };
}

const looks: Readonly<Record<FeedbackState, string>> = {
  given: 'warn',
  reopened: 'warn',
  accepted: 'good',
  explained: '',
  disagreed: 'warn',
  thanked: 'good',
  confirmed: 'good',
  withdrawn: 'dim',
};

export const owesAnswer = ({ tone, state }: Pick<FeedbackItem, 'tone' | 'state'>): boolean => tone === 'criticism' && isOpen(state);

/** To whom it is: the person, else the team, else the side. */
export const toWhom = ({ to }: Pick<FeedbackItem, 'to'>): string =>
  to.member?.name ?? to.team?.name ?? (to.side === 'sales' ? 'Sales' : 'Marketing');
export const fromWhom = ({ from }: Pick<FeedbackItem, 'from'>): string => from?.name ?? 'Anonymous';

export const fieldWords = {
  criticism: {
    situation: { label: 'Situation', about: 'When and where was it? Name the case.' },
    behaviour: { label: 'What was done', about: 'What you saw or heard, as a camera would have.' },
    impact: { label: 'What came of it', about: 'For the customer, the company, your own work.' },
    nextTime: { label: 'Next time', about: 'What you would like instead.' },
  },
  praise: {
    situation: { label: 'Situation', about: 'When and where was it? Name the case.' },
    behaviour: { label: 'What was done', about: 'What exactly was good.' },
    impact: { label: 'What came of it', about: 'What it did for you, the customer, the company.' },
    nextTime: { label: 'Next time', about: 'What you hope stays that way.' },
  },
} as const;
