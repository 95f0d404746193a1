/** The funnel's questions and answers, shared by server, command line and screens. */

import { z } from 'zod';
import { dayNumber, dayText } from '#engine/values/calendarDay.ts';
import { leadStages, type LeadStage } from '#features/records/contract.ts';

/** Changes whenever a formula below changes, so that an old number can be told from a new one. */
export const rulesVersion = 'funnel-1';

export const funnelGroupings = ['origin', 'channel', 'campaign', 'segment', 'owner', 'qualifier', 'team', 'month', 'none'] as const;
export type FunnelBy = (typeof funnelGroupings)[number];
export const funnelModes = ['cohort', 'period'] as const;
export type FunnelMode = (typeof funnelModes)[number];

/** Stages a conversion can start from; it leads to any later one, side exits included. */
export const fromStages = ['inquiry', 'mql', 'sal', 'sql', 'deal'] as const satisfies readonly LeadStage[];
export const toStages = [
  'mql',
  'sal',
  'sql',
  'deal',
  'won',
  'lost',
  'rejected',
  'recycled',
  'disqualified',
] as const satisfies readonly LeadStage[];
export const stageIndex = (stage: LeadStage): number => leadStages.findIndex((one) => one.stage === stage);
export const stageLabel = (stage: LeadStage): string => leadStages[stageIndex(stage)]!.label;

/** What a lead can be to a number; each opens as a list. */
export const recordsOf = ['entered', 'reached', 'negative', 'withoutEntering', 'censored'] as const;
export type RecordsOf = (typeof recordsOf)[number];

/** `YYYY-MM-DD` of a day that exists. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
  .refine(exists, 'there is no such day');
function exists(text: string): boolean {
  const [year, month, date] = text.split('-').map(Number);
  return dayText(dayNumber(year!, month!, date!)) === text;
}

const scope = {
  from: z.enum(fromStages).default('mql'),
  to: z.enum(toStages).default('won'),
  mode: z.enum(funnelModes).default('cohort'),
  /** First and last day of the period, in the workspace's zone; without them everything. */
  start: day.optional(),
  end: day.optional(),
  /** Cohorts only: days after entry within which the later stage must be reached. */
  windowDays: z.coerce.number().int().min(0).max(36_500).optional(),
  /** The last day whose entries count; today when left out. */
  asOf: day.optional(),
};
const by = z.enum(funnelGroupings).default('none');

type Scope = {
  from: (typeof fromStages)[number];
  to: (typeof toStages)[number];
  mode: FunnelMode;
  start?: string | undefined;
  end?: string | undefined;
  windowDays?: number | undefined;
};
function refuseContradictions(asked: Scope, context: z.RefinementCtx): void {
  const refuse = (at: string, message: string) => context.addIssue({ code: 'custom', path: [at], message });
  if (stageIndex(asked.to) <= stageIndex(asked.from)) refuse('to', `a funnel leads to a later stage than ${asked.from}`);
  if (asked.start && asked.end && asked.start > asked.end) refuse('end', 'the period ends before it starts');
  if (asked.mode === 'period' && asked.windowDays !== undefined)
    refuse('windowDays', 'a window belongs to a cohort: leave it out, or ask with mode=cohort');
}

export const funnelQuery = z.strictObject({ by, ...scope }).superRefine(refuseContradictions);
export type FunnelQuery = z.output<typeof funnelQuery>;

export const stagesQuery = z.strictObject({ ...scope, from: z.enum(fromStages).default('inquiry') }).superRefine(refuseContradictions);
export type StagesQuery = z.output<typeof stagesQuery>;

/** JSON: text in quotes, or `null` for the leads where it is not stated. */
const group = z
  .string()
  .max(12_000)
  .transform((text, context): string | null => {
    const value = parseJson(text);
    if (value === null || typeof value === 'string') return value;
    context.addIssue({ code: 'custom', message: 'a group is JSON: text in quotes, or null for leads where it is not stated' });
    return z.NEVER;
  });
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const recordsQuery = z
  .strictObject({
    by,
    ...scope,
    /** Left out: of all groups. */
    group: group.optional(),
    which: z.enum(recordsOf).default('entered'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  })
  .superRefine(refuseContradictions);
export type RecordsQuery = z.output<typeof recordsQuery>;

const money = z.object({
  /** Null: leads with an amount but no currency. */
  currency: z.string().nullable(),
  /** Minor units, a decimal string. */
  amount: z.string(),
});

const counts = {
  /** Leads that entered `from` in the period. */
  entered: z.number().int(),
  /** Cohort: those of them that reached `to`. Period: leads that entered `to` in the period. */
  reached: z.number().int(),
  /** reached ÷ entered, 0..1 and beyond in a period; null when nothing entered. */
  rate: z.number().nullable(),
  /** Calendar days from `from` to `to`, nearest rank; null when nothing reached it. */
  medianDays: z.number().int().nullable(),
  p90Days: z.number().int().nullable(),
  /** Sum over the leads that reached, in the workspace's currency only. */
  value: z.string(),
  currency: z.string(),
  /** The same in every currency that occurs, the workspace's first. Never added up. */
  values: z.array(money),
  /** Leads of `entered` whose window has not ended: the rate can still rise. */
  censored: z.number().int(),
  /** Leads of `reached` that reached `to` on an earlier day than `from`. */
  negativeCycles: z.number().int(),
  /** Leads with `to` in the period but no known `from`. Beside a cohort, within the `reached` of a period. */
  reachedWithoutEntering: z.number().int(),
  recordsUrl: z.string(),
  reachedUrl: z.string(),
};

const shownCounts = z.object(counts);
export type ShownCounts = z.output<typeof shownCounts>;

/** Carries the grouping's name as a key too, e.g. `origin`, null where it is not stated; campaigns, owners, qualifiers (SDRs) and teams have their id in `group` and e.g. `campaignId`. */
export const funnelRow = z.looseObject({ group: z.string().nullable(), label: z.string(), ...counts });
export type FunnelRow = z.output<typeof funnelRow>;

export const stageCount = z.object({
  stage: z.enum(leadStages.map((one) => one.stage) as [LeadStage, ...LeadStage[]]),
  label: z.string(),
  /** Cohort: of the leads that entered `from`, those with a time for this stage. Period: leads that entered it in the period. */
  entered: z.number().int(),
  /** ÷ the first stage; null when that is empty. */
  rate: z.number().nullable(),
});
export type StageCount = z.output<typeof stageCount>;

const answeredScope = {
  from: z.enum(fromStages),
  to: z.enum(toStages),
  mode: z.enum(funnelModes),
  start: z.string().nullable(),
  end: z.string().nullable(),
  windowDays: z.number().int().nullable(),
  asOf: z.string(),
  timeZone: z.string(),
  rulesVersion: z.string(),
  formula: z.string(),
};

export const funnelAnswer = z.object({
  by: z.enum(funnelGroupings),
  ...answeredScope,
  notes: z.array(z.string()),
  /** Greatest first, months in order; at most 1,000. */
  rows: z.array(funnelRow),
  total: shownCounts,
  /** What the rows beyond the limit hold; null when all are shown. It is in the total. */
  notShown: z.object({ groups: z.number().int(), entered: z.number().int(), reached: z.number().int() }).nullable(),
  stages: z.array(stageCount),
});
export type FunnelAnswer = z.output<typeof funnelAnswer>;

export const stagesAnswer = z.object({ ...answeredScope, stages: z.array(stageCount) });
export type StagesAnswer = z.output<typeof stagesAnswer>;

export const funnelRecords = z.object({
  /** As in the list of leads. */
  items: z.array(z.looseObject({ id: z.string() })),
  next: z.string().nullable(),
  total: z.number().int(),
});
export type FunnelRecords = z.output<typeof funnelRecords>;

/** How a question's number is made, in words. */
export function formulaOf(asked: { from: LeadStage; to: LeadStage; mode: FunnelMode; windowDays: number | null; asOf: string }): string {
  const [a, b] = [stageLabel(asked.from), stageLabel(asked.to)];
  if (asked.mode === 'period')
    return `Period conversion ${a} → ${b}: leads that entered ${b} in the period ÷ leads that entered ${a} in the period, entries up to ${asked.asOf}`;
  const within = asked.windowDays === null ? `by ${asked.asOf}` : `within ${asked.windowDays} days, entries up to ${asked.asOf}`;
  return `Cohort conversion ${a} → ${b}: of the leads that entered ${a} in the period, the share that reached ${b} ${within}`;
}

/** The address of the leads behind a number, below the API's root. `group` undefined: of all groups. */
export function recordsPath(
  asked: {
    by: FunnelBy;
    from: LeadStage;
    to: LeadStage;
    mode: FunnelMode;
    start: string | null;
    end: string | null;
    windowDays: number | null;
    asOf: string;
  },
  which: RecordsOf,
  group?: string | null,
): string {
  const parts: [string, string | null][] = [
    ['by', asked.by],
    ['from', asked.from],
    ['to', asked.to],
    ['mode', asked.mode],
    ['start', asked.start],
    ['end', asked.end],
    ['windowDays', asked.windowDays === null ? null : String(asked.windowDays)],
    ['asOf', asked.asOf],
    ['group', group === undefined || asked.by === 'none' ? null : JSON.stringify(group)],
    ['which', which],
  ];
  return `/api/v1/funnel/records?${parts.flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value)}`])).join('&')}`;
}
