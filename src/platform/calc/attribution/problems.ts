/** What is wrong with the files or options of `accord calc attribution`: where, what, and what would be fine. */

import { basename } from 'node:path';
import type { RowProblem, RowProblems } from '#engine/attribution/read-problems.ts';
import { mostProblems } from '#engine/attribution/read-problems.ts';
import { shortened } from '#engine/values/text.ts';
import { type FieldProblem, Problem } from '#platform/errors.ts';
import { openSource, type Source } from './source.ts';
import { textOf } from './text.ts';

export function wrongCall(at: string, reason: string): Problem {
  return new Problem('bad-input', `${at}: ${reason}`, { fields: [{ at, reason }] });
}

/** The first problems of all rows by line, column and cell, and how many there are beyond. */
export function wrongRows(files: readonly { source: Source; problems: RowProblems }[]): Problem {
  const all = files.reduce((sum, { problems }) => sum + problems.count, 0);
  const shown = files.flatMap(({ source, problems }) => describe(source, problems.first)).slice(0, mostProblems);
  const more = all - shown.length;
  const fields = more > 0 ? [...shown, { at: 'more', reason: `${more.toLocaleString('en')} more like these` }] : shown;
  return new Problem('bad-input', `${all.toLocaleString('en')} cells can’t be read, so nothing is calculated`, { fields });
}

function describe(source: Source, problems: readonly RowProblem[]): FieldProblem[] {
  const sorted = problems.toSorted((one, other) => one.at - other.at);
  const lines = lineNumbers(
    source,
    sorted.map(({ at }) => at),
  );
  return sorted.map(({ column, cell, wrong, give }, index) => {
    const text = cell === null || cell.length === 0 ? '' : `“${shortened(textOf(cell), 40)}” `;
    const what = wrong ?? (text === '' ? 'is empty' : 'can’t be read');
    return { at: `${basename(source.path)} line ${lines[index]}, ${column}`, reason: `${text}${what}; give ${give}` };
  });
}

/** Lines as an editor counts them, from 1. @param offsets rising */
function lineNumbers(source: Source, offsets: readonly number[]): number[] {
  const opened = openSource(source);
  const chunk = new Uint8Array(1 << 20);
  const lines: number[] = [];
  let line = 1;
  let position = 0;
  for (const offset of offsets) {
    while (position < offset) {
      const read = opened.read(position, chunk.subarray(0, Math.min(chunk.length, offset - position)));
      if (read === 0) break;
      for (let at = chunk.indexOf(10); at >= 0 && at < read; at = chunk.indexOf(10, at + 1)) line++;
      position += read;
    }
    lines.push(line);
  }
  opened.close();
  return lines;
}
