/** How far the models agree about a group, and how that is said. */

import type { AttributionAnswer, AttributionRow, ModelCredit, ModelName } from '#features/returns/contract/attribution.ts';
import { count, money, moneyShort, month, percent } from '#ui/formats.ts';

export const measures = ['value', 'share', 'conversions'] as const;
export type Measure = (typeof measures)[number];

/** Null: the model has no answer in that measure. Of amounts a number for pictures and order only. */
export function sizeOf(credit: ModelCredit | undefined, measure: Measure): number | null {
  if (!credit) return null;
  if (measure === 'conversions') return credit.conversions;
  if (measure === 'share') return credit.share;
  return credit.value === null ? null : Number(credit.value);
}

/** What a cell says. */
export function creditText(credit: ModelCredit, measure: Measure, currency: string): string {
  if (measure === 'conversions') return count(credit.conversions);
  return measure === 'share' ? percent(credit.share) : money(credit.value, currency);
}

/** `€1.2K – €3.4K` where a model says how sure it is; shares have no range of their own. */
export function intervalText(credit: ModelCredit, measure: Measure, currency: string): string | null {
  if (measure === 'conversions' && credit.conversionsInterval)
    return `${count(credit.conversionsInterval.low)} – ${count(credit.conversionsInterval.high)}`;
  if (measure === 'value' && credit.valueInterval)
    return `${moneyShort(credit.valueInterval.low, currency)} – ${moneyShort(credit.valueInterval.high, currency)}`;
  return null;
}

export interface ModelRange {
  readonly least: { readonly model: ModelName; readonly size: number };
  readonly most: { readonly model: ModelName; readonly size: number };
}

/** Null where no model has an answer in that measure. */
export function rangeOf(row: AttributionRow, measure: Measure): ModelRange | null {
  const sizes = (Object.entries(row.models) as [ModelName, ModelCredit][]).flatMap(([model, credit]) => {
    const size = sizeOf(credit, measure);
    return size === null ? [] : [{ model, size }];
  });
  if (sizes.length === 0) return null;
  const sorted = sizes.toSorted((a, b) => a.size - b.size);
  return { least: sorted[0]!, most: sorted.at(-1)! };
}

export function rangeText({ least, most }: ModelRange, measure: Measure, currency: string): string {
  if (measure === 'share') return shareRange(least.size, most.size);
  const text = (size: number): string => (measure === 'value' ? moneyShort(String(Math.round(size)), currency) : count(size));
  const [low, high] = [text(least.size), text(most.size)];
  return low === high ? low : `${low} – ${high}`;
}

const points = (share: number): string => (share > 0 && share < 0.1 ? (share * 100).toFixed(1) : (share * 100).toFixed(0));

/** `12–31 %`; one figure where both read the same. */
export function shareRange(low: number, high: number): string {
  const [from, to] = [points(low), points(high)];
  return from === to ? `${to} %` : `${from}–${to} %`;
}

/** Months are written as months, all else as the server calls it. */
export const labelOf = (by: AttributionAnswer['by'], label: string): string => (by === 'month' ? month(label) : label);

/** Whether anything has an amount: else models are compared by conversions. */
export const hasValue = ({ rows }: AttributionAnswer): boolean => rows.some(({ spread }) => spread !== null);

/** What the models say together, in words that fit a channel called “Sales meetings” as well as one called “Email”, in one or two sentences; null where there is nothing to compare. */
export function headline(answer: AttributionAnswer, counting: ModelName, measure: Measure): string | null {
  // What no group is stated of is nobody to believe in.
  const stated = answer.rows.filter(({ group }) => group !== null).map((row) => inShares(row, answer, measure));
  const ranked = stated.flatMap((row) => {
    const range = rangeOf(row, 'share');
    return range ? [{ row, range, counts: sizeOf(row.models[counting], 'share') ?? 0 }] : [];
  });
  const first = ranked.toSorted((a, b) => b.counts - a.counts)[0];
  if (!first) return null;
  const of = hasValue(answer) && measure !== 'conversions' ? 'the credited value' : 'the credited conversions';
  const name = labelOf(answer.by, first.row.label);
  const everyModel = modelsOf(answer).every((model) => leads(first.row, stated, model));
  const range = shareRange(first.range.least.size, first.range.most.size);
  const whole = first.range.least.size === first.range.most.size;
  const lead = everyModel
    ? `First whichever model one believes: ${name}, ${range} of ${of}.`
    : whole
      ? `${name}: ${range} of ${of}.`
      : `${name}: ${range} of ${of}, depending on the model; not first by every model.`;
  const others = ranked.filter(({ row }) => row !== first.row);
  const widest = others.toSorted((a, b) => spreadOf(b.range) - spreadOf(a.range))[0];
  if (!widest || spreadOf(widest.range) < 0.02) return others.length > 0 ? `${lead} The models hardly differ about the others.` : lead;
  const { least, most } = widest.range;
  return `${lead} Of the others they differ most about ${labelOf(answer.by, widest.row.label)}: ${shareRange(least.size, most.size)}.`;
}

/** Shares are of the value where there is one; asked for conversions, of these. */
function inShares(row: AttributionRow, { models }: AttributionAnswer, measure: Measure): AttributionRow {
  if (measure !== 'conversions') return row;
  const shares = models.flatMap(({ model, conversions }) => {
    const credit = row.models[model];
    return credit && conversions ? [[model, { ...credit, share: credit.conversions / conversions }]] : [];
  });
  return { ...row, models: Object.fromEntries(shares) };
}

const spreadOf = ({ least, most }: ModelRange): number => most.size - least.size;

const modelsOf = ({ models }: AttributionAnswer): ModelName[] =>
  models.flatMap(({ model, conversions }) => (conversions === null ? [] : [model]));

function leads(row: AttributionRow, rows: readonly AttributionRow[], model: ModelName): boolean {
  const size = sizeOf(row.models[model], 'share');
  return size === null || rows.every((other) => (sizeOf(other.models[model], 'share') ?? 0) <= size);
}
