import { z } from 'zod';
import { idSchema } from '#features/agreement/contract.ts';
import { words } from './pieces.ts';

/** Leads and contacts to put on a campaign's list. */
export const newPeople = z
  .strictObject({
    leadIds: z.array(idSchema).max(200).default([]),
    contactIds: z.array(idSchema).max(200).default([]),
    /** The campaign's own word for it. */
    status: words(80).min(1).default('Invited'),
  })
  .refine(({ leadIds, contactIds }) => leadIds.length + contactIds.length > 0, { path: ['leadIds'], error: 'Name leads or contacts.' });
export const addedPeople = z.object({ added: z.number().int(), already: z.number().int() });
