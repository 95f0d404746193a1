/**
 * Where feedback stands between who gave it and who it is to, and who may move it where. One table read by the
 * server, the screens and the documentation.
 */

/** What feedback can hang on. */
export const feedbackSubjects = ['lead', 'rejection', 'campaign', 'asset', 'followUp', 'touch', 'meeting'] as const;
export type FeedbackSubject = (typeof feedbackSubjects)[number];

export const tones = ['praise', 'criticism'] as const;
export type Tone = (typeof tones)[number];

export const feedbackStates = ['given', 'accepted', 'explained', 'disagreed', 'reopened', 'thanked', 'confirmed', 'withdrawn'] as const;
export type FeedbackState = (typeof feedbackStates)[number];

export const feedbackStateWords: Readonly<Record<FeedbackState, { label: string; about: string }>> = {
  given: { label: 'To answer', about: 'Given, and not answered yet.' },
  accepted: { label: 'Accepted', about: 'Accepted, with an action and its day; who gave it says whether that settled it.' },
  explained: { label: 'Explained', about: 'Answered with why it was so; who gave it says whether that settles it.' },
  disagreed: { label: 'Disagreed', about: 'The other side sees it differently: it goes onto the next agenda.' },
  reopened: { label: 'Reopened', about: 'Who gave it says that it is not settled; a new answer is due.' },
  thanked: { label: 'Thanked', about: 'Praise that was taken with thanks.' },
  confirmed: { label: 'Settled', about: 'Who gave it says that it is settled.' },
  withdrawn: { label: 'Withdrawn', about: 'Whoever gave it took it back.' },
};

export const feedbackVerbs = ['accept', 'explain', 'disagree', 'thank', 'confirm', 'reopen', 'withdraw', 'say'] as const;
export type FeedbackVerb = (typeof feedbackVerbs)[number];

export interface FeedbackTransition {
  readonly from: readonly FeedbackState[];
  /** The same state where none is named. */
  readonly to: FeedbackState | null;
  readonly by: 'receiver' | 'giver' | 'both';
  /** Which tone it is for; null: both. */
  readonly tone: Tone | null;
  readonly label: string;
  /** Why it can’t be done from anywhere else. */
  readonly otherwise: string;
}

const open = ['given', 'reopened'] as const;
const answered = ['accepted', 'explained', 'disagreed'] as const;
const toAnswer = 'It has been answered already: who gave it can reopen it.';

export const feedbackCan: Readonly<Record<FeedbackVerb, FeedbackTransition>> = {
  accept: { from: open, to: 'accepted', by: 'receiver', tone: 'criticism', label: 'Accept, with an action', otherwise: toAnswer },
  explain: { from: open, to: 'explained', by: 'receiver', tone: 'criticism', label: 'Explain', otherwise: toAnswer },
  disagree: { from: open, to: 'disagreed', by: 'receiver', tone: 'criticism', label: 'Disagree', otherwise: toAnswer },
  thank: { from: ['given'], to: 'thanked', by: 'receiver', tone: 'praise', label: 'Say thanks', otherwise: 'It was answered already.' },
  confirm: {
    from: answered,
    to: 'confirmed',
    by: 'giver',
    tone: 'criticism',
    label: 'It is settled',
    otherwise: 'Only what was answered can be settled.',
  },
  reopen: {
    from: answered,
    to: 'reopened',
    by: 'giver',
    tone: 'criticism',
    label: 'It is not settled',
    otherwise: 'Only what was answered can be reopened.',
  },
  withdraw: {
    from: open,
    to: 'withdrawn',
    by: 'giver',
    tone: null,
    label: 'Take it back',
    otherwise: 'It was answered: what was answered stays.',
  },
  say: {
    from: ['given', 'accepted', 'explained', 'disagreed', 'reopened', 'thanked', 'confirmed'],
    to: null,
    by: 'both',
    tone: null,
    label: 'Write',
    otherwise: 'It was taken back.',
  },
};

/** Why this can’t be done with feedback in this state; null: it can. */
export function whyNotIn(verb: FeedbackVerb, { state, tone }: { readonly state: FeedbackState; readonly tone: Tone }): string | null {
  const { from, tone: only, otherwise } = feedbackCan[verb];
  if (only !== null && only !== tone) return only === 'praise' ? 'Thanks are for praise.' : 'Praise asks for no answer.';
  return from.includes(state) ? null : otherwise;
}

/** States in which an answer is owed. */
export const isOpen = (state: FeedbackState): boolean => state === 'given' || state === 'reopened';
