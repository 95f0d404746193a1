/** What may be done with a meeting, a series, a decision and an action: tables read by server, screens and documentation. */

export const purposes = ['daily', 'weekly', 'monthly', 'quarterly', 'own'] as const;
export type Purpose = (typeof purposes)[number];

export const meetingStates = ['planned', 'live', 'held', 'cancelled', 'notHeld'] as const;
export type MeetingState = (typeof meetingStates)[number];

export interface Transition<State extends string> {
  readonly from: readonly State[];
  readonly label: string;
  /** Why it can't be done from anywhere else. */
  readonly otherwise: string;
}

export const meetingCan = {
  open: { from: ['planned'], label: 'Start the meeting', otherwise: 'Only a planned meeting is started.' },
  step: { from: ['live'], label: 'Go to the next item', otherwise: 'The meeting is not running.' },
  gather: { from: ['planned'], label: 'Write the agenda anew', otherwise: 'The agenda is written from the data until the meeting starts.' },
  arrange: { from: ['planned', 'live'], label: 'Change the agenda', otherwise: 'The meeting is over.' },
  note: { from: ['planned', 'live'], label: 'Take notes', otherwise: 'The minutes are closed: what is missing goes on the next agenda.' },
  attend: { from: ['live', 'held'], label: 'Note who was there', otherwise: 'Who was there is noted when the meeting runs or was held.' },
  decide: { from: ['live'], label: 'Log a decision', otherwise: 'Decisions are logged while the meeting runs.' },
  give: { from: ['live'], label: 'Agree an action', otherwise: 'Actions of a meeting are agreed while it runs.' },
  close: { from: ['live'], label: 'End the meeting', otherwise: 'The meeting is not running.' },
  move: { from: ['planned'], label: 'Move', otherwise: 'Only a planned meeting is moved.' },
  cancel: { from: ['planned'], label: 'Cancel', otherwise: 'Only a planned meeting is cancelled.' },
  restore: { from: ['cancelled'], label: 'Hold it after all', otherwise: 'It is not cancelled.' },
} as const satisfies Record<string, Transition<MeetingState>>;
export type MeetingVerb = keyof typeof meetingCan;
export const meetingVerbs = Object.keys(meetingCan) as readonly MeetingVerb[];

export const itemStates = ['open', 'discussed', 'carried', 'dropped'] as const;
export type ItemState = (typeof itemStates)[number];

export const seriesStates = ['running', 'ended'] as const;
export type SeriesState = (typeof seriesStates)[number];
export const seriesCan = {
  change: { from: ['running'], label: 'Change', otherwise: 'It has ended.' },
  end: { from: ['running'], label: 'End', otherwise: 'It has ended.' },
  resume: { from: ['ended'], label: 'Go on with it', otherwise: 'It is running.' },
} as const satisfies Record<string, Transition<SeriesState>>;
export type SeriesVerb = keyof typeof seriesCan;
export const seriesVerbs = Object.keys(seriesCan) as readonly SeriesVerb[];

export const decisionKinds = ['logged', 'definition', 'contract', 'ruling'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

export const actionStates = ['open', 'done', 'dropped'] as const;
export type ActionState = (typeof actionStates)[number];

export const actionCan = {
  finish: { from: ['open'], label: 'Done', otherwise: 'It is closed already.' },
  drop: { from: ['open'], label: 'Drop', otherwise: 'It is closed already.' },
  change: { from: ['open'], label: 'Change', otherwise: 'A closed action stays as it is.' },
  reopen: { from: ['done', 'dropped'], label: 'Open again', otherwise: 'It is open.' },
} as const satisfies Record<string, Transition<ActionState>>;
export type ActionVerb = keyof typeof actionCan;
export const actionVerbs = Object.keys(actionCan) as readonly ActionVerb[];

/** Null: the state allows it. */
export const whyNotFrom = <State extends string>(transition: Transition<State>, state: State): string | null =>
  transition.from.includes(state) ? null : transition.otherwise;
