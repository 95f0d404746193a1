/** A file of paths into journeys. */

import { journeysOfPaths, makePathReader, pathRole, readPaths, type ReadJourneys } from '#engine/attribution/read-paths.ts';
import { readLayout } from './header.ts';
import { wrongRows } from './problems.ts';
import { fillBytes, margin } from './reading.ts';
import { openSource, type Source } from './source.ts';

const pathColumns = [
  { name: 'path', role: pathRole.path },
  { name: 'total_conversions', role: pathRole.conversions },
  { name: 'total_conversion_value', role: pathRole.value },
  { name: 'total_null', role: pathRole.nulls, optional: true },
];

const blockBytes = 1 << 20;

/** @throws Problem for missing columns, and for cells that can't be read */
export function readPathFile(source: Source, onProgress: (bytesRead: number, bytesTotal: number) => void = () => {}): ReadJourneys {
  const { firstRow, roles, columnNames } = readLayout(source, pathColumns);
  const reader = makePathReader(roles, columnNames);
  const opened = openSource(source);
  let bytes = new Uint8Array(blockBytes);
  for (let from = firstRow; from < source.size; onProgress(from, source.size)) {
    const block = fillBytes(opened, source, bytes, from, bytes.length - margin);
    const next = readPaths(reader, block);
    if (next < 0)
      bytes = new Uint8Array(bytes.length * 2); // a row longer than that
    else from += next;
  }
  opened.close();
  if (reader.problems.count > 0) throw wrongRows([{ source, problems: reader.problems }]);
  return journeysOfPaths(reader);
}
