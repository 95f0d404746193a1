/** What may be done from which state: one table, read by server, screens and docs. */

import { z } from 'zod';

interface Verb<State extends string> {
  readonly from: readonly State[];
  readonly otherwise: string;
}
const table =
  <State extends string>() =>
  <Verbs extends Record<string, Verb<State>>>(verbs: Verbs) =>
    verbs;

export const planStates = ['draft', 'proposed', 'signed', 'withdrawn'] as const;
export type PlanState = (typeof planStates)[number];
export const planState = z.enum(planStates);
export const planCan = table<PlanState>()({
  edit: { from: ['draft'], otherwise: 'Only a draft is edited: what was proposed stays as it was read. Make the next version from it.' },
  propose: { from: ['draft'], otherwise: 'It was proposed already.' },
  sign: { from: ['proposed', 'signed'], otherwise: 'Only a proposal can be signed.' },
  withdraw: { from: ['draft', 'proposed'], otherwise: 'What was signed is replaced by a next version, not withdrawn.' },
  comment: { from: ['draft', 'proposed', 'signed', 'withdrawn'], otherwise: '' },
});

export const runStates = ['draft', 'locked', 'discarded'] as const;
export type RunState = (typeof runStates)[number];
export const runState = z.enum(runStates);
/** `lock` also wants two approvals of the lines as they are; shadow runs are never approved, locked or exported. */
export const runCan = table<RunState>()({
  compute: { from: ['draft'], otherwise: 'What was locked or discarded is not computed again. What came late is a line of the next run.' },
  approve: { from: ['draft'], otherwise: 'Only a run that is not locked yet is approved.' },
  lock: { from: ['draft'], otherwise: 'It is locked or discarded already.' },
  discard: { from: ['draft'], otherwise: 'A locked run stays: mistakes are corrected by lines of the next one.' },
  export: { from: ['locked'], otherwise: 'Only a locked run goes to payroll.' },
});

export const disputeStates = ['open', 'escalated', 'corrected', 'explained', 'withdrawn'] as const;
export type DisputeState = (typeof disputeStates)[number];
export const disputeState = z.enum(disputeStates);
export const disputeCan = table<DisputeState>()({
  answer: { from: ['open'], otherwise: 'Only an open dispute is answered; what was escalated the sponsor decides.' },
  escalate: {
    from: ['open', 'explained'],
    otherwise: 'Only what is open, or was explained but not to the payee’s satisfaction, goes to the sponsor.',
  },
  decide: { from: ['escalated'], otherwise: 'The sponsor decides what was escalated.' },
  withdraw: { from: ['open', 'escalated'], otherwise: 'It is closed already.' },
});

/** Why a verb can't be done from a state; null where it can. */
export const whyNotFrom = <State extends string>({ from, otherwise }: Verb<State>, state: State): string | null =>
  from.includes(state) ? null : otherwise;
