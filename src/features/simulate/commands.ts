/** `accord simulate`: a whole sample company as files, any size, the same for the same arguments. */

import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDay } from '#engine/simulate/days.ts';
import { stateNames, type State } from '#engine/simulate/parameters.ts';
import { simulate, type SimulationResult } from '#engine/simulate/simulate.ts';

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

export const defaults = { seed: 1, months: 18, leads: 6000, state: 'typical', start: '2025-01-01', out: './sample-company' } as const;

/** Streams a simulation into a folder: the CSV files, calendar.json and truth.json. Throws a RangeError on arguments out of range. */
export async function writeSimulation(asked: WriteSimulation): Promise<WrittenSimulation> {
  const running = simulate({ ...checked(asked), state: asked.state ?? defaults.state, startDay: startDayOf(asked.start ?? defaults.start) });
  await mkdir(asked.folder, { recursive: true });
  const result = await writeChunks(running, asked);
  await writeWhole(asked.folder, 'calendar.json', result.calendar);
  await writeWhole(asked.folder, 'truth.json', result.truth);
  return { files: Object.entries(result.rows).map(([name, rows]) => ({ name, rows })), truth: result.truth };
}

async function writeChunks(running: ReturnType<typeof simulate>, { folder, onProgress }: WriteSimulation): Promise<SimulationResult> {
  const handles = new Map<string, FileHandle>();
  let bytesWritten = 0;
  try {
    for (;;) {
      const step = running.next();
      if (step.done) return step.value;
      const { file, bytes } = step.value;
      let handle = handles.get(file);
      if (!handle) handles.set(file, (handle = await open(join(folder, file), 'w')));
      await writeAll(handle, bytes);
      bytesWritten += bytes.length;
      onProgress?.(bytesWritten);
    }
  } finally {
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
  return { seed: whole('seed', seed, 0, Number.MAX_SAFE_INTEGER), months: whole('months', months, 1, 120), leads: whole('leads', leads, 1, 100_000_000) };
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

interface CommandIo {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown; isTTY?: boolean };
}

const options = {
  seed: { type: 'string', description: `chance to start from (default ${defaults.seed})` },
  months: { type: 'string', description: `length of the period (default ${defaults.months})` },
  leads: { type: 'string', description: `rows of leads.csv (default ${defaults.leads})` },
  state: { type: 'string', description: `${stateNames.join(', ')} (default ${defaults.state})` },
  start: { type: 'string', description: `first day, YYYY-MM-DD (default ${defaults.start})` },
  out: { type: 'string', description: `folder to write to (default ${defaults.out})` },
  json: { type: 'boolean', description: 'print the result as JSON' },
} as const;

/** `run` takes the arguments after the command's name; answers 0, or 2 when an argument is wrong. */
export const simulateCommand = {
  name: 'simulate',
  summary: 'Write a simulated company as CSV files, with the truth behind it.',
  options,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    try {
      return await runSimulate(args, io);
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!(error instanceof RangeError) && !code.startsWith('ERR_PARSE_ARGS')) throw error;
      io.stderr.write(`accord simulate: ${(error as Error).message}\n`);
      return 2;
    }
  },
};

async function runSimulate(args: readonly string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const folder = values.out ?? defaults.out;
  const { files, truth } = await writeSimulation({
    seed: Number(values.seed ?? defaults.seed),
    months: Number(values.months ?? defaults.months),
    leads: Number(values.leads ?? defaults.leads),
    state: stateOf(values.state ?? defaults.state),
    start: values.start ?? defaults.start,
    folder,
    ...(io.stderr.isTTY && !values.json ? { onProgress: progressOn(io) } : {}),
  });
  if (io.stderr.isTTY && !values.json) io.stderr.write('\r\u001b[K');
  if (values.json) io.stdout.write(`${JSON.stringify({ folder, files, arguments: truth['arguments'] })}\n`);
  else io.stdout.write(describe(folder, files));
  return 0;
}

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
    io.stderr.write(`\r${Math.round(bytesWritten / 1_000_000)} MB written`);
  };
}

function describe(folder: string, files: readonly { name: string; rows: number }[]): string {
  const lines = files.map(({ name, rows }) => `  ${name.padEnd(22)}${String(rows).padStart(12)} rows`);
  return `${[`Written to ${folder}:`, ...lines, '  calendar.json', '  truth.json (what is true; not to be imported)'].join('\n')}\n`;
}

