/** A site: pages of the company that tell of their visits. */

import { z } from 'zod';
import { idSchema } from '#features/records/contract/schemas.ts';
import { count, domain, instant, list, name } from './pieces.ts';

/** `call`: the page says `accord('consent', true)`. `mode`: a consent-mode call on its data layer is heard as well. */
export const consentModes = ['call', 'mode'] as const;

const domains = z
  .array(domain)
  .min(1, 'Name at least one domain.')
  .max(20)
  .transform((hosts) => [...new Set(hosts)]);
export const newSite = z.strictObject({ name, domains, consent: z.enum(consentModes).default('call') });
export const siteChange = z.strictObject({
  name: name.optional(),
  domains: domains.optional(),
  consent: z.enum(consentModes).optional(),
  archived: z.boolean().optional(),
});

export const site = z.object({
  id: idSchema,
  name: z.string(),
  domains: z.array(z.string()),
  consent: z.enum(consentModes),
  /** Public: it stands in the pages. */
  key: z.string(),
  /** For the head of every page. */
  snippet: z.string(),
  /** Whether the site's own pages can say who is signed in. */
  canIdentify: z.boolean(),
  madeAt: instant,
  archivedAt: instant.nullable(),
  lastEventAt: instant.nullable(),
  /** Of the last seven days. */
  events: count,
  refused: count,
});
export type Site = z.output<typeof site>;
export const siteList = list(site);
/** Shown once. */
export const identitySecret = z.object({ secret: z.string() });
