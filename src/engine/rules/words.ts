/** How fields and values of a rule are written for people. */

import { moneyText } from '#engine/values/money.ts';
import type { RuleType } from './reading.ts';
import type { RuleSubject, Scalar } from './rule.ts';

/** What stands behind names and ids: plain JSON, so that server and browser write the same sentences. What isn't known is written as it is. */
export interface RuleLabels {
  /** By `lead.segment`, `account.custom.tier`: the label as lists show it, and the field's type. */
  readonly fields?: Readonly<Record<string, { readonly label: string; readonly type: RuleType }>> | undefined;
  /** Names of members and campaigns by id. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** By stage: `MQL`. */
  readonly stages?: Readonly<Record<string, string>> | undefined;
  /** ISO 4217, of amounts. */
  readonly currency?: string | undefined;
  /** IANA name: the days of instants. */
  readonly timeZone?: string | undefined;
}

/** `Employees`; of a field nobody has labelled, its name in words: `landingPage` → `Landing page`. */
export function fieldLabel(of: RuleSubject, field: string, labels: RuleLabels): string {
  const label = labels.fields?.[`${of}.${field}`]?.label;
  if (label) return label;
  const words = field
    .replace(/^custom\./, '')
    .replace(/Id$/, '')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Within a sentence: `Landing page` → `landing page`; `SDR` and `MQL` stay. */
export const inSentence = (label: string): string => (/^.[A-ZÄÖÜ]/.test(label) ? label : label.slice(0, 1).toLowerCase() + label.slice(1));

export const stageLabel = (stage: string, labels: RuleLabels): string =>
  labels.stages?.[stage] ?? (/^(mql|sal|sql)$/.test(stage) ? stage.toUpperCase() : stage);

export const typeIn = (of: RuleSubject, field: string, labels: RuleLabels): RuleType | undefined => labels.fields?.[`${of}.${field}`]?.type;

/** A value as a sentence writes it: names for ids, money for amounts, quotes where the words could be misread. */
export function valueText(value: Scalar, type: RuleType | undefined, labels: RuleLabels): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return figures(value);
  if (type === 'amount' && /^-?\d+$/.test(value)) return moneyIn(value, labels);
  if (type === 'instant' && value.includes('T')) return value.replace(/:\d\d(\.\d+)?Z$/, ' UTC').replace('T', ' ');
  return labels.names?.[value] ?? (/^$|^\s|\s$|[,;()“”]|\b(or|and|nor)\b/.test(value) ? `“${value}”` : value);
}

export const moneyIn = (minorUnits: string, { currency }: RuleLabels): string => moneyText(minorUnits, currency ?? '');

const english = new Intl.NumberFormat('en', { maximumFractionDigits: 15 });
export const figures = (number: number): string => english.format(number);

export const counted = (count: number, one: string, many = `${one}s`): string => `${figures(count)} ${count === 1 ? one : many}`;

/** `A, B or C`. */
export function listed(words: readonly string[], joint: 'and' | 'or' | 'nor'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`;
}
