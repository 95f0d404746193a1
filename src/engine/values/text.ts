/** Texts as they may be stored: NFC, no NUL, well-formed, not endless. Blank is "not stated". */

import { Refused } from './outcome.ts';

export const longestText = 10_000;

// Below U+0300 nothing composes, so NFC can't change such a text (Unicode quick check: NFC_QC=Yes there).
const mayNeedComposing = /[\u0300-\uffff]/;

/** The text without surrounding space; null when nothing is left; a refusal with the reason when it can't be stored. */
export function readText(cell: string): string | null | Refused {
  const text = cell.trim();
  if (text === '') return null;
  if (text.length > longestText) return new Refused(`is ${text.length} characters long; at most ${longestText} can be kept`);
  if (text.includes('\0')) return new Refused('holds a NUL character, which a text can’t; take it out');
  if (!mayNeedComposing.test(text)) return text;
  if (!text.isWellFormed()) return new Refused('holds half of a character (a lone surrogate); write the text anew');
  return text.normalize('NFC');
}

/** The first characters of a text, for messages. */
export const shortened = (text: string, length = 60): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
