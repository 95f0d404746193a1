/** Text in UTF-8, or in Windows-1252 where it isn't that. */
export function textOf(bytes: Uint8Array): string {
  const own = bytes.slice();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(own);
  } catch {
    return new TextDecoder('windows-1252').decode(own);
  }
}
