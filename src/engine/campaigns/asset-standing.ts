/** How content of the library stands on a day: whether it can be sent, and what of it wants attention. */

import { dayNumberOf } from '../calendar/reading.ts';

export const assetKinds = [
  'onePager',
  'deck',
  'caseStudy',
  'battlecard',
  'whitepaper',
  'video',
  'demo',
  'template',
  'pricing',
  'webPage',
  'other',
] as const;
export type AssetKind = (typeof assetKinds)[number];

export const assetKindWords: Readonly<Record<AssetKind, string>> = {
  onePager: 'One-pager',
  deck: 'Deck',
  caseStudy: 'Case study',
  battlecard: 'Battlecard',
  whitepaper: 'Whitepaper',
  video: 'Video',
  demo: 'Demo',
  template: 'Template',
  pricing: 'Pricing',
  webPage: 'Web page',
  other: 'Other',
};

/** In the order in which they matter: content has the first that holds. */
export const assetStandings = ['archived', 'noVersion', 'expired', 'notYet', 'expiring', 'neverUsed', 'unused', 'fine'] as const;
export type AssetStanding = (typeof assetStandings)[number];

export const standingWords: Readonly<Record<AssetStanding, { label: string; about: string }>> = {
  archived: { label: 'Archived', about: 'Taken out of the library; links made before still lead there.' },
  noVersion: { label: 'Nothing to send', about: 'No version has been added.' },
  expired: { label: 'Expired', about: 'Its newest version is past its last day.' },
  notYet: { label: 'Not yet valid', about: 'Its first version becomes valid later.' },
  expiring: { label: 'Expires soon', about: 'Its newest version expires within 30 days.' },
  neverUsed: { label: 'Never used', about: 'Nobody has used it in the 14 days and more since it was added.' },
  unused: { label: 'Unused for 90 days', about: 'The last use is more than 90 days ago.' },
  fine: { label: 'In use', about: 'Valid, and used or new.' },
};

/** What is told to its owner. */
export const staleStandings: readonly AssetStanding[] = ['noVersion', 'expired', 'expiring', 'neverUsed', 'unused'];

export const expiringWithinDays = 30;
export const unusedAfterDays = 90;
/** What was added just now is new, not unwanted. */
export const newForDays = 14;

export interface VersionDays {
  readonly number: number;
  /** The first day it is valid, `YYYY-MM-DD`. */
  readonly validFrom: string;
  /** The last day it is valid; null: until replaced. */
  readonly expiresOn: string | null;
}

/** The version that counts on a day: the latest that has become valid, expired or not. */
export const currentVersion = <Version extends VersionDays>(versions: readonly Version[], today: string): Version | undefined =>
  versions.filter(({ validFrom }) => validFrom <= today).toSorted((one, other) => other.number - one.number)[0];

export const isExpired = (version: Pick<VersionDays, 'expiresOn'>, today: string): boolean =>
  version.expiresOn !== null && version.expiresOn < today;

/**
 * What a link made for a version leads to on a day: that version, unless it expired; then the current one, if that
 * has not expired too. Null: nothing may be shown any more.
 */
export function servedVersion<Version extends VersionDays>(made: Version, versions: readonly Version[], today: string): Version | null {
  if (!isExpired(made, today)) return made;
  const current = currentVersion(versions, today);
  return current && !isExpired(current, today) ? current : null;
}

export interface AssetDays {
  readonly archived: boolean;
  readonly versions: readonly VersionDays[];
  /** Days in the workspace's zone. */
  readonly addedOn: string;
  readonly lastUsedOn: string | null;
}

export function standingOf(asset: AssetDays, today: string): AssetStanding {
  if (asset.archived) return 'archived';
  if (asset.versions.length === 0) return 'noVersion';
  const current = currentVersion(asset.versions, today);
  if (!current) return 'notYet';
  if (isExpired(current, today)) return 'expired';
  if (current.expiresOn !== null && dayDifference(today, current.expiresOn) <= expiringWithinDays) return 'expiring';
  if (asset.lastUsedOn === null) return dayDifference(asset.addedOn, today) >= newForDays ? 'neverUsed' : 'fine';
  return dayDifference(asset.lastUsedOn, today) > unusedAfterDays ? 'unused' : 'fine';
}

const dayDifference = (from: string, to: string): number => dayNumberOf(to) - dayNumberOf(from);
