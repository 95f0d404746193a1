import type { ContentUse } from '#features/campaigns/contract/content-uses.ts';
import { ago, plural } from '#ui/formats.ts';

export const wayWords: Readonly<Record<ContentUse['way'], string>> = {
  link: 'Link sent',
  call: 'Shown in a call',
  meeting: 'Shown in a meeting',
};

/** What came of a use, as far as it is known. */
export function openedTold({ way, opens, lastOpenedAt, scanned, inVain, servedNumber, revokedAt }: ContentUse): string {
  if (way !== 'link') return 'shown';
  const later = servedNumber === null ? '' : `, led to version ${servedNumber}`;
  const vain = inVain > 0 ? `; ${plural(inVain, 'try', 'tries')} after it had expired` : '';
  const closed = revokedAt ? '; link closed' : '';
  if (opens > 0 && lastOpenedAt) return `${plural(opens, 'time')}, last ${ago(lastOpenedAt)}${later}${vain}${closed}`;
  return `${scanned > 0 ? 'only by mail scanners' : 'not yet'}${vain}${closed}`;
}
