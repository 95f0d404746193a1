/**
 * Where an MQL stands between the two sides, and who may move it where. One table read by the server, the
 * screens and the documentation (docs/reference/handoff-states.md).
 */

export const handoffStates = [
  'unrouted',
  'waiting',
  'accepted',
  'rejected',
  'contested',
  'recycled',
  'disqualified',
  'progressed',
] as const;
export type HandoffState = (typeof handoffStates)[number];

export const stateWords: Readonly<Record<HandoffState, { label: string; about: string }>> = {
  unrouted: { label: 'Nobody’s yet', about: 'Passed by marketing; no rep has it. It can be claimed.' },
  waiting: { label: 'To accept', about: 'A rep has it and has not decided.' },
  accepted: { label: 'Being worked', about: 'Accepted by the rep; attempts are due.' },
  rejected: { label: 'Rejected', about: 'The rep named a clause of the definition that was not met.' },
  contested: { label: 'Contested', about: 'Marketing disagrees with the rejection; one from each side judges.' },
  recycled: { label: 'Recycled', about: 'Back to nurture until a day.' },
  disqualified: { label: 'Disqualified', about: 'Never going to buy; out of the process.' },
  progressed: { label: 'Opportunity', about: 'A confirmed opportunity, a deal, or its end.' },
};

export const verbs = [
  'claim',
  'accept',
  'reject',
  'recycle',
  'disqualify',
  'qualify',
  'agree',
  'mend',
  'contest',
  'rule',
  'restart',
  'reassign',
] as const;
export type Verb = (typeof verbs)[number];

export interface Transition {
  readonly from: readonly HandoffState[];
  /** Where it leads; `rule` to one of two. */
  readonly to: readonly HandoffState[];
  readonly side: 'marketing' | 'sales' | 'both';
  readonly label: string;
  /** Why it can't be done from anywhere else. */
  readonly otherwise: string;
}

export const leadCan: Readonly<Record<Verb, Transition>> = {
  claim: { from: ['unrouted'], to: ['waiting'], side: 'sales', label: 'Claim', otherwise: 'Somebody has this lead already.' },
  accept: {
    from: ['waiting'],
    to: ['accepted'],
    side: 'sales',
    label: 'Accept',
    otherwise: 'Only a lead that waits for a decision can be accepted.',
  },
  reject: {
    from: ['waiting', 'accepted'],
    to: ['rejected'],
    side: 'sales',
    label: 'Reject',
    otherwise: 'Only a lead that waits or is being worked can be rejected.',
  },
  recycle: {
    from: ['waiting', 'accepted'],
    to: ['recycled'],
    side: 'sales',
    label: 'Recycle',
    otherwise: 'Only a lead that waits or is being worked can go back to nurture.',
  },
  disqualify: {
    from: ['waiting', 'accepted'],
    to: ['disqualified'],
    side: 'sales',
    label: 'Disqualify',
    otherwise: 'Only a lead that waits or is being worked can be disqualified.',
  },
  qualify: {
    from: ['accepted'],
    to: ['progressed'],
    side: 'sales',
    label: 'Confirm opportunity (SQL)',
    otherwise: 'Only a lead that is being worked becomes an SQL.',
  },
  agree: { from: ['rejected'], to: ['rejected'], side: 'marketing', label: 'Agree', otherwise: 'There is no rejection to answer.' },
  mend: {
    from: ['rejected'],
    to: ['waiting', 'unrouted'],
    side: 'marketing',
    label: 'Mend and return',
    otherwise: 'There is no rejection to answer.',
  },
  contest: { from: ['rejected'], to: ['contested'], side: 'marketing', label: 'Contest', otherwise: 'There is no rejection to answer.' },
  rule: {
    from: ['contested', 'rejected'],
    to: ['rejected', 'accepted'],
    side: 'both',
    label: 'Judge',
    otherwise: 'This rejection is not to be judged.',
  },
  restart: {
    from: ['recycled'],
    to: ['waiting', 'unrouted'],
    side: 'marketing',
    label: 'Start a new cycle',
    otherwise: 'Only a recycled lead comes back as a new cycle.',
  },
  reassign: {
    from: ['unrouted', 'waiting', 'accepted'],
    to: ['waiting', 'accepted'],
    side: 'both',
    label: 'Give to somebody else',
    otherwise: 'This lead is not with a rep.',
  },
};
