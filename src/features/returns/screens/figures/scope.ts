import { changeGroupings, type ChangesQuery, type WhereNextQuery } from '#features/returns/contract/changes.ts';
import { type FigureBy, figureGroupings, type RevenueBasis, revenueBases } from '#features/returns/contract/figure-table.ts';
import type { Query } from '#ui/api/client.ts';
import { useUrlSearch } from '#ui/kit/search.ts';
import { paths } from '#ui/paths.ts';

/** The views of the page; the first is what one sees without asking. */
export const parts = [
  { part: 'all', label: 'All figures' },
  { part: 'trend', label: 'By time' },
  { part: 'margin', label: 'Spend to margin' },
  { part: 'changes', label: 'What changed' },
  { part: 'next', label: 'Where next' },
] as const;
export type PartName = (typeof parts)[number]['part'];

export const groupingLabels: Record<FigureBy, string> = {
  none: 'All together',
  segment: 'Segment',
  campaign: 'Campaign',
  channel: 'Channel',
  origin: 'Origin',
  team: 'Team',
  owner: 'Owner',
  qualifier: 'SDR',
  region: 'Region',
  product: 'Product',
  month: 'Month',
  quarter: 'Quarter',
};
const nextGroupings = ['channel', 'campaign', 'segment'] as const satisfies readonly WhereNextQuery['by'][];

/** What each view can be split by. */
export const splitsOf: Record<PartName, readonly FigureBy[]> = {
  all: figureGroupings,
  trend: [],
  margin: [],
  changes: changeGroupings,
  next: nextGroupings,
};

export interface FiguresScope {
  part: PartName;
  start: string | null;
  end: string | null;
  /** One the view can be split by. */
  by: FigureBy;
  /** Days by which cost is shifted back, or `cycle`. */
  lag: string | null;
  windowDays: string | null;
  allocated: boolean;
  basis: RevenueBasis | null;
  /** Minor units. */
  target: string | null;
  every: 'month' | 'quarter';
  revenue: 'won' | 'billed';
  volume: ChangesQuery['volume'];
  beforeStart: string | null;
  beforeEnd: string | null;
  /** Of where next; minor units. */
  amount: string | null;
}

export type Change = (changes: Record<string, string | null>) => void;

/** What is asked stands in the address; nonsense in it is read as the default. */
export function useFiguresScope(): [FiguresScope, Change, Record<string, string>] {
  const [search, change] = useUrlSearch();
  return [scopeIn(search), change, search];
}

const oneOf = <T extends string>(known: readonly T[], text: string | undefined, otherwise: T): T =>
  known.find((value) => value === text) ?? otherwise;
const whole = (text: string | undefined, most: number): string | null =>
  text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= most ? text : null;
const minor = (text: string | undefined): string | null => (text !== undefined && /^\d{1,18}$/.test(text) ? text : null);

export function scopeIn(search: Readonly<Record<string, string>>): FiguresScope {
  const part = oneOf(
    parts.map((each) => each.part),
    search['part'],
    'all',
  );
  return {
    part,
    start: search['start'] ?? null,
    end: search['end'] ?? null,
    by: oneOf(splitsOf[part], search['by'], defaultSplit[part]),
    lag: search['lag'] === 'cycle' ? 'cycle' : whole(search['lag'], 1000),
    windowDays: whole(search['window'], 3650),
    allocated: search['allocated'] === 'true',
    basis: revenueBases.find((basis) => basis === search['basis']) ?? null,
    target: minor(search['target']),
    every: oneOf(['month', 'quarter'], search['every'], 'month'),
    revenue: oneOf(['won', 'billed'], search['revenue'], 'won'),
    volume: oneOf(['deals', 'leads'], search['volume'], 'deals'),
    beforeStart: search['beforeStart'] ?? null,
    beforeEnd: search['beforeEnd'] ?? null,
    amount: minor(search['amount']),
  };
}
const defaultSplit: Record<PartName, FigureBy> = { all: 'segment', trend: 'none', margin: 'none', changes: 'segment', next: 'channel' };

/** The question each view puts to the server. */
export function queryOf(scope: FiguresScope): Query {
  const { start, end, by } = scope;
  const period = { start, end };
  const counted = {
    lagDays: scope.lag,
    windowDays: scope.windowDays,
    allocated: scope.allocated || null,
    basis: scope.basis,
    target: scope.target,
  };
  switch (scope.part) {
    case 'all':
      return { ...period, by, ...counted };
    case 'trend':
      return { ...period, every: scope.every, ...counted };
    case 'margin':
      return { ...period, revenue: scope.revenue };
    case 'changes':
      return { ...period, by, volume: scope.volume, beforeStart: scope.beforeStart, beforeEnd: scope.beforeEnd };
    case 'next':
      return { ...period, by, amount: scope.amount };
  }
}

/** Another view of the same period; a split that was chosen where that view knows it. */
export function partHref({ start, end, by, part: from }: FiguresScope, part: PartName): string {
  const chosen = by !== defaultSplit[from] && splitsOf[part].includes(by);
  return paths.figures({ start, end, part: part === 'all' ? null : part, by: chosen ? by : null });
}

/** Costs of a month, a quarter, an owner… aren't moved by keys. */
export const spreadsCosts = (by: FigureBy): boolean => ['segment', 'campaign', 'channel', 'team'].includes(by);
