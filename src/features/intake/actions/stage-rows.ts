/**
 * The first half of an import: parsed records go into temporary tables of one connection by COPY, a few
 * megabytes at a time. Nothing of it survives the connection, so a killed import leaves nothing behind.
 */

import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { emailKey, isPublicMailDomain, nameKey } from '#engine/identity/keys.ts';
import { importFieldsOf, referenceKindOf, type ImportKind, type ParsedRecord, type ParsedReference } from '#features/intake/contract.ts';
import { columnOf, entryKinds, type EntryKind, type RecordKind } from '#features/records/contract.ts';
import { keysOf, sqlTypeOf } from '#features/records/projection.ts';
import { newId } from '#platform/db/ids.ts';

/** Characters gathered for one COPY; large enough that its round trip doesn't show, small enough to forget. */
const flushAt = 4_000_000;

export interface StagedReference {
  readonly field: string;
  readonly column: string;
  readonly of: ImportKind;
}

/** Reference fields of a kind, in the order of the field table. */
export const referencesOf = (kind: ImportKind): StagedReference[] =>
  importFieldsOf(kind).flatMap((field) => {
    const of = referenceKindOf(field);
    return of === null ? [] : [{ field: field.name, column: `r_${columnOf(field.name)}`, of }];
  });

export const isEntry = (kind: ImportKind): kind is EntryKind => (entryKinds as readonly string[]).includes(kind);

/** Own (not reference) fields of an entry kind: they are staged typed, because there are millions of them. */
export const ownFieldsOf = (kind: EntryKind) => importFieldsOf(kind).filter((field) => referenceKindOf(field) === null);

export interface Stage {
  /** Takes one parsed record; resolves at once unless a flush is due and one is still under way. */
  add(record: ParsedRecord, fileNo: number): Promise<void> | void;
  finish(): Promise<void>;
  /** Records staged per kind; a kind that never came has no table. */
  readonly counts: ReadonlyMap<ImportKind, number>;
  /** Reference columns that hold anything, per kind. */
  readonly usedReferences: ReadonlyMap<ImportKind, ReadonlySet<string>>;
  readonly kindsWithCustom: ReadonlySet<ImportKind>;
}

export async function openStage(client: pg.ClientBase, phoneCountry: string | null): Promise<Stage> {
  const counts = new Map<ImportKind, number>();
  const used = new Map<ImportKind, Set<string>>();
  const kindsWithCustom = new Set<ImportKind>();
  const buffers = new Map<ImportKind, { text: string; line: (record: ParsedRecord, fileNo: number, n: number) => string }>();
  let n = 0;
  let flushing: Promise<void> | undefined;

  const flush = (kind: ImportKind, text: string): Promise<void> => {
    flushing = (flushing ?? Promise.resolve()).then(() => copy(client, kind, text));
    flushing.catch(() => {}); // seen by whoever awaits next
    return flushing;
  };
  const bufferOf = async (kind: ImportKind) => {
    await flushing;
    await client.query(tableStatement(kind));
    const references = referencesOf(kind);
    used.set(kind, new Set());
    const buffer = { text: '', line: lineMaker(kind, references, used.get(kind)!, kindsWithCustom, phoneCountry) };
    buffers.set(kind, buffer);
    counts.set(kind, 0);
    return buffer;
  };
  const put = (
    buffer: { text: string; line: (record: ParsedRecord, fileNo: number, n: number) => string },
    record: ParsedRecord,
    fileNo: number,
  ) => {
    buffer.text += buffer.line(record, fileNo, ++n);
    counts.set(record.kind, counts.get(record.kind)! + 1);
    if (buffer.text.length < flushAt) return;
    const text = buffer.text;
    buffer.text = '';
    const earlier = flushing;
    void flush(record.kind, text);
    return earlier; // one flush may be under way while the next fills
  };

  return {
    add(record, fileNo) {
      const buffer = buffers.get(record.kind);
      return buffer ? put(buffer, record, fileNo) : bufferOf(record.kind).then((made) => put(made, record, fileNo));
    },
    async finish() {
      for (const [kind, buffer] of buffers) if (buffer.text) await flush(kind, buffer.text);
      await flushing;
      for (const kind of buffers.keys()) await client.query(`ANALYZE ${stageTable(kind)}`);
    },
    counts,
    usedReferences: used,
    kindsWithCustom,
  };
}

export const stageTable = (kind: ImportKind): string => `stage_${columnOf(kind)}`;

function tableStatement(kind: ImportKind): string {
  const references = referencesOf(kind).map(({ column }) => `${column} text`);
  const own = isEntry(kind)
    ? ownFieldsOf(kind).map((field) => `${columnOf(field.name)} ${sqlTypeOf(field)}`)
    : ['only_update boolean', 'sets jsonb', 'keys jsonb'];
  return `CREATE TEMP TABLE ${stageTable(kind)} (n bigint, file_no int, line bigint, ext text COLLATE "C", id uuid, ${[...own, 'custom jsonb', ...references].join(', ')})`;
}

async function copy(client: pg.ClientBase, kind: ImportKind, text: string): Promise<void> {
  await pipeline(Readable.from([Buffer.from(text)], { objectMode: true }), client.query(copyFrom(`COPY ${stageTable(kind)} FROM STDIN`)));
}

type LineMaker = (record: ParsedRecord, fileNo: number, n: number) => string;

function lineMaker(
  kind: ImportKind,
  references: StagedReference[],
  used: Set<string>,
  withCustom: Set<ImportKind>,
  phoneCountry: string | null,
): LineMaker {
  const entryFields = isEntry(kind) ? ownFieldsOf(kind).map((field) => field.name) : null;
  const plain = references.length === 0 ? null : references;
  // Cells are gathered and joined once a row: growing one text cell by cell costs the collector more than the work.
  const cells: string[] = [];
  return (record, fileNo, n) => {
    cells.length = 0;
    cells.push(String(n), String(fileNo), String(record.line), cell(keyOf(record, phoneCountry)), newId());
    if (entryFields) for (const field of entryFields) cells.push(cell(record.values[field]));
    else
      cells.push(
        record.onlyUpdate ? 't' : 'f',
        cell(JSON.stringify(setsOf(record))),
        cell(JSON.stringify(stagedKeys(record, phoneCountry))),
      );
    let custom = '\\N';
    for (const _ in record.custom) {
      withCustom.add(kind);
      custom = cell(JSON.stringify(record.custom));
      break;
    }
    cells.push(custom);
    if (plain)
      for (const { field, column } of plain) {
        const reference = record.refs[field];
        if (reference) used.add(column);
        cells.push(reference ? cell(referenceText(reference)) : '\\N');
      }
    return `${cells.join('\t')}\n`;
  };
}

/** Without a key of its own a row is known again by who it is, else by its whole content. */
function keyOf(record: ParsedRecord, phoneCountry: string | null): string {
  const id = record.externalId;
  if (!id.startsWith('row:') || isEntry(record.kind)) return id;
  const { email_key: email, phone_key: phone, name_key: name } = stagedKeys(record, phoneCountry);
  const domain = typeof record.values.domain === 'string' && !isPublicMailDomain(record.values.domain) ? record.values.domain : null;
  switch (record.kind) {
    case 'contact':
      return email ? `email:${email}` : id;
    case 'account':
      return domain ? `domain:${domain}` : name ? `name:${name}` : id;
    case 'campaign':
    case 'member':
      return email ? `email:${email}` : name ? `name:${name}` : id;
    case 'lead': {
      const who = email ?? phone;
      return who && record.values.openedAt ? `cycle:${who}/${String(record.values.openedAt)}` : id;
    }
    default:
      return id;
  }
}

const special = /[\\\n\r\t]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value in COPY's text format. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  const text = typeof value === 'string' ? value : String(value);
  return special.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => escapes[character]!) : text;
}

/** What the fact will set: every stated value, custom fields under `custom.<key>`; blank cells state nothing. */
function setsOf(record: ParsedRecord): Record<string, unknown> {
  const sets: Record<string, unknown> = {};
  for (const name in record.values) {
    const value = record.values[name];
    if (value !== null && value !== undefined) sets[name] = value;
  }
  for (const name in record.custom) {
    const value = record.custom[name];
    if (value !== null && value !== undefined) sets[`custom.${name}`] = value;
  }
  if (record.kind === 'contact' && sets.fullName === undefined) {
    const name = [sets.givenName, sets.familyName].filter((part) => typeof part === 'string').join(' ');
    if (name) sets.fullName = name;
  }
  return sets;
}

function stagedKeys(record: ParsedRecord, phoneCountry: string | null): Record<string, string> {
  if (record.kind === 'member') return stated({ email_key: emailOf(record), name_key: nameKey(String(record.values.name ?? '')) || null });
  return stated(keysOf(record.kind as RecordKind, setsOf(record), phoneCountry));
}

const emailOf = (record: ParsedRecord): string | null => (typeof record.values.email === 'string' ? emailKey(record.values.email) : null);

const stated = (keys: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(keys).filter((entry): entry is [string, string] => entry[1] !== null));

/** One text per reference: how it is given, what if it is missing, the key, and the text as given where that differs. */
function referenceText(reference: ParsedReference): string {
  const by = reference.by === 'externalId' ? 'e' : reference.by === 'name' ? 'n' : 'm';
  const missing = reference.missing[0]!; // create, leave, quiet, reject
  return `${by}${missing}${reference.key}${reference.value === reference.key ? '' : `\u001f${reference.value}`}`;
}
