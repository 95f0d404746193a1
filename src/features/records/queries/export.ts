import { sql } from 'kysely';
import { csvLine } from '#engine/csv/write.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { fieldsOf, type Field } from '../contract.ts';
import type { Filter, ListKind } from '../contract/lists.ts';
import { shownRecord, type Row, type ShownRecord } from './columns.ts';
import { listStatement } from './lists.ts';
import { listCustomFields } from './lookups.ts';
import { withNames } from './names.ts';

export interface ExportAsk {
  q?: string | undefined;
  filter?: Filter | undefined;
  sort?: string | undefined;
  /** Fields in their order, `custom.<key>` for the company's own; all without it. */
  columns?: readonly string[] | undefined;
}

interface Column {
  readonly title: string;
  readonly cell: (record: ShownRecord) => string | number | boolean | null;
}

const rowsAtOnce = 1_000;

/**
 * A list as CSV, a piece at a time, read through one cursor so that it is one state of everything and
 * takes no memory to speak of. Cells that a spreadsheet would run are neutralised. Amounts stand in
 * major units ("12000.50") with the currency in a column beside them; references by name.
 * Needs a transaction with `snapshot`.
 */
export async function* exportCsv(tx: Tx, workspaceId: WorkspaceId, kind: ListKind, ask: ExportAsk): AsyncGenerator<string> {
  const columns = await columnsOf(tx, workspaceId, kind, ask.columns);
  const statement = await listStatement(tx, workspaceId, kind, ask);
  await sql`DECLARE exported NO SCROLL CURSOR FOR ${statement}`.execute(tx);
  yield csvLine(columns.map((column) => column.title));
  for (;;) {
    const { rows } = await sql<Row>`FETCH ${sql.lit(rowsAtOnce)} FROM exported`.execute(tx);
    if (rows.length === 0) break;
    const records = await withNames(
      tx,
      workspaceId,
      kind,
      rows.map((row) => shownRecord(kind, row)),
    );
    yield records.map((record) => csvLine(columns.map((column) => column.cell(record)))).join('');
  }
  await sql`CLOSE exported`.execute(tx);
}

async function columnsOf(tx: Tx, workspaceId: WorkspaceId, kind: ListKind, wanted: readonly string[] | undefined): Promise<Column[]> {
  const own = await listCustomFields(tx, workspaceId, kind);
  const known = new Map<string, Column[]>([['id', [plain('Id', 'id')]]]);
  for (const field of fieldsOf[kind]) known.set(field.name, fieldColumns(field));
  if (kind === 'lead') known.set('stage', [plain('Stage', 'stage')]);
  if (kind === 'lead' || kind === 'deal')
    known.set('teamNames', [{ title: 'Teams', cell: (record) => (record.teamNames as string[]).join(', ') }]);
  known.set('recordedAt', [plain('Recorded', 'recordedAt')]);
  for (const field of own)
    known.set(`custom.${field.key}`, [
      { title: field.label, cell: (record) => textOf((record.custom as Record<string, unknown>)[field.key]) },
    ]);
  const names = wanted?.length ? wanted : [...known.keys()].filter((name) => name !== 'recordedAt');
  const unknown = names.filter((name) => !known.has(name) && !known.has(asField(name)));
  if (unknown.length)
    throw new Problem('bad-input', `There are no columns ${unknown.join(', ')}.`, {
      fields: [{ at: 'columns', reason: `unknown: ${unknown.join(', ')}` }],
    });
  const columns = names.flatMap((name) => known.get(name) ?? known.get(asField(name)) ?? []);
  return [...new Map(columns.map((column) => [column.title, column])).values()];
}

/** A list's column `ownerName` shows the field `ownerId`. */
const asField = (name: string): string => name.replace(/Name$/, 'Id');
const plain = (title: string, name: string): Column => ({ title, cell: (record) => textOf(record[name]) });

const textOf = (value: unknown): string | number | boolean | null =>
  value === null || value === undefined ? null : typeof value === 'number' || typeof value === 'boolean' ? value : String(value);

function fieldColumns(field: Field): Column[] {
  if (field.type === 'amount')
    return [{ title: field.label, cell: (record) => majorUnits(record[field.name], record.currency) }, plain('Currency', 'currency')];
  if (['member', 'account', 'contact', 'lead', 'deal', 'campaign'].includes(field.type))
    return [plain(field.label, `${field.name.slice(0, -2)}Name`)];
  return [plain(field.label, field.name)];
}

/** `"1200050"` EUR → `12000.50`; without a known currency two decimals are taken. */
export function majorUnits(amount: unknown, currency: unknown): string | null {
  if (typeof amount !== 'string') return null;
  const digits = (typeof currency === 'string' ? currencyDigits(currency) : null) ?? 2;
  if (digits === 0) return amount;
  const negative = amount.startsWith('-');
  const units = amount.slice(negative ? 1 : 0).padStart(digits + 1, '0');
  return `${negative ? '-' : ''}${units.slice(0, -digits)}.${units.slice(-digits)}`;
}
