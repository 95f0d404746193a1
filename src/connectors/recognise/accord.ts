/** Accord's own files: columns are the labels of the table of fields, a link's label with “ID”, people by e-mail. */

import {
  importFieldsOf,
  importKinds,
  referenceKindOf,
  type CustomSource,
  type FieldSource,
  type ImportKind,
  type ReferencePart,
  type TableMapping,
} from '#features/intake/contract.ts';
import type { Field } from '#features/records/contract.ts';
import { fitted, resolverFor } from './template.ts';
import { trafficColumns } from './traffic-columns.ts';

const keyColumn: Record<ImportKind, string> = {
  member: 'E-mail',
  account: 'Account ID',
  contact: 'Contact ID',
  campaign: 'Campaign ID',
  lead: 'Lead ID',
  deal: 'Deal ID',
  campaignMember: 'Campaign member ID',
  touch: 'Touch ID',
  revenue: 'Revenue ID',
  dealStage: 'Deal stage ID',
  cost: 'Cost ID',
};
/** Columns that our own files have and the record has no field for. */
const passedOver = ['Starts', 'Calendar', 'Recorded', 'Row', 'What is wrong'];
const knownShare = 0.8;

/** The mapping of a table of ours; null when it isn't one. `mark` tells the kinds of files by what only they have. */
export function recogniseOwn(header: readonly string[], match: string): { kind: ImportKind; mapping: TableMapping } | null {
  const resolve = resolverFor(header);
  const [kind] = importKinds
    .map((candidate) => ({ candidate, share: shareKnown(candidate, header) }))
    .filter(({ candidate, share }) => isOwn(candidate, resolve) && share >= knownShare)
    .sort((a, b) => b.share - a.share)
    .map(({ candidate }) => candidate);
  if (kind === undefined) return null;
  const mapping = fitted(templateOf(kind), resolve, match);
  return { kind, mapping: kind === 'touch' ? { ...mapping, custom: trafficOf(header) } : mapping };
}

/** A touch may carry where its visit came from, in columns that are no field of ours. */
const trafficOf = (header: readonly string[]): Record<string, CustomSource> =>
  Object.fromEntries([...trafficColumns(header)].flatMap(([column, key]) => (key === null ? [] : [[key, { column, type: 'text' }]])));

/** Members have no id column of their own, so they need their side; the others begin with theirs. */
const isOwn = (kind: ImportKind, resolve: (name: string) => string | null): boolean =>
  resolve(keyColumn[kind]) !== null && (kind !== 'member' || (resolve('Side') !== null && resolve('Role') !== null));

function shareKnown(kind: ImportKind, header: readonly string[]): number {
  const known = new Set(
    [keyColumn[kind], ...passedOver, ...importFieldsOf(kind).flatMap((field) => columnsOf(field))].map((name) => name.toLowerCase()),
  );
  const others = new Set(
    importKinds.filter((other) => other !== kind && other !== 'member').map((other) => keyColumn[other].toLowerCase()),
  );
  // The first column is a record's own id: a file of contacts also holds “Account ID”.
  if (kind !== 'member' && others.has((header[0] ?? '').toLowerCase())) return 0;
  const traffic = kind === 'touch' ? trafficColumns(header) : new Map();
  return header.filter((name) => known.has(name.trim().toLowerCase()) || traffic.has(name)).length / header.length;
}

const columnsOf = (field: Field): string[] => {
  const of = referenceKindOf(field);
  return of === null || of === 'member' ? [field.label, field.name] : [`${field.label} ID`, field.name];
};

function templateOf(kind: ImportKind): Omit<TableMapping, 'match'> {
  const fields: Record<string, FieldSource> = {};
  const references: Record<string, ReferencePart[]> = {};
  for (const field of importFieldsOf(kind)) {
    const of = referenceKindOf(field);
    if (of === null) fields[field.name] = columnsOf(field);
    else
      references[field.name] = columnsOf(field).map((column) =>
        of === 'member' ? { column, by: 'person', missing: 'create' } : { column },
      );
  }
  return { kind, key: [keyColumn[kind]], fields, references, ignore: passedOver };
}
