/** What may be done with a meeting, an item of its agenda and an action: tables read by server, screens and documentation. */

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
  note: { from: ['planned', 'live'], label: 'Take notes', otherwise: 'The minutes are closed: what is missing goes on the next agenda.' },
  arrange: { from: ['planned', 'live'], label: 'Change the agenda', otherwise: 'The meeting is over.' },
  decide: { from: ['live'], label: 'Log a decision', otherwise: 'Decisions are logged while the meeting runs.' },
  close: { from: ['live'], label: 'End the meeting', otherwise: 'The meeting is not running.' },
  cancel: { from: ['planned'], label: 'Cancel', otherwise: 'Only a planned meeting is cancelled.' },
  move: { from: ['planned'], label: 'Move', otherwise: 'Only a planned meeting is moved.' },
} as const satisfies Record<string, Transition<MeetingState>>;
export type MeetingVerb = keyof typeof meetingCan;

export const itemStates = ['open', 'discussed', 'carried', 'dropped'] as const;
export type ItemState = (typeof itemStates)[number];

export const actionStates = ['open', 'done', 'dropped'] as const;
export type ActionState = (typeof actionStates)[number];

export const actionCan = {
  finish: { from: ['open'], label: 'Done', otherwise: 'It is closed already.' },
  drop: { from: ['open'], label: 'Drop', otherwise: 'It is closed already.' },
  change: { from: ['open'], label: 'Change', otherwise: 'A closed action stays as it is.' },
  reopen: { from: ['done', 'dropped'], label: 'Open again', otherwise: 'It is open.' },
} as const satisfies Record<string, Transition<ActionState>>;
export type ActionVerb = keyof typeof actionCan;
