/** A part that marketing asks a rep for, the rep's answer, and the evidence by which it counts as done. */

import { z } from 'zod';
import { fulfilments, roleKinds, roleStates } from '#engine/campaigns/states.ts';
import { daySchema, idSchema, named } from '#features/agreement/contract.ts';
import { instant, namedCampaign, paged, person, saidWhy, whyNot, words } from './pieces.ts';

const wanted = z.int().min(1).max(100_000);

export const newRoles = z
  .strictObject({
    kind: z.enum(roleKinds),
    /** One part each. */
    memberIds: z.array(idSchema).max(200).default([]),
    /** Or a team: one part for each of its active members. */
    teamId: idSchema.optional(),
    wanted,
    /** Unsaid: the campaign's last day. */
    dueOn: daySchema.optional(),
    note: words(2_000).default(''),
  })
  .refine(({ memberIds, teamId }) => memberIds.length > 0 || teamId !== undefined, {
    path: ['memberIds'],
    error: 'Name members or a team.',
  });
export type NewRoles = z.output<typeof newRoles>;

/** As it was looked at; a part that moved meanwhile answers 409. */
const version = z.string().max(40).optional();
export const acceptance = z.strictObject({ version });
export const declining = z.strictObject({ reason: saidWhy, version });
export const counterproposal = z.strictObject({ kind: z.enum(roleKinds), wanted, note: saidWhy, version });
export const counterAnswer = z.strictObject({ take: z.boolean(), note: words(2_000).default(''), version });
export const withdrawal = z.strictObject({ reason: words(2_000).default(''), version });

export const role = z.object({
  id: idSchema,
  campaign: namedCampaign,
  kind: z.enum(roleKinds),
  member: named,
  /** Through which team it was asked. */
  team: named.nullable(),
  wanted: z.number().int(),
  dueOn: z.string().nullable(),
  note: z.string(),
  state: z.enum(roleStates),
  askedBy: named,
  askedAt: instant,
  answeredAt: instant.nullable(),
  /** Why it was declined. */
  reason: z.string().nullable(),
  counter: z.object({ kind: z.enum(roleKinds), wanted: z.number().int(), note: z.string() }).nullable(),
  /** What the asker said to another part, or on taking it back. */
  decision: z.object({ by: named, at: instant, taken: z.boolean().nullable(), note: z.string() }).nullable(),
  /** Null: not to be seen by the asker, or not accepted. Open to the rep, the rep's manager and the heads of the rep's side. */
  evidence: z
    .object({
      evidenced: z.number().int(),
      fulfilment: z.enum(fulfilments),
      from: instant.nullable(),
      to: instant.nullable(),
      recordsUrl: z.string(),
    })
    .nullable(),
  /** Why evidence is not shown. */
  evidenceHidden: z.string().nullable(),
  /** Changes with every move. */
  version: z.string(),
  can: z.object({ accept: whyNot, decline: whyNot, counterpropose: whyNot, answerCounter: whyNot, withdraw: whyNot }),
});
export type Role = z.output<typeof role>;

/** Parts the asker may read (own ones, those asked, a manager's, a head's), and all as sums. */
export const roleList = z.object({
  items: z.array(role),
  sums: z.array(
    z.object({
      kind: z.enum(roleKinds),
      asked: z.number().int(),
      accepted: z.number().int(),
      declined: z.number().int(),
      counterproposed: z.number().int(),
      wanted: z.number().int(),
    }),
  ),
  /** Whom one can ask. */
  reps: z.array(named.extend({ side: z.string(), teams: z.array(named) })),
  teams: z.array(named.extend({ region: z.string().nullable(), members: z.number().int() })),
});
export type RoleList = z.output<typeof roleList>;
export const madeRoles = z.object({
  items: z.array(role),
  /** Who has such a part already, and was not asked again. */
  already: z.array(named),
});
export type MadeRoles = z.output<typeof madeRoles>;

export const evidenceAsk = z.strictObject(paged);
export const evidenceItem = z.object({
  /** The touch; null for who was added and for content. */
  touchId: idSchema.nullable(),
  at: instant,
  /** A touch's kind, `added` (to the campaign) or `content`. */
  kind: z.string(),
  direction: z.string().nullable(),
  outcome: z.string().nullable(),
  subject: z.string().nullable(),
  person: person.nullable(),
  member: named.nullable(),
});
export type EvidenceItem = z.output<typeof evidenceItem>;
export const evidencePage = z.object({ items: z.array(evidenceItem), next: z.string().nullable(), total: z.number().int().nullable() });
export type EvidencePage = z.output<typeof evidencePage>;
