import { apiUrl, post } from '#ui/api/client.ts';
import { daysOf, type SourceDraft } from './assetDraft.ts';

/** Adds a version to an asset: a link, or the file itself. @returns its number */
export async function sendVersion(assetId: string, draft: SourceDraft): Promise<number> {
  const days = daysOf(draft);
  if (draft.source === 'link')
    return (await post<{ number: number }>(`/library/${assetId}/versions`, { url: draft.url.trim(), ...days })).number;
  const form = new FormData();
  if (draft.file) form.append('file', draft.file, draft.file.name);
  const path = apiUrl(`/library/${assetId}/files`, days).replace(/^\/api\/v1/, '');
  return (await post<{ number: number }>(path, form)).number;
}
