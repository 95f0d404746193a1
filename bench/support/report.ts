/** What a scenario found, for people and for programs. */

export type Row = Readonly<Record<string, string | number | null>>;

export interface Table {
  readonly title: string;
  /** Rows of the same columns; a name ends in its unit. */
  readonly rows: readonly Row[];
}

export interface Outcome {
  /** What was measured, at which size. */
  readonly measured: string;
  readonly tables: readonly Table[];
  readonly notes?: readonly string[];
}

export function printOutcome(name: string, { measured, tables, notes = [], seconds }: Outcome & { seconds: number }): void {
  console.log(`\n━━ ${name} ━━ ${measured} (${seconds} s in all)`);
  for (const table of tables) printTable(table);
  for (const note of notes) console.log(`  · ${note}`);
}

function printTable({ title, rows }: Table): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => columns.map((column) => shown(row[column])));
  const widths = columns.map((column, at) => Math.max(column.length, ...cells.map((line) => line[at]!.length)));
  const isNumber = columns.map((column) => rows.every((row) => typeof row[column] !== 'string'));
  const line = (texts: readonly string[]) =>
    `  ${texts.map((text, at) => (isNumber[at] ? text.padStart(widths[at]!) : text.padEnd(widths[at]!))).join('  ')}`;
  console.log(`\n  ${title}\n${line(columns)}\n${line(widths.map((width) => '─'.repeat(width)))}`);
  for (const texts of cells) console.log(line(texts));
}

function shown(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 1000 ? 1 : 0 }) : value;
}
