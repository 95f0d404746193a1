/** What is typed shows names, `@Mara Klein`; what is sent names ids, `@[…]`. */

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What stands between an `@` before the caret and the caret; null: nobody is being looked for. */
export function searchedAt(text: string, caret: number): { readonly from: number; readonly search: string } | null {
  const found = /(?:^|[\s(])@([^\s@[\]]{0,40}(?: [^\s@[\]]{1,40})?)$/u.exec(text.slice(0, caret));
  return found ? { from: caret - found[1]!.length - 1, search: found[1]! } : null;
}

/** The name in place of what was typed of it. @returns the text, and where the caret goes */
export function withMention(text: string, from: number, caret: number, { name }: Named): { readonly text: string; readonly caret: number } {
  const inserted = `@${name} `;
  return { text: text.slice(0, from) + inserted + text.slice(caret).replace(/^ /, ''), caret: from + inserted.length };
}

/** Names that were picked become ids; a longer name goes before one it begins with. */
export function toSent(text: string, picked: readonly Named[]): string {
  const byLength = [...new Map(picked.map((each) => [each.id, each])).values()].toSorted(
    (one, other) => other.name.length - one.name.length,
  );
  let sent = text;
  for (const { id, name } of byLength) sent = sent.replaceAll(new RegExp(`@${escaped(name)}(?![\\p{L}\\p{N}])`, 'gu'), `@[${id}]`);
  return sent;
}

/** What was sent, as it is typed: for changing it. */
export const toTyped = (sent: string, mentions: readonly Named[]): string =>
  mentions.reduce((text, { id, name }) => text.replaceAll(`@[${id}]`, `@${name}`), sent);

const escaped = (name: string): string => name.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
