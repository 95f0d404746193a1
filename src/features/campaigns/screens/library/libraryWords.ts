import { assetKinds, assetKindWords, type AssetStanding, standingWords } from '#engine/campaigns/asset-standing.ts';
import { type AssetItem, type LibraryPage, usableStages } from '#features/campaigns/contract/library.ts';
import { ago, count, day, plural } from '#ui/formats.ts';
import { stageLabel } from '#ui/records.ts';

export const kindOptions = assetKinds.map((value) => ({ value, label: assetKindWords[value] }));
export const stageOptions = usableStages.map((value) => ({ value, label: stageLabel(value) }));

export const standingOptions = [
  { value: 'usable', label: 'Can be sent' },
  { value: 'stale', label: 'Wants attention' },
  ...(['expired', 'expiring', 'neverUsed', 'unused', 'noVersion', 'notYet', 'archived'] as const).map((value) => ({
    value,
    label: standingWords[value].label,
  })),
];

export const sortOptions = [
  { value: 'title', label: 'Title' },
  { value: 'used', label: 'Most used' },
  { value: 'rated', label: 'Best rated' },
  { value: 'newest', label: 'Newest' },
];

const looks: Readonly<Record<AssetStanding, 'good' | 'warn' | 'bad' | 'dim'>> = {
  archived: 'dim',
  noVersion: 'warn',
  expired: 'bad',
  notYet: 'dim',
  expiring: 'warn',
  neverUsed: 'warn',
  unused: 'warn',
  fine: 'good',
};

/** How content stands, in a few words, and how they are to look. */
export function standingTold({ standing, version, lastUsedAt }: Pick<AssetItem, 'standing' | 'version' | 'lastUsedAt'>): {
  words: string;
  look: string;
} {
  const look = looks[standing];
  if (standing === 'expired') return { words: `Expired ${day(version?.expiresOn)}`, look };
  if (standing === 'expiring') return { words: `Expires ${day(version?.expiresOn)}`, look };
  if (standing === 'unused' && lastUsedAt) return { words: `Last used ${ago(lastUsedAt)}`, look };
  if (standing === 'fine') return { words: lastUsedAt ? `Used ${ago(lastUsedAt)}` : 'New', look: 'dim' };
  return { words: standingWords[standing].label, look };
}

/** The one sentence above the list. */
export function headline({ counts }: LibraryPage): string {
  const usable = counts.fine + counts.expiring + counts.neverUsed + counts.unused;
  if (usable + counts.stale === 0) return '';
  const stale =
    counts.stale === 0 ? 'nothing wants attention' : `${count(counts.stale)} ${counts.stale === 1 ? 'wants' : 'want'} attention`;
  return `${plural(usable, 'piece')} of content can be sent; ${stale}.`;
}

export const madeFor = ({ stages, segments }: Pick<AssetItem, 'stages' | 'segments'>): string =>
  stages.length + segments.length === 0
    ? 'any stage and segment'
    : [stages.length > 0 ? stages.map(stageLabel).join(', ') : 'any stage', segments.length > 0 ? segments.join(', ') : 'any segment'].join(
        ' · ',
      );

/** How it is used, as a sentence. */
export function useTold({ uses, users, opens, lastUsedAt }: Pick<AssetItem, 'uses' | 'users' | 'opens' | 'lastUsedAt'>): string {
  if (uses === 0 || lastUsedAt === null) return 'Nobody has used it yet.';
  const opened = opens === 0 ? 'not opened so far' : `opened ${plural(opens, 'time')}`;
  return `Used ${plural(uses, 'time')} by ${plural(users, 'person', 'people')}, ${opened}; last ${ago(lastUsedAt)}.`;
}

export const ratingTold = ({ rating: { mean, n } }: Pick<AssetItem, 'rating'>): string =>
  mean === null ? 'Not rated' : `${mean.toFixed(1)} of 5 (${count(n)})`;
