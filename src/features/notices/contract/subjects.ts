/**
 * What people comment on: records and pages, each with where it stands. A closed table: what is not in it has no
 * comments. Feedback is not: it has a thread of its own, and what is anonymous must not get another that ties.
 */

import { z } from 'zod';

export const subjectKinds = [
  'lead',
  'account',
  'contact',
  'deal',
  'campaign',
  'asset',
  'proposal',
  'definition',
  'contract',
  'goalPlan',
  'incentivePlan',
  'statement',
  'meeting',
  'page',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** Pages that are no record’s, by the name their comments are kept under. */
export const commentedPages = {
  scoreboard: { name: 'Scoreboard', opens: '/scoreboard' },
  attainment: { name: 'Agreement kept', opens: '/attainment' },
  rejections: { name: 'Rejections', opens: '/rejections' },
  speed: { name: 'Speed', opens: '/speed' },
  returns: { name: 'Returns', opens: '/returns' },
  attribution: { name: 'Attribution', opens: '/returns/attribution' },
  retention: { name: 'Retention', opens: '/returns/retention' },
  budget: { name: 'Budget', opens: '/returns/budget' },
  goals: { name: 'Goals', opens: '/goals' },
  alignment: { name: 'Alignment', opens: '/alignment' },
  'alignment-cost': { name: 'Cost of misalignment', opens: '/alignment/cost' },
  rollout: { name: 'Rollout', opens: '/rollout' },
} as const;
export type CommentedPage = keyof typeof commentedPages;
export const isCommentedPage = (key: string): key is CommentedPage => Object.hasOwn(commentedPages, key);

/** A record’s id; a page’s name; a term’s key; a statement’s `run~member`. */
export const subjectKey = z.string().min(1).max(100);
export const commentSubject = z.strictObject({ subjectKind: z.enum(subjectKinds), subjectKey });
export type CommentSubject = z.output<typeof commentSubject>;

/** How a thing is called in a sentence: “mentioned you on the lead Globex”. */
export const nounOf: Readonly<Record<SubjectKind, string>> = {
  lead: 'the lead',
  account: 'the account',
  contact: 'the contact',
  deal: 'the deal',
  campaign: 'the campaign',
  asset: 'the content',
  proposal: 'the proposal',
  definition: 'the definition of',
  contract: 'the agreement',
  goalPlan: 'the goal plan',
  incentivePlan: 'the incentive plan',
  statement: 'the statement',
  meeting: 'the meeting',
  page: 'the page',
};

/** Where its comments are read, below the app’s root. */
export function addressOf({ subjectKind, subjectKey: key }: CommentSubject): string {
  const place = encodeURIComponent(key);
  if (subjectKind === 'page') return isCommentedPage(key) ? commentedPages[key].opens : '/';
  return addresses[subjectKind](place);
}

const addresses: Readonly<Record<Exclude<SubjectKind, 'page'>, (key: string) => string>> = {
  lead: (key) => `/leads/${key}`,
  account: (key) => `/accounts/${key}`,
  contact: (key) => `/contacts/${key}`,
  deal: (key) => `/deals/${key}`,
  campaign: (key) => `/campaigns/${key}`,
  asset: (key) => `/campaigns/library/${key}`,
  proposal: (key) => `/campaigns/proposals?at=${key}`,
  definition: (key) => `/agreement/definitions/${key}`,
  contract: (key) => `/agreement/contracts/${key}`,
  goalPlan: (key) => `/goals/plans/${key}`,
  incentivePlan: (key) => `/incentives/plans/${key}`,
  statement: (key) => `/incentives/statements/${key}`,
  meeting: (key) => `/meetings/${key}`,
};
