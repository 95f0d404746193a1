/** A simulated company as the engine of goals reads one: no database, no files. */

import { simulate } from '#engine/simulate/simulate.ts';
import type { State } from '#engine/simulate/parameters.ts';
import { segments } from '#engine/simulate/parameters.ts';
import { type LeadCourses, never } from '#engine/goals/courses.ts';
import { dayText } from '#engine/values/calendarDay.ts';

export interface SimulationAsked {
  readonly seed: number;
  readonly months: number;
  readonly leads: number;
  readonly state: State;
  readonly startDay: number;
}

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
export function simulatedCompany(asked: SimulationAsked): SimulatedCompany {
  const files = readFiles(asked, ['leads.csv', 'deals.csv']);
  const leads = files['leads.csv']!;
  const courses: LeadCourses = {
    count: leads.length,
    segmentCount: segments.length,
    segments: Int32Array.from(leads, (lead) => segmentOf(lead['Segment']!)),
    days: chain.map((stage) => Int32Array.from(leads, (lead) => dayOf(lead[stage]!))),
    gone: Int32Array.from(leads, (lead) => Math.min(...exits.map((exit) => dayOf(lead[exit]!)))),
  };
  const deals = files['deals.csv']!.map((deal) => ({
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

/** The files of a company as they would have been written on a day: nothing later is in them. */
export function filesAsTheyStood(asked: SimulationAsked, asOf: number): Record<string, string> {
  const last = dayText(asOf);
  const isLater = (text: string | undefined): boolean => (text ?? '').slice(0, 10) > last;
  const known = (row: Row, columns: readonly string[]): Row => ({
    ...row,
    ...Object.fromEntries(columns.filter((name) => isLater(row[name])).map((name) => [name, ''])),
  });
  const files = readFiles(asked, [
    'members.csv',
    'accounts.csv',
    'contacts.csv',
    'campaigns.csv',
    'leads.csv',
    'deals.csv',
    'revenue.csv',
    'costs.csv',
  ]);
  const cut: Record<string, Row[]> = {
    ...files,
    'accounts.csv': files['accounts.csv']!.filter((row) => !isLater(row['Created'])),
    'contacts.csv': files['contacts.csv']!.filter((row) => !isLater(row['Created'])),
    'leads.csv': files['leads.csv']!.filter((row) => !isLater(row['Created (inquiry)'])).map((row) =>
      known(row, ['MQL', 'SAL', 'SQL', ...chain.slice(2), ...exits]),
    ),
    'deals.csv': files['deals.csv']!.filter((row) => !isLater(row['Opened'])).map((row) =>
      isLater(row['Closed']) ? { ...row, Closed: '', Status: 'open', Stage: '', 'Lost reason': '' } : row,
    ),
    'revenue.csv': files['revenue.csv']!.filter((row) => !isLater(row['Day'])),
    'costs.csv': files['costs.csv']!.filter((row) => !isLater(row['Day'])),
  };
  return Object.fromEntries(Object.entries(cut).map(([name, rows]) => [name, csvOf(rows)]));
}

const segmentOf = (name: string): number => Math.max(0, segments.indexOf(name as (typeof segments)[number]));
const dayOf = (text: string): number => (text === '' ? never : Math.floor(Date.parse(text) / 86_400_000));

type Row = Record<string, string>;

function readFiles(asked: SimulationAsked, names: readonly string[]): Record<string, Row[]> {
  const texts = new Map(names.map((name) => [name, '']));
  const decoder = new TextDecoder();
  for (const { file, bytes } of simulate(asked)) if (texts.has(file)) texts.set(file, texts.get(file)! + decoder.decode(bytes));
  return Object.fromEntries([...texts].map(([name, text]) => [name, rowsOf(text)]));
}

function rowsOf(text: string): Row[] {
  const [head, ...lines] = text.trimEnd().split('\r\n').map(cellsOf);
  return lines.map((cells) => Object.fromEntries(head!.map((name, at) => [name, cells[at]!])));
}

const csvOf = (rows: readonly Row[]): string => {
  const names = Object.keys(rows[0] ?? {});
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [names.join(','), ...rows.map((row) => names.map((name) => cell(row[name]!)).join(','))].join('\r\n');
};

/** One row of RFC 4180; the simulator writes no line breaks into a cell. */
function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
