/** Texts as small numbers. Code 0 stands for "not stated": a blank is no value, and `unknown` is one. */
export interface Dictionary {
  /** By code; the first is null. */
  readonly texts: (string | null)[];
  readonly codes: Map<string, number>;
}

export const blankCode = 0;

export const makeDictionary = (): Dictionary => ({ texts: [null], codes: new Map() });

/** The code of a text, given one when it is new. */
export function codeOf(dictionary: Dictionary, text: string | null): number {
  if (text === null) return blankCode;
  let code = dictionary.codes.get(text);
  if (code === undefined) {
    code = dictionary.texts.length;
    dictionary.texts.push(text);
    dictionary.codes.set(text, code);
  }
  return code;
}

/** The code of a text, or null when no lead has had it. */
export const findCode = (dictionary: Dictionary, text: string | null): number | null =>
  text === null ? blankCode : (dictionary.codes.get(text) ?? null);

/** Estimated: a text is held twice (list and map share the string) with about 100 bytes of bookkeeping. */
export const bytesOfDictionary = (dictionary: Dictionary): number =>
  dictionary.texts.reduce((sum, text) => sum + 100 + (text?.length ?? 0), 0);
