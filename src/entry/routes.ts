import type { FastifyBaseLogger } from 'fastify';
import { agreementRoutes } from '#features/agreement/routes.ts';
import { alignmentRoutes } from '#features/alignment/routes.ts';
import { cadenceRoutes } from '#features/cadence/routes.ts';
import { campaignRoutes } from '#features/campaigns/routes.ts';
import { feedbackRoutes } from '#features/feedback/routes.ts';
import { funnelRoutes } from '#features/funnel/routes.ts';
import { goalRoutes } from '#features/goals/routes.ts';
import { handoffRoutes } from '#features/handoff/routes.ts';
import { incentiveRoutes } from '#features/incentives/routes.ts';
import { intakeRoutes } from '#features/intake/routes.ts';
import { noticeRoutes } from '#features/notices/routes.ts';
import { peopleRoutes } from '#features/people/routes.ts';
import { recordRoutes } from '#features/records/routes.ts';
import { returnsRoutes } from '#features/returns/routes.ts';
import { rolloutRoutes } from '#features/rollout/routes.ts';
import { trackingRoutes } from '#features/tracking/routes.ts';
import { makeSealing } from '#platform/auth/sealing.ts';
import { type Config, getSecret } from '#platform/config.ts';
import type { Database } from '#platform/db/database.ts';
import { openGuardedFetch } from '#platform/http/guarded-fetch.ts';
import type { Route } from '#platform/http/route.ts';
import { openMailer } from '#platform/mail/mail.ts';

/** What the features' routes are built from. */
export interface RouteGround {
  database: Database;
  config: Config;
  log: FastifyBaseLogger;
}

/** Every route of the product. A feature adds its own by one line. */
export function allRoutes({ database, config, log }: RouteGround): Route[] {
  const sealing = makeSealing(() => getSecret(config));
  const mailer = openMailer(config);
  const fetch = openGuardedFetch(config.allowAddresses);
  return [
    ...peopleRoutes({ database, log, publicUrl: config.publicUrl, mailer }),
    ...recordRoutes,
    ...intakeRoutes,
    ...funnelRoutes,
    ...agreementRoutes,
    ...handoffRoutes,
    ...returnsRoutes,
    ...trackingRoutes({ publicUrl: config.publicUrl, sealing }),
    ...campaignRoutes,
    ...goalRoutes,
    ...incentiveRoutes,
    ...feedbackRoutes(sealing),
    ...alignmentRoutes,
    ...cadenceRoutes(config.publicUrl),
    ...noticeRoutes({ database, sealing, mailer, fetch, publicUrl: config.publicUrl, allowed: config.allowAddresses }),
    ...rolloutRoutes(sealing),
  ];
}
