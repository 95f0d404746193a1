import { type ProposalKind, proposalStates, proposalStateWords } from '#engine/campaigns/proposal-states.ts';
import type { ProposalItem, ProposalsPage } from '#features/campaigns/contract/proposals.ts';
import { count, day, dayOfInstant, plural } from '#ui/formats.ts';

export const kindWords: Readonly<Record<ProposalKind, { label: string; about: string; title: string; text: string }>> = {
  campaign: {
    label: 'Campaign',
    about: 'Something marketing should run, alone or with sales.',
    title: 'A webinar on data residency for German banks',
    text: 'Whom it should reach, what they ask about, and what you would do in it.',
  },
  content: {
    label: 'Content',
    about: 'Something to send or show that is missing, or not good enough.',
    title: 'A case study from logistics',
    text: 'In which conversation it is missing, and what it should show.',
  },
  objection: {
    label: 'Objection',
    about: 'Something customers say that we have no good answer to.',
    title: 'How do we answer “your competitor is cheaper”?',
    text: 'What they say, word for word, and what you have answered so far.',
  },
};

/** How an answer stands, in a few words, and how it is to look. */
export function answerWords(
  item: Pick<ProposalItem, 'answered' | 'dueOn' | 'lateDays' | 'state' | 'plannedOn' | 'promiseBroken' | 'answeredAt'>,
): {
  words: string;
  look: 'good' | 'bad' | 'warn' | 'dim';
} {
  const { state, answered, dueOn, lateDays, plannedOn, promiseBroken, answeredAt } = item;
  const late = answered === 'late' ? `, ${plural(lateDays, 'working day')} late` : '';
  if (state === 'planned')
    return promiseBroken
      ? { words: `Planned for ${day(plannedOn)}, not there yet`, look: 'bad' }
      : { words: `Planned for ${day(plannedOn)}${late}`, look: 'warn' };
  if (state === 'done') return { words: `Done ${dayOfInstant(answeredAt)}${late}`, look: 'good' };
  if (state === 'declined') return { words: `Declined ${dayOfInstant(answeredAt)}${late}`, look: 'dim' };
  if (state === 'withdrawn') return { words: 'Withdrawn', look: 'dim' };
  if (answered === 'overdue') return { words: `Answer ${plural(lateDays, 'working day')} overdue`, look: 'bad' };
  return { words: dueOn ? `Answer due by ${day(dueOn)}` : 'To answer', look: 'dim' };
}

/** The one sentence above the list. */
export function headline({ counts, answerDays }: ProposalsPage): string {
  const { open, planned, answersDue, answersInTime, late } = counts;
  if (open + planned + counts.done + counts.declined === 0) return '';
  const waiting =
    open === 0 ? 'No proposal waits for an answer' : `${plural(open, 'proposal')} ${open === 1 ? 'waits' : 'wait'} for an answer`;
  const overdue = late > 0 ? `, ${count(late)} ${late === 1 ? 'is' : 'are'} late` : '';
  const kept =
    answersDue > 0
      ? ` Marketing answered ${count(answersInTime)} of ${count(answersDue)} within ${plural(answerDays, 'working day')}.`
      : '';
  return `${waiting}${overdue}.${kept}`;
}

export const states = [
  { value: 'live', label: 'Open and planned' },
  { value: 'late', label: 'Late' },
  ...proposalStates.map((value) => ({ value, label: proposalStateWords[value].label })),
  { value: 'all', label: 'All' },
];

export const sorts = [
  { value: 'votes', label: 'Votes' },
  { value: 'value', label: 'Open value behind it' },
  { value: 'due', label: 'Due day' },
  { value: 'newest', label: 'Newest' },
];
