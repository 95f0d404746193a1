/** What is typed about content, before it is sent. */

import type { AssetKind } from '#engine/campaigns/asset-standing.ts';
import { fileTypeOf, isZip } from '#engine/campaigns/file-type.ts';
import { Refused } from '#engine/values/outcome.ts';
import type { AssetDetail, AssetItem } from '#features/campaigns/contract/library.ts';

export interface AssetDraft {
  readonly title: string;
  readonly kind: AssetKind;
  readonly about: string;
  readonly ownerId: string | null;
  readonly stages: AssetItem['stages'];
  readonly segments: readonly string[];
  readonly objections: readonly string[];
  readonly campaignId: string | null;
}

export interface SourceDraft {
  readonly source: 'link' | 'file';
  readonly url: string;
  readonly file: File | null;
  /** What its content says against it, as far as the page can tell; null: nothing. */
  readonly fileProblem: string | null;
  readonly note: string;
  readonly validFrom: string;
  /** Blank: until replaced. */
  readonly expiresOn: string;
}

export const blankAsset = (ownerId: string): AssetDraft => ({
  ...{ title: '', kind: 'deck', about: '', ownerId, campaignId: null },
  ...{ stages: [], segments: [], objections: [] },
});
export const draftOf = ({ title, kind, about, owner, stages, segments, objections, campaign }: AssetDetail): AssetDraft => ({
  ...{ title, kind, about, ownerId: owner?.id ?? null, stages, segments, objections, campaignId: campaign?.id ?? null },
});
export const blankSource = (today: string): SourceDraft => ({
  source: 'file',
  url: '',
  file: null,
  fileProblem: null,
  note: '',
  validFrom: today,
  expiresOn: '',
});

const mostBytes = 20 * 1024 * 1024;

/** Why it can't be sent as it stands; null: it can. */
export function gapOfSource({ source, url, file, fileProblem, validFrom, expiresOn }: SourceDraft): string | null {
  if (source === 'link' && !/^https?:\/\/\S+\.\S+/.test(url.trim())) return 'Paste the address, with https:// in front.';
  if (source === 'file' && !file) return 'Choose the file.';
  if (source === 'file' && file && file.size > mostBytes)
    return 'A file may have 20 MB at the most. Put larger ones where they can be linked to.';
  if (source === 'file' && fileProblem) return fileProblem;
  return expiresOn !== '' && validFrom !== '' && expiresOn < validFrom ? 'It would expire before it is valid.' : null;
}

/** What of a version is the same for links and files. */
export const daysOf = ({ note, validFrom, expiresOn }: SourceDraft) => ({
  note: note.trim(),
  ...(validFrom !== '' && { validFrom }),
  ...(expiresOn !== '' && { expiresOn }),
});

const looksAt = 65_536;

/** What the server would say to it, from its beginning; what is in a zip only the server looks at. */
export async function problemOfFile(file: File): Promise<string | null> {
  const bytes = new Uint8Array(await file.slice(0, looksAt).arrayBuffer());
  if (bytes.length === 0) return `${file.name} is empty.`;
  const type = isZip(bytes) ? null : fileTypeOf(bytes, file.name, null);
  return type instanceof Refused ? `${file.name} ${type.reason}.` : null;
}
