/** What the gates of the way in are computed from: counted from the records of all features, as of one moment. */

import type { StepName } from './steps.ts';

type Side = 'marketing' | 'sales';

export interface Evidence {
  readonly sponsor: { readonly charters: number; readonly signed: boolean };
  readonly diagnosis: {
    /** Sides whose answers are told: those of a closed diagnosis, or a sheet. */
    readonly told: readonly Side[];
    /** The day on which the open one closes. */
    readonly closesOn: string | null;
  };
  readonly data: {
    readonly leads: number;
    /** Deals that were won or lost. */
    readonly decided: number;
    /** Days from the first lead or deal on record to the last. */
    readonly days: number;
    /** Null: there is no one number yet. */
    readonly baseline: boolean | null;
  };
  readonly language: { readonly inForce: readonly string[]; readonly proposed: readonly string[]; readonly drafted: number };
  readonly goals: { readonly inForce: number; readonly ownedByBoth: number; readonly proposed: number };
  readonly agreement: { readonly owing: readonly Side[]; readonly proposed: number };
  readonly handoff: {
    readonly routing: boolean;
    /** Leads passed in the four weeks that ended three days ago. */
    readonly passed: number;
    /** Of them accepted, rejected by clause, recycled or disqualified. */
    readonly decided: number;
  };
  readonly pilot: { readonly planned: boolean; readonly begun: boolean; readonly told: boolean; readonly whyNot: string | null };
  readonly rhythm: {
    readonly weekly: boolean;
    /** Of the last four weekly meetings whose time is over. */
    readonly due: number;
    readonly held: number;
  };
  readonly criticism: {
    /** Sides that gave criticism or praise in the last sixty days. */
    readonly gave: readonly Side[];
    /** Criticism whose answer fell due in the last sixty days, and of it answered in time. */
    readonly due: number;
    readonly inTime: number;
  };
  readonly campaigns: {
    readonly launched: number;
    /** Parts of sales people that were accepted, in campaigns that were launched. */
    readonly accepted: number;
    /** Sales people with an accepted part and acts of it on record. */
    readonly acted: number;
  };
  readonly pay: {
    readonly signed: number;
    /** Of the signed ones, those in which people of both sides are paid. */
    readonly collective: number;
    /** Months of the longest shadow run of such a plan. */
    readonly shadowMonths: number;
  };
  readonly return: {
    /** Sides with costs on record in each of the last three months that are over. */
    readonly costs: readonly Side[];
    readonly margin: boolean;
    /** Months that were closed. */
    readonly closed: number;
  };
  readonly renewal: {
    readonly versions: number;
    /** Days from the first contract's effect to the latest one's signature. */
    readonly days: number;
    /** A plan of goals that both sides signed starts after the first one ended. */
    readonly goalsAgain: boolean;
  };
}

/** How much is enough, step by step: stated once, and named in the sentences. */
export const enough = {
  data: { leads: 50, decided: 10, days: 90 },
  language: ['mql', 'attempt', 'sql'],
  handoff: { passed: 10, percent: 80 },
  rhythm: { due: 4, held: 3 },
  criticism: { due: 3, percent: 80 },
  pay: { shadowMonths: 3 },
  renewal: { days: 80 },
} as const satisfies Partial<Record<StepName, unknown>>;
