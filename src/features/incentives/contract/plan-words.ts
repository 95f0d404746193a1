/** The words that sentences about plans share: amounts, lists, whom something is for, what is counted. */

import type { Curve, Measure, PayeeFilter, PeriodKind } from '#engine/payout/plan.ts';
import { moneyText } from '#engine/values/money.ts';
import { measuredKinds, roleNames, tagNames } from './measured.ts';

/** What the words need: names of members by id, values of tags that are ids (campaigns), titles of clauses by key. */
export interface PlanNames {
  readonly members: ReadonlyMap<string, string>;
  readonly campaigns: ReadonlyMap<string, string>;
  readonly clauses: ReadonlyMap<string, string>;
}

export interface Words extends PlanNames {
  readonly currency: string;
  readonly period: string;
}

export const periodWords: Readonly<Record<PeriodKind, string>> = { month: 'month', quarter: 'quarter', half: 'half-year', year: 'year' };

export const money = (minor: string, { currency }: Pick<Words, 'currency'>): string => moneyText(minor, currency);
export const sentence = (...parts: readonly string[]): string =>
  `${parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/\.+$/, '')}.`;
export const listed = (items: readonly string[], last = 'and'): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
/** `MQLs` stay as they are. */
export const lowerFirst = (text: string): string => text.replace(/^[A-Z](?=[a-z’]|\s)/, (letter) => letter.toLowerCase());

export type Unit = 'percent' | 'amount' | 'number';

/** A value as people write it. */
export function written(text: string, unit: Unit, currency: string): string {
  // Cut, not rounded: 79.996 is not 80.
  if (unit === 'percent') return `${text.replace(/(\.\d\d)\d+$/, '$1')} %`;
  return unit === 'amount' && /^-?\d+$/.test(text) ? moneyText(text, currency) : text;
}

/** In whole units of money, or a number of things. */
export const quantity = ({ by }: Pick<Measure, 'by'>, at: string, { currency }: Pick<Words, 'currency'>): string =>
  written(at, by === 'amount' ? 'amount' : 'number', currency);

export function measureWords({ kinds, by, tags, except, split }: Measure, { campaigns }: Pick<PlanNames, 'campaigns'>): string {
  const names = listed(kinds.map((kind) => lowerFirst(measuredKinds[kind]?.name ?? kind)));
  const among = (named: Measure['tags'], not: string) =>
    Object.entries(named).map(
      ([tag, values]) =>
        `${not}${tagNames[tag] ?? tag} ${listed(
          values.map((value) => campaigns.get(value) ?? value),
          'or',
        )}`,
    );
  const narrowed = [...among(tags, ''), ...among(except, 'not ')];
  const alone = split.length === 1 && split[0]?.role === 'owner';
  const shares = split.map(({ role, sharePercent }) => `${roleNames[role] ?? role}${split.length > 1 ? ` (${sharePercent} %)` : ''}`);
  return `${by === 'amount' ? 'the amount of ' : ''}${names}${narrowed.length > 0 ? ` (${narrowed.join('; ')})` : ''}${
    alone ? '' : `, credited to ${listed(shares)}`
  }`;
}

/** Whom something is for; empty for everybody. */
export function whom(filter: PayeeFilter, names: Pick<PlanNames, 'members'>): string {
  const who = people(filter, names);
  return who === null ? '' : `, for ${who}`;
}

/** Null for everybody. */
export function people({ sides, roles, payees }: PayeeFilter, { members }: Pick<PlanNames, 'members'>): string | null {
  const named = payees.map((id) => members.get(id) ?? 'somebody');
  const parts = [
    roles.length > 0 ? `who is ${listed(roles, 'or')}` : '',
    sides.length === 1 ? `${roles.length > 0 ? '' : 'who is '}in ${sides[0]}` : '',
    named.length > 12 ? `${named.length} of them by name` : listed(named, 'and'),
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(', ') : null;
}

/** @param unit of what the curve runs over */
export function curveWords(curve: Curve, unit: Unit, currency: string): string {
  const [first] = curve;
  const points = curve.map(({ at, pays }) => `${pays} % of it at ${written(at, unit, currency)}`);
  const below = first && Number(first.at) > 0 ? `nothing below ${written(first.at, unit, currency)}` : '';
  const between = curve.length > 1 ? 'straight between and no more beyond' : 'and no more beyond';
  return [below, listed(points), between].filter((part) => part !== '').join(', ');
}
