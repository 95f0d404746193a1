/** The rule-based models of attribution, as one table that engine, screens and documents read. */

export const ruleModels = ['first', 'last', 'linear', 'u', 'w', 'z', 'j', 'inverse_j', 'time_decay'] as const;
export type RuleModel = (typeof ruleModels)[number];

export const ruleModelWords: Readonly<Record<RuleModel, { readonly label: string; readonly formula: string }>> = {
  first: { label: 'First touch', formula: 'The first touch gets all of it.' },
  last: { label: 'Last touch', formula: 'The last touch gets all of it.' },
  linear: { label: 'Linear', formula: 'Each of n touches gets 1 ÷ n.' },
  u: {
    label: 'U-shaped',
    formula: '40 % to the first touch, 40 % to the touch that made the lead (the last touch where none is known), 20 % shared by the rest.',
  },
  w: {
    label: 'W-shaped',
    formula: '30 % each to the first touch, the touch that made the lead and the touch that led to the deal, 10 % shared by the rest.',
  },
  z: {
    label: 'Full path (Z)',
    formula:
      '22.5 % each to the first touch, the touch that made the lead, the touch that led to the deal and the last touch, 10 % shared by the rest.',
  },
  j: { label: 'J-shaped', formula: '20 % to the first touch, 60 % to the last, 20 % shared by those between.' },
  inverse_j: { label: 'Inverse J', formula: '60 % to the first touch, 20 % to the last, 20 % shared by those between.' },
  time_decay: {
    label: 'Time decay',
    formula: 'Each touch weighs 2^(−age ÷ half-life), its age taken at the conversion; the half-life is 7 days unless said.',
  },
};

/** 7 days. */
export const defaultHalfLifeSeconds = 7 * 86_400;

/**
 * How a model with milestones shares: the milestones together get `milestones ÷ (milestones + rest)`, split by the four
 * numbers; all other touches together get the remainder, in equal parts. 0: the model has no such milestone.
 */
export interface MilestoneShares {
  readonly first: number;
  readonly lead: number;
  readonly deal: number;
  readonly last: number;
  readonly milestones: number;
  readonly rest: number;
}

export type MilestoneModel = 'u' | 'w' | 'z' | 'j' | 'inverse_j';

export const milestoneShares: Readonly<Record<MilestoneModel, MilestoneShares>> = {
  u: { first: 1, lead: 1, deal: 0, last: 0, milestones: 4, rest: 1 },
  w: { first: 1, lead: 1, deal: 1, last: 0, milestones: 9, rest: 1 },
  z: { first: 1, lead: 1, deal: 1, last: 1, milestones: 9, rest: 1 },
  j: { first: 1, lead: 0, deal: 0, last: 3, milestones: 4, rest: 1 },
  inverse_j: { first: 3, lead: 0, deal: 0, last: 1, milestones: 4, rest: 1 },
};

/** U without a known lead touch is shared between the first and the last touch. */
export const uWithoutLead: MilestoneShares = { first: 1, lead: 0, deal: 0, last: 1, milestones: 4, rest: 1 };
