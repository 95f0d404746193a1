/** What the commands of returns share: options read by a schema of the API, and rows in columns. */

import type { z } from 'zod';
import { Problem } from '#platform/errors.ts';

/** @throws Problem bad-input, naming the options */
export function parsed<S extends z.ZodType>(schema: S, asked: unknown): z.output<S> {
  const result = schema.safeParse(asked);
  if (result.success) return result.data;
  const optionOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const fields = result.error.issues.map((issue) => ({ at: optionOf(String(issue.path[0] ?? '')), reason: issue.message }));
  throw new Problem('bad-input', fields.map(({ at, reason }) => `${at}: ${reason}`).join('\n'), { fields });
}

/** Columns as wide as their widest cell; the first and the last to the left, numbers to the right. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const isText = (at: number): boolean => at === 0 || (at === widths.length - 1 && rows[0]![at]!.startsWith('= '));
  return rows.map((row) =>
    row
      .map((text, at) => (isText(at) ? text.padEnd(widths[at]!) : text.padStart(widths[at]!)))
      .join('  ')
      .trimEnd(),
  );
}
