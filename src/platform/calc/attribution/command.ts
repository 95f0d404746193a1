/** `accord calc attribution FILE.csv --model M` and `… --touches T.csv --conversions C.csv --model M`: files in, credit by channel out. */

import { basename } from 'node:path';
import type { CommandArgs, CommandIo, CommandOptions } from '#platform/cli/command.ts';
import { attribute, type NamedJourneys } from './answer.ts';
import { type AskedModels, models, readModels } from './models.ts';
import { tablesOf } from './print.ts';
import { wrongCall } from './problems.ts';
import { findSource, type Source } from './source.ts';
import { textOf } from './text.ts';

export const attributionOptions: CommandOptions = {
  model: { type: 'string', value: 'MODEL', description: `attribution: ${models.join(', ')}, or all side by side` },
  order: { type: 'string', value: 'K', description: 'attribution by markov: length of its memory, 1 to 4 (default 1)' },
  'half-life-days': { type: 'string', value: 'D', description: 'attribution by time_decay (default 7)' },
  'look-back-days': {
    type: 'string',
    value: 'N',
    description: 'attribution of raw touches: those older than this at the conversion don’t count',
  },
  touches: { type: 'string', value: 'FILE', description: 'attribution of raw touches: columns journey_id, at, channel, in any order' },
  conversions: {
    type: 'string',
    value: 'FILE',
    description: 'their conversions: columns journey_id, at, value; each takes the touches since the one before',
  },
};

/** Whether files are given, in place of JSON on standard input. */
export const hasFiles = ({ values, positionals }: CommandArgs): boolean =>
  positionals.length > 1 || values.touches !== undefined || values.conversions !== undefined;

/** @throws Problem for options and files that can't be used */
export async function calculateAttribution({ values, positionals: [, ...files] }: CommandArgs, io: CommandIo): Promise<number> {
  const text = (name: string) => (values[name] as string | undefined) ?? null;
  const asked = readModels({
    model: text('model'),
    order: text('order'),
    halfLifeDays: text('half-life-days'),
    lookBackDays: text('look-back-days'),
  });
  const named = await readFiles(files, text('touches'), text('conversions'), asked, io);
  io.progress('');
  const answers = await attribute(named, asked);
  const found = answers.filter((answer) => 'channels' in answer);
  const leftOut = answers.flatMap((answer) => ('reason' in answer ? [answer] : []));
  if (found.length === 0)
    throw wrongCall('--model', `${leftOut[0]!.reason} Give ${models.filter((each) => each !== leftOut[0]!.model).join(', ')}`);
  if (!io.json) for (const line of tablesOf(found, leftOut, named.scale.shown)) io.out(line);
  else io.out(JSON.stringify(asked.all ? { models: found, leftOut } : found[0]));
  return 0;
}

async function readFiles(
  files: readonly string[],
  touches: string | null,
  conversions: string | null,
  asked: AskedModels,
  io: CommandIo,
): Promise<NamedJourneys> {
  if (touches === null && conversions === null) return readPathsFrom(files, asked, io);
  if (files.length > 0)
    throw wrongCall('arguments', `“${files[0]}” is one too many; give either a file of paths or --touches and --conversions`);
  if (touches === null) throw wrongCall('--touches', 'is missing; give the file of touches that goes with --conversions');
  if (conversions === null) throw wrongCall('--conversions', 'is missing; give the file of conversions that goes with --touches');
  const { readTouches } = await import('./read-touches.ts');
  const read = await readTouches({
    touches: open(touches),
    conversions: open(conversions),
    lookBackSeconds: asked.lookBackDays === null ? null : asked.lookBackDays * 86_400,
    withNulls: asked.models.includes('markov'),
    onProgress: progressOn(io, 'touches and conversions'),
  });
  return { ...read, channels: read.names.map(textOf) };
}

async function readPathsFrom(files: readonly string[], asked: AskedModels, io: CommandIo): Promise<NamedJourneys> {
  if (files.length > 1) throw wrongCall('arguments', `“${files[1]}” is one too many; give one file of paths`);
  if (asked.lookBackDays !== null)
    throw wrongCall(
      '--look-back-days',
      'needs the time of each touch, which paths don’t have; leave it out, or give --touches and --conversions',
    );
  const { readPathFile } = await import('./read-path-file.ts');
  const source = open(files[0]!);
  const read = readPathFile(source, progressOn(io, basename(source.path)));
  const nulls = read.journeys.nulls.reduce((sum, each) => sum + each, 0);
  return { ...read, channels: read.names.map(textOf), nulls };
}

function open(path: string): Source {
  try {
    return findSource(path);
  } catch (error) {
    throw wrongCall(
      path,
      `${openingFailures[(error as NodeJS.ErrnoException).code ?? ''] ?? `can’t be opened (${(error as Error).message})`}; give a CSV file`,
    );
  }
}

const openingFailures: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
};

/** Ten times a second at most. */
function progressOn(io: CommandIo, what: string): (read: number, total: number) => void {
  let shown = performance.now();
  return (read, total) => {
    const now = performance.now();
    if (!io.watched || now - shown < 100) return;
    shown = now;
    io.progress(`reading ${what}: ${Math.round(read / 1e6)} of ${Math.round(total / 1e6)} MB`);
  };
}
