/** Figures by group, the records behind them, and what they rest on: questions and answers, shared by server, command line and screens. */

import { z } from 'zod';
import { amount, answeredFigures, count, figureScope, figuresOfOne, group, money, paging, refuseBackwards } from './figure-pieces.ts';
import {
  type FigureBy,
  figureGroupings,
  kindOfPart,
  type OpenablePart,
  openableParts,
  revenueBases,
  type RevenueBasis,
} from './figure-table.ts';

// ── figures ─────────────────────────────────────────────────────────────────

export const figuresRow = z.object({
  /** The text, or the id of a campaign, team, owner, qualifier; `2026-03`, `2026-Q1`; null: has no such value. */
  group: z.string().nullable(),
  label: z.string(),
  ...figuresOfOne,
});
export type FiguresRow = z.output<typeof figuresRow>;

export const figuresQuery = z
  .strictObject({ by: z.enum(figureGroupings).default('none'), ...figureScope, rows: z.coerce.number().int().min(1).max(500).default(200) })
  .superRefine(refuseBackwards);
export type FiguresQuery = z.output<typeof figuresQuery>;

export const figuresAnswer = z.object({
  by: z.enum(figureGroupings),
  ...answeredFigures,
  /** Greatest won value first, then cost, then leads; periods in their order. */
  rows: z.array(figuresRow),
  total: z.object(figuresOfOne),
  /** What the rows beyond the limit hold; null when all are shown. It is in the total. */
  notShown: z.object({ groups: count, won: count, wonValue: amount, cost: amount }).nullable(),
});
export type FiguresAnswer = z.output<typeof figuresAnswer>;

// ── records ─────────────────────────────────────────────────────────────────

export const figureRecordsQuery = z
  .strictObject({
    part: z.enum(openableParts as [OpenablePart, ...OpenablePart[]]).default('won'),
    by: z.enum(figureGroupings).default('none'),
    /** Left out: of all groups. */
    group: group.optional(),
    ...figureScope,
    ...paging,
  })
  .superRefine(refuseBackwards);
export type FigureRecordsQuery = z.output<typeof figureRecordsQuery>;

export const recordsAnswer = z.object({
  of: z.enum(['deal', 'lead', 'account', 'cost', 'revenue']),
  /**
   * deal, lead, account: as in their lists, with the names of what they refer to; deals with `bookedAmount`, accounts
   * with what counted (`firstWonOn`, `before`, `after`, `amount`), in the answer's currency. cost: as in the ledger's list.
   * revenue: id, occurredOn, kind, amount, currency, booked (signed), account, deal, product, description.
   */
  items: z.array(z.looseObject({ id: z.string() })),
  next: z.string().nullable(),
  /** The very count of the part. */
  total: count,
  /** The very amount of the part. */
  sum: money.nullable(),
});
export type RecordsAnswer = z.output<typeof recordsAnswer>;

/** The address of the records behind a part. `group` undefined: of all groups. */
export function figureRecordsPath(asked: {
  part: OpenablePart;
  by: FigureBy;
  group: string | null | undefined;
  start: string;
  end: string;
  lagDays: number;
  windowDays: number;
  basis: RevenueBasis;
}): string {
  const { part: of, by, group: value, start, end } = asked;
  const given: Record<string, string | undefined> = {
    ...{ part: of, by, group: value === undefined || by === 'none' ? undefined : JSON.stringify(value), start, end },
    lagDays: kindOfPart(of) === 'cost' && asked.lagDays > 0 ? String(asked.lagDays) : undefined,
    windowDays: kindOfPart(of) === 'lead' ? String(asked.windowDays) : undefined,
    basis: kindOfPart(of) === 'account' ? asked.basis : undefined,
  };
  return `/api/v1/figures/records?${new URLSearchParams(Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined))}`;
}

// ── what figures rest on ────────────────────────────────────────────────────

const percent = z.string().regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, 'a percentage is written like 72.5');
export const figureSettings = z.object({
  /** Share of revenue left after what delivering it costs; null: not known, and what needs it is not a number. */
  grossMarginPercent: percent.nullable(),
  basis: z.enum(revenueBases),
  /** Over how many months LTV is told where nobody leaves. */
  horizonMonths: count,
  setAt: z.string().nullable(),
  setBy: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type FigureSettings = z.output<typeof figureSettings>;
export const figureSettingsChange = z.strictObject({
  grossMarginPercent: percent.nullable().optional(),
  basis: z.enum(revenueBases).optional(),
  horizonMonths: z.number().int().min(1).max(600).optional(),
});
export type FigureSettingsChange = z.output<typeof figureSettingsChange>;
