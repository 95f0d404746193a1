/** A thread of its own for the data-driven models: they calculate for seconds to minutes, and requests go on meanwhile. */

import { parentPort, workerData } from 'node:worker_threads';
import { askDrivenModels, type DrivenAsk, type DrivenStep } from '../queries/driven-models.ts';

/** Steps that only count are told this often. */
const everyMilliseconds = 1_000;

let told = 0;
for (const step of askDrivenModels(workerData as DrivenAsk)) {
  const isNews = Object.keys(step.models).length > 0;
  if (!isNews && performance.now() - told < everyMilliseconds) continue;
  told = performance.now();
  parentPort!.postMessage(step satisfies DrivenStep);
}
