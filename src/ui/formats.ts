import { currencyDigits } from '#engine/values/currency.ts';
import { majorUnits as engineMajorUnits, moneyText } from '#engine/values/money.ts';

/** How values are written on every screen. Figures are exact: amounts never pass through a JavaScript number. */

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

export const count = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : numbers.format(value));

/** A count that may be a lower bound: `10,000+`. */
export const countAtLeast = (value: number, isAtLeast = false): string => `${count(value)}${isAtLeast ? '+' : ''}`;

/** `share` 0..1 → `12.4 %`. */
export const percent = (share: number | null | undefined, digits = 1): string =>
  share === null || share === undefined ? '–' : `${(share * 100).toFixed(digits)} %`;

/** Minor units as a decimal text: `1200050` EUR → `12000.50`. */
export const majorUnits = engineMajorUnits;

/** What a person typed (`12,000.50`) as minor units; null when it isn't an amount of that currency. */
export function minorUnits(typed: string, currency: string): string | null {
  const digits = currencyDigits(currency) ?? 2;
  const plain = typed.replace(/[\s,’']/g, '');
  const parts = /^(-?)(\d+)(?:\.(\d*))?$/.exec(plain);
  if (!parts) return null;
  const [, sign = '', whole = '', fraction = ''] = parts;
  if (fraction.length > digits) return null;
  return sign + (whole + fraction.padEnd(digits, '0')).replace(/^0+(?=\d)/, '');
}

export function money(minor: string | null | undefined, currency: string | null | undefined): string {
  if (minor === null || minor === undefined || minor === '') return '–';
  return moneyText(minor, currency ?? '');
}

/** Short form for charts and tiles: `€1.2M`. */
export function moneyShort(minor: string, currency: string): string {
  const exact = majorUnits(minor, currency) as unknown as number;
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(exact);
}

/** Of a chart's axis: the values are major units, as a picture may be. */
export const moneyAxis =
  (currency: string) =>
  (value: number): string =>
    new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      notation: 'compact',
      maximumFractionDigits: 1,
    }).format(value);

let zone: string | undefined;
/** Instants are shown in the workspace's zone, wherever the reader is. */
export function showTimesIn(timeZone: string | undefined): void {
  zone = timeZone;
}

const formatter = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', { ...options, ...(zone && { timeZone: zone }) });

export const instant = (iso: string | null | undefined): string =>
  iso ? formatter({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(new Date(iso)) : '–';
export const dayOfInstant = (iso: string | null | undefined): string =>
  iso ? formatter({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso)) : '–';
export const timeOfInstant = (iso: string): string => formatter({ hour: '2-digit', minute: '2-digit' }).format(new Date(iso));
export const weekdayOfInstant = (iso: string): string => formatter({ weekday: 'short' }).format(new Date(iso));

/** A calendar day, which has no zone. */
export const day = (value: string | null | undefined): string =>
  value
    ? new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
        new Date(`${value}T00:00:00Z`),
      )
    : '–';

export const month = (value: string): string =>
  /^\d{4}-\d{2}/.test(value)
    ? new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
        new Date(`${value.slice(0, 7)}-01T00:00:00Z`),
      )
    : value;

/** Today in the workspace's zone, `YYYY-MM-DD`. */
export const today = (): string =>
  new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...(zone && { timeZone: zone }) }).format(
    new Date(),
  );

export function addDays(value: string, days: number): string {
  return new Date(Date.parse(`${value}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function ago(iso: string): string {
  const seconds = (Date.now() - Date.parse(iso)) / 1000;
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const steps: [number, Intl.RelativeTimeFormatUnit][] = [
    [60, 'second'],
    [3600, 'minute'],
    [86_400, 'hour'],
    [2_592_000, 'day'],
    [31_536_000, 'month'],
    [Infinity, 'year'],
  ];
  const sizes = [1, 60, 3600, 86_400, 2_592_000, 31_536_000];
  const at = steps.findIndex(([below]) => Math.abs(seconds) < below);
  return relative.format(-Math.round(seconds / (sizes[at] ?? 1)), steps[at]?.[1] ?? 'year');
}

/** Days with one decimal below ten, as people read cycles: `3.5 days`. */
export function days(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const shown = Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  return `${count(shown)} ${shown === 1 ? 'day' : 'days'}`;
}

export function bytes(size: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const step = Math.min(3, size > 0 ? Math.floor(Math.log10(size) / 3) : 0);
  return `${count(Math.round((size / 1000 ** step) * 10) / 10)} ${units[step]}`;
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const plural = (number: number, one: string, many = `${one}s`): string => `${count(number)} ${number === 1 ? one : many}`;

/** What a `datetime-local` field shows for an instant, in the workspace's zone. */
export function localOfInstant(iso: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(zone && { timeZone: zone }),
  }).formatToParts(new Date(iso));
  const part = (type: string): string => parts.find((known) => known.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant of a wall time in the workspace's zone: guessed as UTC, then moved by what the guess shows there. */
export function instantOfLocal(local: string): string {
  const wanted = Date.parse(`${local}:00Z`);
  let at = wanted;
  for (let round = 0; round < 2; round += 1) at += wanted - Date.parse(`${localOfInstant(new Date(at).toISOString())}:00Z`);
  return new Date(at).toISOString();
}
