/** Whole processes, from starting them to their end. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessRun {
  readonly output: string;
  readonly seconds: number;
  /** Of it and its threads; null where the system doesn't tell. */
  readonly processorSeconds: number | null;
  /** The high-water mark of resident memory, looked at every 10 ms; null where the system doesn't tell. */
  readonly peakMegabytes: number | null;
}

/** @param input for its standard input @throws where it ends with another code than 0 */
export async function runProcess(command: string, args: readonly string[], input = ''): Promise<ProcessRun> {
  const before = childrenSeconds();
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  let output = '';
  let errors = '';
  let peak: number | null = null;
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  const watch = setInterval(() => (peak = peakOf(child.pid!) ?? peak), 10);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(watch);
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(code)}: ${errors || output}`);
  const after = childrenSeconds();
  return { output, seconds, processorSeconds: before === null || after === null ? null : after - before, peakMegabytes: peak };
}

function peakOf(pid: number): number | null {
  const told = read(`/proc/${pid}/status`)?.match(/VmHWM:\s+(\d+) kB/)?.[1];
  return told ? Math.round(Number(told) / 1024) : null;
}

/** Processor time of all children that have ended; clock ticks are hundredths of seconds on Linux. */
function childrenSeconds(): number | null {
  const fields = read('/proc/self/stat')
    ?.replace(/^.*\) /, '')
    .split(' ');
  return fields ? (Number(fields[13]) + Number(fields[14])) / 100 : null;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
