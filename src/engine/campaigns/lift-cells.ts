/** Leads as columns, counted for lift: per campaign, segment and rep, how many there are and how many got there in time. */

import type { FunnelColumns } from '../funnel/columns.ts';
import { noDay } from '../funnel/columns.ts';
import type { LiftCell } from './lift.ts';

export interface CellsAsked {
  /** By campaign id, the campaign it counts as (its survivor). Leads of others are not asked about. */
  readonly campaigns: ReadonlyMap<string, string>;
  /** By campaign, the reps who took part. */
  readonly tookPart: ReadonlyMap<string, ReadonlySet<string>>;
  /** Index of a stage in `days`: from which time runs, and the outcome. */
  readonly from: number;
  readonly outcome: number;
  readonly withinDays: number;
  /** Days since 1970-01-01. */
  readonly asOfDay: number;
}

export interface CountedCells {
  readonly cells: LiftCell[];
  /** Leads whose time isn't over. */
  readonly tooYoung: number;
}

export function liftCells(columns: FunnelColumns, asked: CellsAsked): CountedCells {
  const cells = new Map<string, { stratum: string; rep: string; tookPart: boolean; leads: number; reached: number }>();
  let tooYoung = 0;
  walkLeads(columns, asked, (lead) => {
    if (lead.isYoung) {
      tooYoung++;
      return;
    }
    const stratum = `${lead.campaign} ${lead.segment ?? ''}`;
    const key = `${stratum} ${lead.rep}`;
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = { stratum, rep: lead.rep, tookPart: lead.tookPart, leads: 0, reached: 0 }));
    cell.leads++;
    if (lead.reached) cell.reached++;
  });
  return { cells: [...cells.values()], tooYoung };
}

export interface LiftLead {
  readonly row: number;
  readonly campaign: string;
  readonly segment: string | null;
  /** Who works it: its SDR, else its rep. */
  readonly rep: string;
  readonly tookPart: boolean;
  readonly isYoung: boolean;
  readonly reached: boolean;
}

/** Every lead of these campaigns that was passed to somebody. */
export function walkLeads(columns: FunnelColumns, asked: CellsAsked, each: (lead: LiftLead) => void): void {
  const { codes, dictionaries, count } = columns;
  const [from, outcome] = [columns.days[asked.from]!, columns.days[asked.outcome]!];
  const campaigns = dictionaries.campaign.texts.map((id) => (id === null ? null : (asked.campaigns.get(id) ?? null)));
  for (let row = 0; row < count; row++) {
    const campaign = campaigns[codes.campaign[row]!]!;
    if (campaign === null || from[row] === noDay) continue;
    const rep = dictionaries.qualifier.texts[codes.qualifier[row]!] ?? dictionaries.owner.texts[codes.owner[row]!] ?? null;
    if (rep === null) continue;
    const until = from[row]! + asked.withinDays;
    each({
      row,
      campaign,
      segment: dictionaries.segment.texts[codes.segment[row]!] ?? null,
      rep,
      tookPart: asked.tookPart.get(campaign)?.has(rep) ?? false,
      isYoung: until > asked.asOfDay,
      reached: outcome[row]! <= until,
    });
  }
}
