/** The steps of the way in, in the order in which each rests on those before it. */
export const stepNames = [
  'sponsor',
  'diagnosis',
  'data',
  'language',
  'goals',
  'agreement',
  'handoff',
  'pilot',
  'rhythm',
  'criticism',
  'campaigns',
  'pay',
  'return',
  'renewal',
] as const;
export type StepName = (typeof stepNames)[number];
