/** Rows of a binary COPY read field by field, ids as codes: a million touches are looked at without a text or an object for each. */

import { addPlace, findPlace, makePlaces, readId, wordsAnId, writeId } from '#engine/funnel/ids.ts';
import { type BytesMemo, makeBytesMemo } from '#platform/db/bytes-memo.ts';
import { instantAt } from '#platform/db/copy-rows.ts';

/** Stands for NULL among codes. */
export const none = -1;

/** Ids as whole numbers from 0, in the order in which they were met. */
export interface IdCodes {
  read(view: DataView, at: number): number;
  codeOf(id: string): number;
  textOf(code: number): string;
}

export function makeIdCodes(): IdCodes {
  let words = new Uint32Array(1024 * wordsAnId);
  let count = 0;
  const places = makePlaces(words, 0);
  /** Of the id that stands after the last. */
  const settle = (): number => {
    const known = findPlace(places, words, words, count);
    if (known >= 0) return known;
    addPlace(places, words, count);
    if (++count * wordsAnId === words.length) {
      const longer = new Uint32Array(words.length * 2);
      longer.set(words);
      words = longer;
    }
    return count - 1;
  };
  return {
    read(view, at) {
      for (let word = 0; word < wordsAnId; word++) words[count * wordsAnId + word] = view.getUint32(at + word * 4);
      return settle();
    },
    codeOf(id) {
      writeId(words, count, id);
      return settle();
    },
    textOf: (code) => readId(words, code),
  };
}

/** Texts that come again and again, each decoded once. */
export interface FewTexts {
  readonly memo: BytesMemo;
  readonly texts: string[];
}

const utf8 = new TextDecoder();

export function makeFewTexts(): FewTexts {
  const texts: string[] = [];
  return { texts, memo: makeBytesMemo((bytes) => texts.push(utf8.decode(bytes)) - 1) };
}

/** Goes through the fields of one row after the other. */
export interface FieldCursor {
  begin(view: DataView, at: number): void;
  /** A uuid's code, or `none`. */
  id(ids: IdCodes): number;
  /** A timestamptz as microseconds since 1970; Infinity for NULL. */
  moment(): number;
  /** The place among the texts, or `none`. */
  text(few: FewTexts): number;
}

export function makeCursor(): FieldCursor {
  let view: DataView = new DataView(new ArrayBuffer(0));
  let at = 0;
  /** Where the next field's bytes begin; −1 for NULL. */
  const next = (): number => {
    const length = view.getInt32(at);
    const start = at + 4;
    at = length < 0 ? start : start + length;
    return length < 0 ? -1 : start;
  };
  return {
    begin(ofRow, first) {
      view = ofRow;
      at = first;
    },
    id(ids) {
      const start = next();
      return start < 0 ? none : ids.read(view, start);
    },
    moment() {
      const start = next();
      return start < 0 ? Infinity : instantAt(view, start);
    },
    text({ memo }) {
      const start = next();
      return start < 0 ? none : memo.codeOf(view, start, at);
    },
  };
}
