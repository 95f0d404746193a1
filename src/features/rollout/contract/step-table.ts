/** The way in, step by step: the one table that screens, documents and tests read. Its gates are in engine/rollout/needs.ts. */

import { type StepName, stepNames } from '#engine/rollout/steps.ts';
import { agreementMaterial, goalsMaterial, handoffMaterial, languageMaterial } from './materials/agreeing.ts';
import { dataMaterial, diagnosisMaterial, sponsorMaterial } from './materials/beginning.ts';
import { payMaterial, renewalMaterial, returnMaterial } from './materials/lasting.ts';
import type { Material } from './materials/material.ts';
import { campaignsMaterial, criticismMaterial, pilotMaterial, rhythmMaterial } from './materials/working.ts';

export interface StepWords {
  readonly title: string;
  /** What one does, in a sentence. */
  readonly what: string;
  readonly why: string;
  readonly who: string;
  readonly long: string;
  readonly material: readonly Material[];
}

const bothHeads = 'The heads of marketing and sales';

export const stepTable: Readonly<Record<StepName, StepWords>> = {
  sponsor: {
    title: 'A sponsor and one number',
    what: 'A leader signs for one number that both sides shall move.',
    why: 'Two sides with two measures each win alone. One number, and one person who wants it, end most arguments before they begin.',
    who: 'The sponsor, with the heads of marketing and sales',
    long: 'One hour',
    material: sponsorMaterial,
  },
  diagnosis: {
    title: 'The diagnosis',
    what: 'Both sides answer the same ten sentences; you see where they disagree most.',
    why: 'What the two sides think of the same thing is usually further apart than the thing is bad. It also says which steps matter most here.',
    who: 'Everybody in marketing and sales, and leadership',
    long: 'Five minutes each; a week open, or one workshop of 45 minutes',
    material: diagnosisMaterial,
  },
  data: {
    title: 'Load the data',
    what: 'Leads and deals of the past come on one record, and the baseline of the one number is kept.',
    why: 'Without a past nothing can be compared: no back-test, no goal worked back, no before and after.',
    who: 'Whoever exports from the CRM',
    long: 'Under an hour',
    material: dataMaterial,
  },
  language: {
    title: 'One language',
    what: 'Both sides sign what an MQL, an attempt and an SQL are, as rules tried on the past.',
    why: 'Most quarrels about lead quality are about words. A rule that both signed can be kept, broken and changed; an opinion can’t.',
    who: `${bothHeads}, and one person of each side who works leads`,
    long: '75 minutes',
    material: languageMaterial,
  },
  goals: {
    title: 'Mutual goals',
    what: 'Goals worked back from revenue, each with an owner on both sides, are signed.',
    why: 'As long as marketing is measured by leads and sales by deals, each can win while the company loses.',
    who: `${bothHeads}, with the sponsor`,
    long: '75 minutes',
    material: goalsMaterial,
  },
  agreement: {
    title: 'The agreement',
    what: 'Both sides sign what each owes the other, with clocks and excuses.',
    why: 'Promises that are written, measured and mutual are kept; wishes are not.',
    who: bothHeads,
    long: '75 minutes',
    material: agreementMaterial,
  },
  handoff: {
    title: 'The hand-off',
    what: 'Leads are routed, accepted or rejected by condition, and worked with a clock.',
    why: 'Between the two sides most leads are lost silently. With a hand-off none is, and each loss has a reason.',
    who: 'Everybody who works leads, and those who pass them',
    long: '45 minutes, then four weeks of doing it',
    material: handoffMaterial,
  },
  pilot: {
    title: 'A pilot with a comparison group',
    what: 'One group begins, another goes on as before, and the difference is measured.',
    why: 'Without a comparison a good quarter looks like success and a bad one like failure. With one you know what you did.',
    who: `${bothHeads}, with the two groups`,
    long: 'Eight weeks or more',
    material: pilotMaterial,
  },
  rhythm: {
    title: 'The rhythm',
    what: 'Both sides meet every week by an agenda that the data writes.',
    why: 'What is looked at weekly is mended weekly. What has no meeting is mended when it has become a quarrel.',
    who: 'The heads, and whoever an item concerns',
    long: '45 minutes a week',
    material: rhythmMaterial,
  },
  criticism: {
    title: 'Criticism',
    what: 'Both sides give and answer feedback about real work.',
    why: 'What nobody says can’t be mended. Said well, and answered in time, it is the cheapest improvement there is.',
    who: 'Everybody',
    long: 'One hour to practise, then a few minutes a week',
    material: criticismMaterial,
  },
  campaigns: {
    title: 'Joint campaigns',
    what: 'Sales takes parts in a campaign it helped to plan, with evidence.',
    why: 'A campaign that sales does not know is not followed up. One that it helped to write is.',
    who: 'Marketing, and the reps who take a part',
    long: 'One hour, then the campaign',
    material: campaignsMaterial,
  },
  pay: {
    title: 'Collective pay, last',
    what: 'A plan that pays people of both sides runs as a shadow for a quarter, and is signed.',
    why: 'Pay makes permanent whatever it is put on. Put it on what the steps before have shown to work, and first without money.',
    who: 'The sponsor, both heads, finance, and everybody whom it pays',
    long: 'A quarter in the shadow',
    material: payMaterial,
  },
  return: {
    title: 'The return',
    what: 'Costs of both sides are complete, months are closed, and the return is read monthly.',
    why: 'Leadership goes on paying for what it can see the return of.',
    who: 'Finance, both heads, the sponsor',
    long: 'One hour a month',
    material: returnMaterial,
  },
  renewal: {
    title: 'Renewal',
    what: 'After a quarter the contract and the goals are changed by what was learnt, and signed again.',
    why: 'An agreement that never changes is one that nobody reads.',
    who: `${bothHeads}, with the sponsor`,
    long: '75 minutes a quarter',
    material: renewalMaterial,
  },
};

export const isStep = (text: string): text is StepName => (stepNames as readonly string[]).includes(text);
