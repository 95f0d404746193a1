/**
 * Where a joint campaign's plan and a rep's part in it stand, and what may be done from where. One table read by the
 * server, the screens and the documentation.
 */

// ── the plan ────────────────────────────────────────────────────────────────

export const planStates = ['draft', 'briefed', 'launched', 'ended', 'cancelled'] as const;
export type PlanState = (typeof planStates)[number];

export const planWords: Readonly<Record<PlanState, { label: string; about: string }>> = {
  draft: { label: 'Being planned', about: 'Nobody outside the plan counts on it yet.' },
  briefed: { label: 'Briefed', about: 'The brief is out; whoever takes part acknowledges it before launch.' },
  launched: { label: 'Launched', about: 'It runs. A changed brief asks to be acknowledged anew.' },
  ended: { label: 'Ended', about: 'It is over; what came of it goes on being counted.' },
  cancelled: { label: 'Cancelled', about: 'It does not take place; roles asked for it are released.' },
};

export const planVerbs = ['edit', 'publish', 'acknowledge', 'launch', 'end', 'cancel', 'askRole'] as const;
export type PlanVerb = (typeof planVerbs)[number];

export interface Step<State> {
  readonly from: readonly State[];
  /** Where it leads; null: it stays where it is. */
  readonly to: State | null;
  readonly label: string;
  /** Why it can't be done from anywhere else. */
  readonly otherwise: string;
}

const over = 'The campaign is over.';

export const planCan: Readonly<Record<PlanVerb, Step<PlanState>>> = {
  edit: { from: ['draft', 'briefed', 'launched'], to: null, label: 'Edit', otherwise: over },
  publish: { from: ['draft', 'briefed', 'launched'], to: null, label: 'Publish the brief', otherwise: over },
  acknowledge: { from: ['briefed', 'launched'], to: null, label: 'Acknowledge', otherwise: 'There is no brief to acknowledge now.' },
  launch: {
    from: ['briefed'],
    to: 'launched',
    label: 'Launch',
    otherwise: 'Only a campaign whose brief is out, and that does not run yet, is launched.',
  },
  end: { from: ['launched'], to: 'ended', label: 'End', otherwise: 'Only a campaign that runs can be ended.' },
  cancel: { from: ['draft', 'briefed', 'launched'], to: 'cancelled', label: 'Cancel', otherwise: over },
  askRole: { from: ['draft', 'briefed', 'launched'], to: null, label: 'Ask for a part', otherwise: over },
};

// ── a rep's part ────────────────────────────────────────────────────────────

export const roleKinds = ['inviteList', 'calls', 'event', 'content', 'followUp'] as const;
export type RoleKind = (typeof roleKinds)[number];

/** `counts` says what is evidence of it: shown beside the number wanted. */
export const roleKindWords: Readonly<Record<RoleKind, { label: string; unit: string; counts: string }>> = {
  inviteList: {
    label: 'Invite',
    unit: 'people invited',
    counts: 'People of the campaign whom the rep wrote to, called or met before they responded, and people the rep added to it.',
  },
  calls: { label: 'Call', unit: 'people called', counts: 'People of the campaign whom the rep called.' },
  event: {
    label: 'Take part in the event',
    unit: 'people met',
    counts: 'People of the campaign with whom the rep has an event, webinar or meeting on record.',
  },
  content: { label: 'Give content', unit: 'pieces', counts: 'Library versions that the rep added for the campaign.' },
  followUp: {
    label: 'Follow up responders',
    unit: 'people followed up',
    counts: 'People whom the rep tried to reach after they responded.',
  },
};

export const roleStates = ['asked', 'counterproposed', 'accepted', 'declined', 'withdrawn'] as const;
export type RoleState = (typeof roleStates)[number];

export const roleWords: Readonly<Record<RoleState, { label: string; about: string }>> = {
  asked: { label: 'Asked', about: 'The rep has not answered.' },
  counterproposed: { label: 'Another part proposed', about: 'The rep proposes another part; who asked takes it or not.' },
  accepted: { label: 'Accepted', about: 'Whether it is done, evidence says.' },
  declined: { label: 'Declined', about: 'The rep said why.' },
  withdrawn: { label: 'Withdrawn', about: 'Who asked took it back.' },
};

export const roleVerbs = ['accept', 'decline', 'counterpropose', 'takeCounter', 'refuseCounter', 'withdraw'] as const;
export type RoleVerb = (typeof roleVerbs)[number];

/** `by`: the rep who is asked, or who asks. */
export const roleCan: Readonly<Record<RoleVerb, Step<RoleState> & { readonly to: RoleState; readonly by: 'asked' | 'asker' }>> = {
  accept: { from: ['asked'], to: 'accepted', by: 'asked', label: 'Accept', otherwise: 'It was answered already.' },
  decline: {
    from: ['asked', 'counterproposed', 'accepted'],
    to: 'declined',
    by: 'asked',
    label: 'Decline',
    otherwise: 'There is nothing to decline any more.',
  },
  counterpropose: {
    from: ['asked'],
    to: 'counterproposed',
    by: 'asked',
    label: 'Propose another part',
    otherwise: 'It was answered already.',
  },
  takeCounter: {
    from: ['counterproposed'],
    to: 'accepted',
    by: 'asker',
    label: 'Take the proposal',
    otherwise: 'No other part is proposed.',
  },
  refuseCounter: {
    from: ['counterproposed'],
    to: 'asked',
    by: 'asker',
    label: 'Ask for the first part again',
    otherwise: 'No other part is proposed.',
  },
  withdraw: {
    from: ['asked', 'counterproposed', 'accepted'],
    to: 'withdrawn',
    by: 'asker',
    label: 'Take back',
    otherwise: 'It is not asked any more.',
  },
};

// ── what evidence makes of an accepted part ─────────────────────────────────

export const fulfilments = ['open', 'done', 'missed'] as const;
export type Fulfilment = (typeof fulfilments)[number];

/** Done by evidence alone; what came after the due day doesn't count, as with a clock. Null: not accepted, so not owed. */
export function fulfilmentOf(
  role: { readonly state: RoleState; readonly wanted: number; readonly dueOn: string | null },
  evidenced: number,
  today: string,
): Fulfilment | null {
  if (role.state !== 'accepted') return null;
  if (evidenced >= role.wanted) return 'done';
  return role.dueOn !== null && role.dueOn < today ? 'missed' : 'open';
}
