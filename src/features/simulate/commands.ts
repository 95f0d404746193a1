/** `accord simulate`: a whole sample company as files, any size, the same for the same arguments. */

import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDay } from '#engine/simulate/days.ts';
import { stateNames, type State } from '#engine/simulate/parameters.ts';
import { simulate, type SimulationResult } from '#engine/simulate/simulate.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import type { CommandArgs, CommandIo, PlainCommand } from '#platform/cli/command.ts';

export interface WriteSimulation {
  seed: number;
  /** 1 to 120. */
  months: number;
  /** Rows of leads.csv, 1 to 100,000,000. */
  leads: number;
  /** Default `typical`. */
  state?: State;
  /** First day, `YYYY-MM-DD`; default 2025-01-01. */
  start?: string;
  /** ISO 4217 code of all amounts; default EUR. */
  currency?: string;
  /** Made when missing; files in it are overwritten. */
  folder: string;
  /** Called after each written piece with the bytes written so far. */
  onProgress?: (bytesWritten: number) => void;
}

export interface WrittenSimulation {
  /** The CSV files to import, with their rows without the header. */
  files: { name: string; rows: number }[];
  /** The contents of truth.json. */
  truth: Record<string, unknown>;
}

export const defaults = {
  seed: 1,
  months: 18,
  leads: 6000,
  state: 'typical',
  start: '2025-01-01',
  currency: 'EUR',
  out: './sample-company',
} as const;

/** The first day of a sample company whose default period ends as `today` (`YYYY-MM-DD`) begins, at most three days earlier. */
export function sampleStart(today: string = Temporal.Now.plainDateISO('UTC').toString()): string {
  return Temporal.PlainDate.from(today).subtract({ months: defaults.months }).toString();
}

/** Streams a simulation into a folder: the CSV files, calendar.json and truth.json. Throws a RangeError on arguments out of range. */
export async function writeSimulation(asked: WriteSimulation): Promise<WrittenSimulation> {
  const running = simulate({
    ...checked(asked),
    state: asked.state ?? defaults.state,
    startDay: startDayOf(asked.start ?? defaults.start),
    currency: currencyOf(asked.currency ?? defaults.currency),
  });
  await mkdir(asked.folder, { recursive: true });
  const result = await writeChunks(running, asked);
  await writeWhole(asked.folder, 'calendar.json', result.calendar);
  await writeWhole(asked.folder, 'truth.json', result.truth);
  return { files: Object.entries(result.rows).map(([name, rows]) => ({ name, rows })), truth: result.truth };
}

/** One write a file may be under way while the next chunk is made; a file's chunks follow each other. */
async function writeChunks(running: ReturnType<typeof simulate>, { folder, onProgress }: WriteSimulation): Promise<SimulationResult> {
  const handles = new Map<string, FileHandle>();
  const underWay = new Map<string, Promise<void>>();
  let bytesWritten = 0;
  try {
    for (;;) {
      const step = running.next();
      if (step.done) {
        await Promise.all(underWay.values());
        return step.value;
      }
      const { file, bytes } = step.value;
      let handle = handles.get(file);
      if (!handle) handles.set(file, (handle = await open(join(folder, file), 'w')));
      await underWay.get(file);
      const write = writeAll(handle, bytes);
      write.catch(() => {});
      underWay.set(file, write);
      bytesWritten += bytes.length;
      onProgress?.(bytesWritten);
    }
  } finally {
    await Promise.allSettled(underWay.values());
    for (const handle of handles.values()) await handle.close();
  }
}

/** `write` may take less than it is given. */
async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}

async function writeWhole(folder: string, name: string, content: unknown): Promise<void> {
  const handle = await open(join(folder, name), 'w');
  try {
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
  } finally {
    await handle.close();
  }
}

function checked({ seed, months, leads }: WriteSimulation): { seed: number; months: number; leads: number } {
  return {
    seed: whole('seed', seed, 0, Number.MAX_SAFE_INTEGER),
    months: whole('months', months, 1, 120),
    leads: whole('leads', leads, 1, 100_000_000),
  };
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`--${name} is ${value}; a whole number from ${least} to ${most} would do.`);
}

function startDayOf(start: string): number {
  const day = parseDay(start);
  if (day !== undefined && day > 0 && day < 40000) return day;
  throw new RangeError(`--start is “${start}”; a day such as 2025-01-01 would do.`);
}

function currencyOf(code: string): string {
  if (currencyDigits(code) !== null) return code;
  throw new RangeError(`--currency is “${code}”; a code of ISO 4217 such as EUR would do.`);
}

const options = {
  seed: { type: 'string', value: 'N', description: `chance to start from (default ${defaults.seed})` },
  months: { type: 'string', value: 'M', description: `length of the period (default ${defaults.months})` },
  leads: { type: 'string', value: 'L', description: `rows of leads.csv (default ${defaults.leads})` },
  state: { type: 'string', value: 'STATE', description: `${stateNames.join(', ')} (default ${defaults.state})` },
  start: { type: 'string', value: 'DAY', description: `first day, YYYY-MM-DD (default ${defaults.start})` },
  currency: { type: 'string', value: 'CODE', description: `currency of all amounts (default ${defaults.currency})` },
  out: { type: 'string', value: 'FOLDER', description: `where to write (default ${defaults.out})` },
} as const;

export const simulateCommand = {
  name: 'simulate',
  summary: 'Write a simulated company as CSV files, with the truth behind it.',
  needs: 'nothing',
  options,
  async run(args, io) {
    try {
      return await run(args, io);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      io.err(error.message);
      return 2;
    }
  },
} as const satisfies PlainCommand;

async function run({ values }: CommandArgs, io: CommandIo): Promise<number> {
  const folder = textOf(values['out'], defaults.out);
  const started = performance.now();
  const { files, truth } = await writeSimulation({
    seed: Number(textOf(values['seed'], defaults.seed)),
    months: Number(textOf(values['months'], defaults.months)),
    leads: Number(textOf(values['leads'], defaults.leads)),
    state: stateOf(textOf(values['state'], defaults.state)),
    start: textOf(values['start'], defaults.start),
    currency: textOf(values['currency'], defaults.currency),
    folder,
    onProgress: progressOn(io),
  });
  const seconds = Math.round(performance.now() - started) / 1000;
  io.out(io.json ? JSON.stringify({ folder, files, seconds, arguments: truth['arguments'] }) : describe(folder, files, seconds));
  return 0;
}

const textOf = (value: unknown, otherwise: string | number): string => (typeof value === 'string' ? value : String(otherwise));

function stateOf(name: string): State {
  const state = stateNames.find((known) => known === name);
  if (state) return state;
  throw new RangeError(`--state is “${name}”; one of ${stateNames.join(', ')} would do.`);
}

function progressOn(io: CommandIo): (bytesWritten: number) => void {
  let shown = 0;
  return (bytesWritten) => {
    if (bytesWritten - shown < 5_000_000) return;
    shown = bytesWritten;
    io.progress(`${Math.round(bytesWritten / 1_000_000)} MB written`);
  };
}

function describe(folder: string, files: WrittenSimulation['files'], seconds: number): string {
  const lines = files.map(({ name, rows }) => `  ${name.padEnd(22)}${String(rows).padStart(12)} rows`);
  return [`Written to ${folder} in ${seconds} s:`, ...lines, '  calendar.json', '  truth.json (what is true; not to be imported)'].join(
    '\n',
  );
}
