/** Whether a step of the way in is through: what it needs, each need met or not by what is on record. Nothing is ticked. */

import { enough, type Evidence } from './evidence.ts';
import { type Need, needsOf } from './needs.ts';
import { type StepName, stepNames } from './steps.ts';

export const gateStates = ['open', 'begun', 'through'] as const;
export type GateState = (typeof gateStates)[number];

export interface Gate {
  readonly step: StepName;
  readonly state: GateState;
  readonly sentence: string;
  readonly needs: readonly Need[];
}

export function gateOf(step: StepName, evidence: Evidence): Gate {
  const { needs, begun } = needsOf[step](evidence);
  const met = needs.filter((need) => need.met).length;
  const state = met === needs.length ? 'through' : met > 0 || begun ? 'begun' : 'open';
  return { step, state, sentence: sentenceOf(needs, met), needs };
}

export const gatesOf = (evidence: Evidence): Gate[] => stepNames.map((step) => gateOf(step, evidence));

function sentenceOf(needs: readonly Need[], met: number): string {
  const missing = needs.filter((need) => !need.met);
  if (missing.length === 0) return needs.map(({ says }) => says).join(' ');
  return needs.length === 1 ? missing[0]!.says : `${met} of ${needs.length}: ${missing[0]!.says}`;
}

/** The first step that is not through: each rests on those before it. Null: all are. */
export const nextStep = (gates: readonly Gate[]): StepName | null => gates.find(({ state }) => state !== 'through')?.step ?? null;

/** What a newcomer does in the first afternoon, in order. */
export const firstDeeds = ['charter', 'diagnosis', 'import', 'baseline', 'definition'] as const;
export type FirstDeed = (typeof firstDeeds)[number];

/** Which of them are done: the diagnosis counts once it asks. */
export function firstAfternoon({ sponsor, diagnosis, data, language }: Evidence): Record<FirstDeed, boolean> {
  return {
    charter: sponsor.signed,
    diagnosis: diagnosis.told.length === 2 || diagnosis.closesOn !== null,
    import: data.leads >= enough.data.leads && data.decided > 0,
    baseline: data.baseline === true,
    definition: language.proposed.length + language.inForce.length > 0,
  };
}
