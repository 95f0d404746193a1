/** Where the leads behind a number are, below the server's root. */

import type { Condition } from '#features/records/contract/lists.ts';

type Parameters = Readonly<Record<string, string | number | null | undefined>>;

const address = (path: string, parameters: Parameters): string => {
  const pairs = Object.entries(parameters).filter((pair): pair is [string, string | number] => pair[1] !== null && pair[1] !== undefined);
  const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `/api/v1${path}${query ? `?${query}` : ''}`;
};

/** `group` undefined: of all groups; null: of those where it is not stated. */
const groupOf = (group: string | null | undefined): string | undefined => (group === undefined ? undefined : JSON.stringify(group));

export const attainmentRecordsPath = (asked: Parameters & { clause: string }, group?: string | null): string =>
  address('/attainment/records', { ...asked, group: groupOf(group) });

export const speedRecordsPath = (asked: Parameters, group?: string | null): string =>
  address('/speed/records', { ...asked, group: groupOf(group) });

export const matrixRecordsPath = (asked: Parameters): string => address('/handoffs/matrix/records', asked);

/** The list of leads, filtered. */
export const leadsPath = (all: readonly Condition[]): string =>
  address('/leads', { filter: all.length === 0 ? undefined : JSON.stringify({ all }) });

export const qualityRecordsPath = (asked: Parameters, group?: string | null): string =>
  address('/rejections/quality/records', { ...asked, group: groupOf(group) });
