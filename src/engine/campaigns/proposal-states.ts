/**
 * Where a proposal stands, and who may move it where. One table read by the server, the screens and the
 * documentation. A proposal is what sales (or anybody) asks of marketing: a campaign, content, an answer to an objection.
 */

export const proposalKinds = ['campaign', 'content', 'objection'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

export const proposalStates = ['open', 'planned', 'done', 'declined', 'withdrawn'] as const;
export type ProposalState = (typeof proposalStates)[number];

export const proposalStateWords: Readonly<Record<ProposalState, { label: string; about: string }>> = {
  open: { label: 'To answer', about: 'Marketing has not answered yet.' },
  planned: { label: 'Planned', about: 'Marketing said yes, and by when.' },
  done: { label: 'Done', about: 'What was asked for is there.' },
  declined: { label: 'Declined', about: 'Marketing said no, and why.' },
  withdrawn: { label: 'Withdrawn', about: 'Whoever proposed it took it back.' },
};

export const proposalVerbs = ['edit', 'vote', 'addCase', 'plan', 'finish', 'decline', 'withdraw', 'reopen'] as const;
export type ProposalVerb = (typeof proposalVerbs)[number];

export interface ProposalTransition {
  readonly from: readonly ProposalState[];
  /** Where it leads; the same state where none is named. */
  readonly to: ProposalState | null;
  /** Whose verb it is: who proposed it, everybody else, anybody, or marketing. */
  readonly by: 'proposer' | 'others' | 'anybody' | 'marketing';
  readonly label: string;
  /** Why it can't be done from anywhere else. */
  readonly otherwise: string;
}

export const proposalCan: Readonly<Record<ProposalVerb, ProposalTransition>> = {
  edit: {
    from: ['open'],
    to: null,
    by: 'proposer',
    label: 'Edit',
    otherwise: 'It has been answered: what was answered stays as it was read.',
  },
  vote: {
    from: ['open', 'planned'],
    to: null,
    by: 'others',
    label: 'Vote',
    otherwise: 'It is closed: votes count while it is open or planned.',
  },
  addCase: {
    from: ['open', 'planned'],
    to: null,
    by: 'anybody',
    label: 'Add a case',
    otherwise: 'It is closed: cases are added while it is open or planned.',
  },
  plan: { from: ['open', 'planned'], to: 'planned', by: 'marketing', label: 'Plan', otherwise: 'It is closed: reopen it first.' },
  finish: { from: ['open', 'planned'], to: 'done', by: 'marketing', label: 'Mark as done', otherwise: 'It is closed already.' },
  decline: { from: ['open', 'planned'], to: 'declined', by: 'marketing', label: 'Decline', otherwise: 'It is closed already.' },
  withdraw: { from: ['open', 'planned'], to: 'withdrawn', by: 'proposer', label: 'Withdraw', otherwise: 'It is closed already.' },
  reopen: {
    from: ['done', 'declined', 'withdrawn'],
    to: 'open',
    by: 'proposer',
    label: 'Reopen',
    otherwise: 'Only what is closed can be reopened.',
  },
};

/** Why this can't be done in this state; null: it can. */
export const whyNotIn = (verb: ProposalVerb, state: ProposalState): string | null =>
  proposalCan[verb].from.includes(state) ? null : proposalCan[verb].otherwise;
