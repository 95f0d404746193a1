/** A further thread that reads: see `read-touches.ts`, which starts it and talks to it. */

import { parentPort, workerData } from 'node:worker_threads';
import type { Grouping } from '#engine/attribution/read-desk.ts';
import { groupBuckets, readParts, type ReadingPlan } from './reading.ts';

/** What it is started with. */
export interface ThreadStart {
  readonly plan: ReadingPlan;
  /** Where in `plan.next` it says that it has begun. */
  readonly begun: number;
}

const { plan, begun } = workerData as ThreadStart;
Atomics.store(plan.next, begun, 1);
parentPort!.postMessage(readParts(plan));
parentPort!.once('message', (grouping: Grouping) => parentPort!.postMessage(groupBuckets(plan, grouping)));
