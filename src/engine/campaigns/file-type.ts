/**
 * What a file is, by its content: its name is somebody's word for it. Sources: the published signatures of each format
 * (PDF 32000-1 7.5.2, PNG 5.2, JPEG B.1.1.3, GIF89a, RIFF/WebP, ISO 14496-12 `ftyp`, Matroska EBML, PKWARE APPNOTE 4.3.7).
 */

import { Refused } from '../values/outcome.ts';

export interface FileType {
  /** As it is sent. Pages and drawings can run scripts: they are sent as bytes, nothing more. */
  readonly type: string;
  readonly label: string;
  readonly endings: readonly string[];
}

const bytesOnly = 'application/octet-stream';
const office = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

const types = {
  pdf: { type: 'application/pdf', label: 'PDF', endings: ['pdf'] },
  png: { type: 'image/png', label: 'PNG picture', endings: ['png'] },
  jpeg: { type: 'image/jpeg', label: 'JPEG picture', endings: ['jpg', 'jpeg'] },
  gif: { type: 'image/gif', label: 'GIF picture', endings: ['gif'] },
  webp: { type: 'image/webp', label: 'WebP picture', endings: ['webp'] },
  mp4: { type: 'video/mp4', label: 'MP4 video', endings: ['mp4', 'm4v', 'mov'] },
  webm: { type: 'video/webm', label: 'WebM video', endings: ['webm'] },
  docx: { type: `${office}.wordprocessingml.document`, label: 'Word document', endings: ['docx'] },
  pptx: { type: `${office}.presentationml.presentation`, label: 'PowerPoint deck', endings: ['pptx'] },
  xlsx: { type: `${office}.spreadsheetml.sheet`, label: 'Excel workbook', endings: ['xlsx'] },
  odt: { type: `${openDocument}.text`, label: 'OpenDocument text', endings: ['odt'] },
  odp: { type: `${openDocument}.presentation`, label: 'OpenDocument deck', endings: ['odp'] },
  ods: { type: `${openDocument}.spreadsheet`, label: 'OpenDocument table', endings: ['ods'] },
  svg: { type: bytesOnly, label: 'SVG drawing', endings: ['svg'] },
  html: { type: bytesOnly, label: 'HTML page', endings: ['html', 'htm'] },
  text: { type: bytesOnly, label: 'Text', endings: ['txt', 'csv', 'md'] },
} as const satisfies Record<string, FileType>;
type Key = keyof typeof types;

export const acceptedEndings: readonly string[] = Object.values(types).flatMap(({ endings }) => endings);

/** @param label as kept with the file: what a type of a kept file is called */
export const labelOfEnding = (name: string): string =>
  Object.values(types).find(({ endings }) => (endings as readonly string[]).includes(endingOf(name)))?.label ?? 'File';

/** Whether the content begins like a zip, so that the names in it decide. */
export const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, 0, [0x50, 0x4b, 0x03, 0x04]);

/**
 * @param name its ending has to be one of its type's
 * @param entryNames of a zip, the names of the files in it; null for what is none
 * @returns why not, in a sentence that says what would do
 */
export function fileTypeOf(bytes: Uint8Array, name: string, entryNames: readonly string[] | null): FileType | Refused {
  const found = entryNames === null ? plainType(bytes, name) : packedType(entryNames, endingOf(name));
  if (found instanceof Refused) return found;
  const { endings, label } = types[found];
  if ((endings as readonly string[]).includes(endingOf(name))) return types[found];
  return new Refused(`is ${withArticle(label)} by its content: a name that ends in .${endings[0]} would do`);
}

/** As it is said aloud: an HTML page, an MP4 video, a PDF. */
const withArticle = (label: string): string =>
  label === 'Text' ? 'text' : `${/^(HTML|SVG|MP4|[AEIO])/.test(label) ? 'an' : 'a'} ${label}`;

const endingOf = (name: string): string => /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

// ── what is no zip ──────────────────────────────────────────────────────────

const signatures: readonly { readonly at: number; readonly bytes: readonly number[]; readonly is: Key }[] = [
  { at: 0, bytes: ascii('%PDF-'), is: 'pdf' },
  { at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], is: 'png' },
  { at: 0, bytes: [0xff, 0xd8, 0xff], is: 'jpeg' },
  { at: 0, bytes: ascii('GIF87a'), is: 'gif' },
  { at: 0, bytes: ascii('GIF89a'), is: 'gif' },
  { at: 8, bytes: ascii('WEBP'), is: 'webp' },
  { at: 4, bytes: ascii('ftyp'), is: 'mp4' },
  { at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3], is: 'webm' },
];
const programs: readonly (readonly number[])[] = [
  ascii('MZ'),
  [0x7f, 0x45, 0x4c, 0x46],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe],
  ascii('#!'),
];
const oldOffice = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

function plainType(bytes: Uint8Array, name: string): Key | Refused {
  const known = signatures.find(({ at, bytes: signature }) => startsWith(bytes, at, signature));
  if (known) return known.is;
  if (programs.some((signature) => startsWith(bytes, 0, signature))) return new Refused('is a program: programs are not kept here');
  if (startsWith(bytes, 0, oldOffice))
    return new Refused('is an old Office file, which can hide macros: save it as .pdf, .docx, .pptx or .xlsx');
  if (!isText(bytes)) return new Refused(`is of a type that is not kept here; these are: ${acceptedEndings.join(', ')}`);
  return textType(bytes, name);
}

function textType(bytes: Uint8Array, name: string): Key | Refused {
  const start = letters(bytes.subarray(0, 4096)).toLowerCase();
  if (/<svg[\s>]/.test(start) && !/<html[\s>]/.test(start)) return 'svg';
  if (/<(!doctype html|html|head|body|script|iframe|meta|style|img|a|div|p)[\s>/]/.test(start)) return 'html';
  const ending = endingOf(name);
  const key = (['text', 'html', 'svg'] as const).find((each) => (types[each].endings as readonly string[]).includes(ending));
  return (
    key ?? new Refused(`is text by its content: a name that ends in ${types.text.endings.map((each) => `.${each}`).join(' or ')} would do`)
  );
}

/** Without control characters but those of lines and tabs. */
function isText(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) return false;
  return bytes.length > 0;
}

const letters = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

// ── what is one ─────────────────────────────────────────────────────────────

const packed: readonly { readonly holds: string; readonly is: Key }[] = [
  { holds: 'word/', is: 'docx' },
  { holds: 'ppt/', is: 'pptx' },
  { holds: 'xl/', is: 'xlsx' },
];

function packedType(names: readonly string[], ending: string): Key | Refused {
  if (names.some((name) => /vbaProject\.bin$/i.test(name)))
    return new Refused('holds macros, which are programs: save it without them, or as .pdf');
  if (names.includes('[Content_Types].xml')) {
    const found = packed.find(({ holds }) => names.some((name) => name.startsWith(holds)));
    if (found) return found.is;
  }
  if (names.includes('mimetype') && names.includes('content.xml')) return (['odp', 'ods'] as const).find((key) => key === ending) ?? 'odt';
  return new Refused('is a zip: unpack it and add what is in it, one file each');
}

function startsWith(bytes: Uint8Array, at: number, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[at + index] === byte);
}

function ascii(text: string): readonly number[] {
  return [...text].map((letter) => letter.charCodeAt(0));
}
