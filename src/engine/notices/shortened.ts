/** Texts and messages cut to what the receiver takes. */

import type { Message, Part, Section } from './message.ts';

/** At most `most` UTF-16 units, no character cut in two, with an ellipsis where something is missing. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/**
 * The message with as much as fits, from the top, and a line that says that there is more.
 * @param fits whether a message, as it would be sent, is small enough; what is shorter than one that fits, fits
 */
export function fitted(message: Message, fits: (message: Message) => boolean): Message {
  if (fits(message)) return message;
  const withFirst = (items: number): Message => ({ ...message, sections: [...firstItems(message.sections, items), more] });
  let [fine, tooMany] = [0, countItems(message.sections)];
  while (tooMany - fine > 1) {
    const middle = Math.floor((fine + tooMany) / 2);
    if (fits(withFirst(middle))) fine = middle;
    else tooMany = middle;
  }
  return fine > 0 || fits(withFirst(0)) ? withFirst(fine) : { ...withFirst(0), lead: shortened(message.lead, 500) };
}

const more: Section = { heading: 'And more', parts: [{ kind: 'text', text: 'The rest stands in Accord.' }] };

const itemsOf = (part: Part): number => (part.kind === 'text' ? 1 : part.items.length);
const countItems = (sections: readonly Section[]): number =>
  sections.reduce((sum, { parts }) => sum + parts.reduce((inner, part) => inner + itemsOf(part), 0), 0);

/** What is left of sections when only so many items are kept; one without any goes with its heading. */
function firstItems(sections: readonly Section[], items: number): Section[] {
  let left = items;
  const kept: Section[] = [];
  for (const { heading, parts } of sections) {
    const some: Part[] = [];
    for (const part of parts) {
      if (left <= 0) break;
      some.push(firstOf(part, left));
      left -= itemsOf(part);
    }
    if (some.length > 0) kept.push({ heading, parts: some });
  }
  return kept;
}

function firstOf(part: Part, items: number): Part {
  switch (part.kind) {
    case 'text':
      return part;
    case 'points':
      return { ...part, items: part.items.slice(0, items) };
    case 'figures':
      return { ...part, items: part.items.slice(0, items) };
    case 'bars':
      return { ...part, items: part.items.slice(0, items) };
  }
}

/** Of letters every program has: as wide everywhere, in a font where all are. */
export function textBar(length: number, width: number): string {
  const filled = Math.round((Math.min(100, Math.max(0, length)) / 100) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}
