/** A simulated company as the engine of goals reads one: no database, no files. */

import { simulate } from '#engine/simulate/simulate.ts';
import type { State } from '#engine/simulate/parameters.ts';
import { segments } from '#engine/simulate/parameters.ts';
import { type LeadCourses, never } from '#engine/goals/courses.ts';

export interface SimulatedDeal {
  readonly segment: number;
  readonly openedOn: number;
  /** `never` while open. */
  readonly closedOn: number;
  readonly won: boolean;
  readonly amount: number;
  readonly hasLead: boolean;
}

export interface SimulatedCompany {
  readonly courses: LeadCourses;
  readonly deals: readonly SimulatedDeal[];
}

const chain = ['MQL', 'SQL', 'Deal opened', 'Won'] as const;
const exits = ['Lost', 'Rejected', 'Recycled', 'Disqualified'] as const;

/** Everything that happens in these months from a day on. */
export function simulatedCompany(asked: { seed: number; months: number; leads: number; state: State; startDay: number }): SimulatedCompany {
  const files = readFiles(asked);
  const leads = files('leads.csv');
  const courses: LeadCourses = {
    count: leads.length,
    segmentCount: segments.length,
    segments: Int32Array.from(leads, (lead) => segmentOf(lead['Segment']!)),
    days: chain.map((stage) => Int32Array.from(leads, (lead) => dayOf(lead[stage]!))),
    gone: Int32Array.from(leads, (lead) => Math.min(...exits.map((exit) => dayOf(lead[exit]!)))),
  };
  const deals = files('deals.csv').map((deal) => ({
    segment: segmentOf(deal['Segment']!),
    openedOn: dayOf(deal['Opened']!),
    closedOn: dayOf(deal['Closed']!),
    won: deal['Status'] === 'won',
    amount: Math.round(Number(deal['Amount']) * 100),
    hasLead: deal['Lead ID'] !== '',
  }));
  return { courses, deals };
}

/** As it stood at the end of a day: nothing later is known. */
export function asItStood({ courses, deals }: SimulatedCompany, asOf: number): SimulatedCompany {
  const known = (days: ArrayLike<number>) => Int32Array.from(days, (day) => (day <= asOf ? day : never));
  return {
    courses: { ...courses, days: courses.days.map(known), gone: known(courses.gone) },
    deals: deals
      .filter(({ openedOn }) => openedOn <= asOf)
      .map((deal) => (deal.closedOn <= asOf ? deal : { ...deal, closedOn: never, won: false })),
  };
}

const segmentOf = (name: string): number => Math.max(0, segments.indexOf(name as (typeof segments)[number]));
const dayOf = (text: string): number => (text === '' ? never : Math.floor(Date.parse(text) / 86_400_000));

function readFiles(asked: { seed: number; months: number; leads: number; state: State; startDay: number }) {
  const texts = new Map<string, string>();
  const decoder = new TextDecoder();
  for (const { file, bytes } of simulate(asked)) {
    if (file === 'leads.csv' || file === 'deals.csv') texts.set(file, (texts.get(file) ?? '') + decoder.decode(bytes));
  }
  return (file: string): Record<string, string>[] => {
    const [head, ...lines] = texts.get(file)!.trimEnd().split('\r\n').map(cellsOf);
    return lines.map((cells) => Object.fromEntries(head!.map((name, at) => [name, cells[at]!])));
  };
}

/** One row of RFC 4180; the simulator writes no line breaks into a cell. */
function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
