/** Sends visits and prints what came of them as JSON: a process of its own, so that sending and measuring share no time with what is measured. */

import { writeFileSync } from 'node:fs';
import { sendVisits, type VisitPlan } from '#tests/support/visits.ts';
import { percentile, rounded } from './measure.ts';

const [plan = '{}', idsFile = ''] = process.argv.slice(2);
const { acknowledged, milliseconds, ...sent } = await sendVisits(JSON.parse(plan) as VisitPlan);
if (idsFile) writeFileSync(idsFile, acknowledged.join('\n'));
console.log(
  JSON.stringify({
    ...sent,
    acknowledged: acknowledged.length,
    p50: rounded(percentile(milliseconds, 50)),
    p99: rounded(percentile(milliseconds, 99)),
    most: rounded(Math.max(0, ...milliseconds.slice(-1_000_000))),
    seconds: rounded(sent.seconds, 2),
  }),
);
