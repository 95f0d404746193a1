/** Tables of no known system: kind and targets proposed by name, by alias and by likeness, each target once. */

import { ratio } from 'fuzzball';
import {
  importFieldsOf,
  importKinds,
  referenceKindOf,
  type ColumnSuggestion,
  type Condition,
  type CustomSource,
  type FieldSource,
  type ImportKind,
  type ReferenceSource,
  type TableMapping,
} from '#features/intake/contract.ts';
import type { Field } from '#features/records/contract.ts';
import type { SourceTable } from '../tables.ts';
import { aliasesOf, kindWords, normalName } from './aliases.ts';
import { trafficBesideChannel, trafficNotes } from './traffic-columns.ts';

/** Below this a likeness proposes nothing: "city" and "company" score 55. */
const likeEnough = 80;
/** A kind is proposed when its targets take up at least this share of the columns. */
const shareEnough = 0.3;

export interface PlainProposal {
  readonly kind: ImportKind | null;
  readonly mapping: TableMapping | null;
  readonly columns: readonly ColumnSuggestion[];
  readonly because: string;
  /** What a person should know of how its rows are read. */
  readonly notes?: readonly string[];
}

export function proposePlain(table: SourceTable): PlainProposal {
  const ranked = importKinds
    .map((kind) => ({ kind, columns: suggestColumns(table, kind) }))
    // A cost has nearly all columns of a revenue entry; what tells it is its category.
    .filter(({ kind, columns }) => kind !== 'cost' || !lacksRequired(kind, columns))
    .map((candidate) => ({ ...candidate, weight: weigh(table, candidate.kind, candidate.columns) }))
    .sort((a, b) => b.weight - a.weight);
  const best = withTraffic(table, ranked[0]);
  if (best === undefined || best.weight < shareEnough || lacksRequired(best.kind, best.columns)) {
    return { kind: null, mapping: null, columns: withoutTargets(table), because: 'its columns are of no system known here' };
  }
  const mapping = mappingFrom(table, best.kind, best.columns);
  const notes = best.kind === 'touch' ? trafficNotes(table.header) : [];
  return { kind: best.kind, mapping, columns: best.columns, because: `its columns look most like ${kindWords[best.kind][0]}`, notes };
}

interface Candidate {
  readonly kind: ImportKind;
  readonly columns: readonly ColumnSuggestion[];
  readonly weight: number;
}

/** Only once it is the best: tables of leads have columns of traffic too, and would else be taken for touches. */
function withTraffic(table: SourceTable, best: Candidate | undefined): Candidate | undefined {
  if (best?.kind !== 'touch') return best;
  const columns = suggestColumns(table, 'touch', trafficBesideChannel(table.header));
  return { kind: 'touch', columns, weight: weigh(table, 'touch', columns) };
}

const examplesOf = (table: SourceTable, column: string): readonly string[] =>
  table.columns.find((profile) => profile.name === column)?.examples ?? [];
const withoutTargets = (table: SourceTable): ColumnSuggestion[] =>
  table.header.map((column) => ({ column, examples: examplesOf(table, column), target: null, score: 0 }));

/**
 * The best pairs first; a target that is taken is taken.
 * @param own columns that are an own field, by its key, or nothing (null): they are given to no other target
 */
export function suggestColumns(
  table: SourceTable,
  kind: ImportKind,
  own: ReadonlyMap<string, string | null> = new Map(),
): ColumnSuggestion[] {
  const others = table.header.filter((column) => !own.has(column));
  const pairs = others.flatMap((column) => [
    ...importFieldsOf(kind).map((field) => ({
      column,
      field: field.name,
      score: fits(table, column, field) ? scoreOf(column, field, kind) : 0,
    })),
    { column, field: 'id', score: idScore(column, kind) },
  ]);
  const taken = new Map<string, { field: string; score: number }>();
  for (const [column, key] of own) if (key !== null) taken.set(column, { field: `custom.${key}`, score: 100 });
  const used = new Set<string>();
  for (const { column, field, score } of pairs.filter((pair) => pair.score >= likeEnough).sort((a, b) => b.score - a.score)) {
    if (taken.has(column) || used.has(field)) continue;
    taken.set(column, { field, score });
    used.add(field);
  }
  return table.header.map((column) => {
    const target = taken.get(column);
    return {
      column,
      examples: examplesOf(table, column),
      target: target === undefined ? null : { kind, field: target.field },
      score: target?.score ?? 0,
    };
  });
}

/** A column of days goes to a field of days and to no other, whatever it is called, and the other way round. */
function fits(table: SourceTable, column: string, field: Field): boolean {
  const profile = table.columns.find((candidate) => candidate.name === column);
  if (profile === undefined || profile.filled === 0) return true;
  const isDay = field.type === 'instant' || field.type === 'day';
  const numeric = profile.dateStyle === 'excel' || profile.dateStyle === 'epoch-ms' || profile.dateStyle === 'epoch-s';
  return isDay ? profile.dateStyle !== null : profile.dateStyle === null || numeric;
}

function scoreOf(column: string, field: Field, kind: ImportKind): number {
  const name = normalName(column);
  const names = [field.label, field.name, ...aliasesOf(kind, field.name)].map(normalName);
  if (names.includes(name)) return 100;
  // A short name is like many others by chance.
  return name.length < 4 ? 0 : Math.max(...names.map((other) => ratio(name, other))) - 2;
}

function idScore(column: string, kind: ImportKind): number {
  const name = normalName(column);
  const words = kindWords[kind].map((word) => `${word} id`);
  return name === 'id' || words.includes(name) ? 100 : /^(external|record|row) id$/.test(name) ? 95 : 0;
}

function weigh(table: SourceTable, kind: ImportKind, columns: readonly ColumnSuggestion[]): number {
  const sum = columns.reduce((total, column) => total + column.score / 100, 0);
  const named = kindWords[kind].some((word) =>
    normalName(table.name)
      .replace(/ (csv|tsv|txt|xlsx)$/, '')
      .includes(word),
  );
  return sum / table.header.length + (named ? 0.35 : 0);
}

function lacksRequired(kind: ImportKind, columns: readonly ColumnSuggestion[]): boolean {
  const has = (field: string): boolean => columns.some((column) => column.target?.field === field);
  return importFieldsOf(kind).some(
    (field) =>
      field.required &&
      field.name !== 'currency' &&
      !has(field.name) &&
      !(derivable[`${kind}.${field.name}`] ?? []).some(has) &&
      !(kind === 'touch' && field.name === 'side'),
  );
}

/** Required fields that can be told from another column. */
const derivable: Record<string, readonly string[]> = { 'deal.name': ['accountId', 'product', 'id'], 'deal.status': ['stage'] };

function mappingFrom(table: SourceTable, kind: ImportKind, columns: readonly ColumnSuggestion[]): TableMapping {
  const fields: Record<string, FieldSource> = {};
  const references: Record<string, ReferenceSource> = {};
  const custom: Record<string, CustomSource> = {};
  const key: string[] = [];
  for (const { column, target } of columns) {
    if (target === null) continue;
    const field = importFieldsOf(kind).find((candidate) => candidate.name === target.field);
    if (target.field.startsWith('custom.')) custom[target.field.slice('custom.'.length)] = { column, type: 'text' };
    else if (field === undefined) key.push(column);
    else if (referenceKindOf(field) === null) fields[field.name] = column;
    else references[field.name] = referenceTo(field, column);
  }
  if (kind === 'touch' && fields.side === undefined) fields.side = { constant: 'marketing' };
  if (kind === 'deal') deriveDealFields(columns, fields);
  // A lead's company is its account where one of that name is here; a list of leads makes no accounts by itself.
  if (kind === 'lead' && typeof fields.company === 'string')
    references.accountId ??= { column: fields.company, by: 'name', missing: 'quiet' };
  return { match: table.name, kind, ...(key.length > 0 ? { key } : {}), fields, references, custom };
}

/** A deal's name from what it has, its status from the words of its stage, its close from one date for both. */
function deriveDealFields(columns: readonly ColumnSuggestion[], fields: Record<string, FieldSource>): void {
  const columnOf = (field: string): string | undefined => columns.find((column) => column.target?.field === field)?.column;
  const named = ['accountId', 'product', 'id'].map(columnOf).filter((column) => column !== undefined);
  fields.name ??= { join: named.slice(0, 2), separator: ' · ' };
  const stage = columnOf('status') ?? columnOf('stage');
  if (stage === undefined) return;
  const won: Condition = { column: stage, contains: ['won', 'gewonnen', 'gagné', 'ganad'] };
  const lost: Condition = { column: stage, contains: ['lost', 'verloren', 'perdu', 'perdid'] };
  fields.status = [{ constant: 'won', when: won }, { constant: 'lost', when: lost }, { constant: 'open' }];
  const closes = columnOf('expectedCloseOn');
  if (closes !== undefined) fields.closedAt ??= { column: closes, when: { any: [won, lost] } };
}

/** A column that is called an id holds one; any other holds a name. */
function referenceTo(field: Field, column: string): ReferenceSource {
  if (referenceKindOf(field) === 'member') return { column, by: 'person', missing: 'create' };
  return /\bid\b|_id$|Id$/i.test(column)
    ? { column }
    : { column, by: 'name', missing: referenceKindOf(field) === 'account' || referenceKindOf(field) === 'campaign' ? 'create' : 'leave' };
}
