/** Writing CSV that no spreadsheet runs. Used by every export and by the error file. */

/**
 * Signs that start a formula in Excel, LibreOffice or Google Sheets, with their full-width forms, which some of
 * them fold. Spaces, zero-width and other invisible signs before it are skipped by them, so by us as well.
 */
const startsFormula =
  /^[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\0]*[=+\-@＝＋－＠﹢﹣﹦﹫−]/;
const startsWithControl = /^[\t\r\n]/;
/** A number is no formula: "-12.50" must come back as a number. */
const plainNumber = /^[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?$/;
/** Quotes around cells whose text would not come back alone: a first or last space is trimmed by many readers. */
const needsQuotes = /[",\r\n;\t]|^\s|\s$/;

/**
 * The text with an apostrophe before it if a spreadsheet would take it for a formula. A text that has such an
 * apostrophe already gets another, so that `unneutralised` gives every text back as it was.
 */
export function neutralised(text: string): string {
  if (text === '' || plainNumber.test(text)) return text;
  const bare = text.charCodeAt(0) === 39 ? text.replace(/^'+/, '') : text;
  return startsFormula.test(bare) || startsWithControl.test(bare) ? `'${text}` : text;
}

/** The text as it was before `neutralised`: the apostrophe goes only where it stands before a formula. */
export function unneutralised(text: string): string {
  return text.startsWith("'") && neutralised(text.slice(1)) === text ? text.slice(1) : text;
}

/** One cell of a CSV file (RFC 4180), safe to open. */
export function csvCell(value: string | number | bigint | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? neutralised(value) : String(value);
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line with its line end. A line of one empty cell is written "" so that it isn't taken for an empty line. */
export function csvLine(values: readonly (string | number | bigint | boolean | null | undefined)[]): string {
  const line = values.map(csvCell).join(',');
  return `${line === '' ? '""' : line}\r\n`;
}

/** Excel reads a file as UTF-8 only when it begins with this. */
export const byteOrderMark = '\ufeff';
