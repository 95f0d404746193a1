/** Texts and messages cut to what the receiver takes. */

import type { Message, Part } from './message.ts';

/** At most `most` UTF-16 units, no character cut in two, with an ellipsis where something is missing. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/**
 * The message with what fits: what stands last goes first, item by item, and a line says that there is more.
 * @param fits whether a message, as it would be sent, is small enough
 */
export function fitted(message: Message, fits: (message: Message) => boolean): Message {
  if (fits(message)) return message;
  let sections = message.sections;
  while (sections.length > 0) {
    sections = withoutLast(sections);
    const shorter = { ...message, sections: [...sections, more] };
    if (fits(shorter)) return shorter;
  }
  return { ...message, lead: shortened(message.lead, 500), sections: [more] };
}

const more: Message['sections'][number] = { heading: 'And more', parts: [{ kind: 'text', text: 'The rest stands in Accord.' }] };

function withoutLast(sections: Message['sections']): Message['sections'] {
  const last = sections.at(-1)!;
  const part = last.parts.at(-1);
  const rest = sections.slice(0, -1);
  if (part === undefined) return rest;
  const parts = [...last.parts.slice(0, -1), ...shorterPart(part)];
  return parts.length === 0 ? rest : [...rest, { ...last, parts }];
}

function shorterPart(part: Part): Part[] {
  if (part.kind === 'text' || part.items.length <= 1) return [];
  switch (part.kind) {
    case 'points':
      return [{ ...part, items: part.items.slice(0, -1) }];
    case 'figures':
      return [{ ...part, items: part.items.slice(0, -1) }];
    case 'bars':
      return [{ ...part, items: part.items.slice(0, -1) }];
  }
}

/** Of letters every program has: as wide everywhere, in a font where all are. */
export function textBar(length: number, width: number): string {
  const filled = Math.round((Math.min(100, Math.max(0, length)) / 100) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}
