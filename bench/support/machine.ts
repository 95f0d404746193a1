/** On what it was measured: figures of two machines, or of a busy one, don't compare. */

import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export interface Machine {
  processor: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  /** Processes that wanted to run over the last minute; beyond the cores they waited for each other. */
  load: number;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform}-${process.arch}`,
    node: process.version,
    load: Math.round(loadavg()[0]! * 10) / 10,
  };
}

export function printMachine(machine: Machine, { leads }: { leads: number }): void {
  const { processor, cores, memoryGb, system, node, load } = machine;
  console.log(`${leads.toLocaleString('en')} leads · ${cores} × ${processor}, ${memoryGb} GB, ${system}, Node ${node}`);
  if (load > cores / 2)
    console.log(`The machine is busy (load ${load} on ${cores} cores): expect longer times than on one with nothing else to do.`);
}
