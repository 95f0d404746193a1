/**
 * The company's own curve: of the leads first tried so soon, how many became an opportunity. Shares with
 * their uncertainty, and a sentence that says no more than they show.
 */

import { wilsonInterval } from '#engine/values/wilson.ts';

/** Minutes of wall time from the clock's start to the first evidenced attempt: above `from`, at most `to`. */
export interface SpeedBucket {
  /** Null: from the start, and before it. */
  readonly from: number | null;
  /** Null: any longer time. */
  readonly to: number | null;
  /** On an axis. */
  readonly label: string;
  /** In a sentence: “first tried …”. */
  readonly words: string;
  /** `to` in words. */
  readonly end: string | null;
}

const hour = 60;
const day = 24 * hour;

/** In their order; who was never tried stands apart. */
export const speedBuckets: readonly SpeedBucket[] = [
  { from: null, to: 5, label: '≤ 5 min', words: 'within 5 minutes', end: '5 minutes' },
  { from: 5, to: 15, label: '5–15 min', words: 'after 5 to 15 minutes', end: '15 minutes' },
  { from: 15, to: hour, label: '15–60 min', words: 'after 15 to 60 minutes', end: 'an hour' },
  { from: hour, to: 4 * hour, label: '1–4 h', words: 'after 1 to 4 hours', end: '4 hours' },
  { from: 4 * hour, to: day, label: '4–24 h', words: 'after 4 to 24 hours', end: 'a day' },
  { from: day, to: 3 * day, label: '1–3 days', words: 'after 1 to 3 days', end: '3 days' },
  { from: 3 * day, to: 7 * day, label: '3–7 days', words: 'after 3 to 7 days', end: '7 days' },
  { from: 7 * day, to: null, label: '> 7 days', words: 'after more than 7 days', end: null },
];
export const neverTried = { label: 'never', words: 'never', end: null } as const;

/** Leads a share needs to be shown as one. With fewer, its interval is wider than ± 18 points at worst. */
export const leadsForAShare = 30;
/** Shares needed before speeds are compared: two could differ by anything. */
export const sharesForACurve = 3;
/** Leads younger than this may still convert, and are left out. Days since the clock's start. */
export const daysToConvert = 60;

export interface Share {
  readonly leads: number;
  readonly converted: number;
}

export interface CurvePoint extends Share {
  readonly label: string;
  readonly words: string;
  readonly end: string | null;
  /** converted ÷ leads; null without leads. */
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly enough: boolean;
}

export function curvePoint({ label, words, end }: Pick<SpeedBucket, 'label' | 'words' | 'end'>, share: Share): CurvePoint {
  const interval = wilsonInterval({ hits: share.converted, of: share.leads });
  return {
    ...share,
    label,
    words,
    end,
    rate: share.leads === 0 ? null : share.converted / share.leads,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    enough: share.leads >= leadsForAShare,
  };
}

/** @param points of the leads that were tried, fastest first */
export const isEnoughForCurve = (points: readonly CurvePoint[]): boolean =>
  points.filter((point) => point.enough).length >= sharesForACurve;

/**
 * What the curve shows, in words. The quicker half of the leads is held against the slower half, parted between two
 * of the times where the halves are most even: by how many were tried, never by what became of them, so that nothing
 * is looked for. Only a difference beyond both intervals is called one.
 * @param points of the leads that were tried, fastest first
 */
export function curveSays(points: readonly CurvePoint[]): string {
  if (!isEnoughForCurve(points))
    return `Too few leads to compare speeds: at least ${sharesForACurve} of these times need ${leadsForAShare} leads or more, each older than ${daysToConvert} days.`;
  const at = evenSplit(points);
  const [quicker, slower] = [together(points.slice(0, at)), together(points.slice(at))];
  const seen = `Of the leads first tried within ${points[at - 1]!.end}, ${shown(quicker)} became an SQL; of those tried later, ${shown(slower)}.`;
  return `${seen} ${verdict(quicker, slower)}`;
}

/** Where the second part begins. */
function evenSplit(points: readonly CurvePoint[]): number {
  const all = points.reduce((sum, { leads }) => sum + leads, 0);
  let [best, before] = [1, 0];
  let least = Infinity;
  for (let at = 1; at < points.length; at++) {
    before += points[at - 1]!.leads;
    const uneven = Math.abs(all - 2 * before);
    if (uneven < least) [best, least] = [at, uneven];
  }
  return best;
}

const together = (points: readonly CurvePoint[]): CurvePoint =>
  curvePoint(
    { label: '', words: '', end: null },
    {
      leads: points.reduce((sum, { leads }) => sum + leads, 0),
      converted: points.reduce((sum, { converted }) => sum + converted, 0),
    },
  );

const observed = 'This is what happened here, not proof that speed caused it: reps may have called the best leads first.';

function verdict(fastest: CurvePoint, slowest: CurvePoint): string {
  if (fastest.low! > slowest.high!) return `The quicker ones converted more often, by more than chance explains. ${observed}`;
  if (fastest.high! < slowest.low!) return `The quicker ones converted less often, by more than chance explains. ${observed}`;
  return 'The two ranges overlap: these leads do not show that speed makes a difference.';
}

const shown = ({ rate, low, high }: CurvePoint): string => `${percent(rate!)} % (${percent(low!)} to ${percent(high!)} %)`;
const percent = (share: number): string => (Math.round(share * 1000) / 10).toString();
