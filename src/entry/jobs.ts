import { alignmentJobs, alignmentRecurring } from '#features/alignment/jobs.ts';
import { cadenceJobs, cadenceRecurring } from '#features/cadence/jobs.ts';
import { campaignJobs, campaignRecurring } from '#features/campaigns/jobs.ts';
import { feedbackJobs, feedbackRecurring } from '#features/feedback/jobs.ts';
import { goalJobs, goalRecurring } from '#features/goals/jobs.ts';
import { handoffJobs, handoffRecurring } from '#features/handoff/jobs.ts';
import { incentiveJobs, incentiveRecurring } from '#features/incentives/jobs.ts';
import { intakeJobs, type Sample } from '#features/intake/jobs.ts';
import { noticeJobs, noticeRecurring } from '#features/notices/jobs.ts';
import { returnsJobs, returnsRecurring } from '#features/returns/jobs.ts';
import { rolloutJobs, rolloutRecurring } from '#features/rollout/jobs.ts';
import { trackingJobs, trackingRecurring } from '#features/tracking/jobs.ts';
import { makeSealing } from '#platform/auth/sealing.ts';
import { type Config, getSecret } from '#platform/config.ts';
import type { Database } from '#platform/db/database.ts';
import { statisticsJobs, statisticsRecurring } from '#platform/db/statistics.ts';
import { openGuardedFetch } from '#platform/http/guarded-fetch.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import { openMailer } from '#platform/mail/mail.ts';

/** What the features' later work is built from. */
export interface JobGround {
  database: Database;
  config: Config;
  sample: Sample;
}

/** All later work of the product. A feature adds its own by one line. */
export function allJobs({ database, config, sample }: JobGround): JobHandlers {
  const sealing = makeSealing(() => getSecret(config));
  return {
    ...intakeJobs(database, sample),
    ...handoffJobs(database),
    ...returnsJobs(database),
    ...trackingJobs(database),
    ...campaignJobs(database),
    ...goalJobs(database),
    ...incentiveJobs(database),
    ...feedbackJobs(database, sealing),
    ...alignmentJobs(database),
    ...cadenceJobs(database),
    ...noticeJobs({
      database,
      sealing,
      mailer: openMailer(config),
      fetch: openGuardedFetch(config.allowAddresses),
      publicUrl: config.publicUrl,
    }),
    ...rolloutJobs(database),
    ...statisticsJobs(database),
  };
}

export const allRecurring: readonly Recurring[] = [
  ...statisticsRecurring,
  ...handoffRecurring,
  ...returnsRecurring,
  ...trackingRecurring,
  ...campaignRecurring,
  ...goalRecurring,
  ...incentiveRecurring,
  ...feedbackRecurring,
  ...alignmentRecurring,
  ...cadenceRecurring,
  ...noticeRecurring,
  ...rolloutRecurring,
];
