/** The touches that count in journeys, read by whom they name. */

import { type RawBuilder, sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { AttributionContent } from '../contract/attribution.ts';
import { anyOf } from './journey-records.ts';

export interface JourneyTouch {
  readonly id: string;
  /** Microseconds since 1970. */
  readonly at: number;
  /** As the touch names them; those that its reader doesn't need are null. */
  readonly account: string | null;
  readonly contact: string | null;
  readonly lead: string | null;
  readonly deal: string | null;
  readonly campaign: string | null;
  readonly member: string | null;
  readonly side: string;
  readonly kind: string;
  readonly channel: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly content: string | null;
  readonly automated: boolean | null;
}

export type TouchRelation = 'account' | 'contact' | 'lead' | 'deal';

/** Touches that name one of these, and none of those. */
export interface TouchLookup {
  readonly names: TouchRelation;
  readonly ids: Iterable<string>;
  readonly withoutAny?: readonly TouchRelation[];
}

const column = (relation: TouchRelation): RawBuilder<unknown> => sql.ref(`t.${relation}_id`);

/** A field of a touch's own, as sources call it. */
const own = (name: string): string =>
  `coalesce(${[name, `utm_${name}`, `utm${name[0]!.toUpperCase()}${name.slice(1)}`].map((key) => `t.custom ->> '${key}'`).join(', ')})`;

export const sourceOfTouch = own('source');
export const mediumOfTouch = own('medium');
/**
 * What was shown or offered: a field of that name, else the subject of what marketing sent or a customer asked for. The
 * subject of a rep's e-mail or of an answer is no content.
 */
export const contentOfTouch = `coalesce(${own('content')}, CASE WHEN t.side = 'marketing' OR t.side = 'customer' AND t.kind IN
  ('ad_click', 'visit', 'form', 'webinar', 'event', 'content') THEN t.subject END)`;

/** A note is no interaction. What a machine sent for sales, or answered for a customer, is none unless the setting says so. */
export const countedTouch = (content: Pick<AttributionContent, 'sides' | 'automated'>): RawBuilder<unknown> =>
  sql`t.voided_by IS NULL AND t.kind <> 'note' AND t.side = ANY(${[...content.sides]}::text[])
    AND (${content.automated} OR t.side = 'marketing' OR t.automated IS NOT TRUE)`;

/** @param isDirect the relation it is looked up by tells its unit: the others aren't read */
export async function readTouches(
  tx: Tx,
  workspaceId: WorkspaceId,
  content: AttributionContent,
  lookup: TouchLookup,
  isDirect: boolean,
): Promise<JourneyTouch[]> {
  const ids = [...lookup.ids];
  if (ids.length === 0) return [];
  const relation = (name: TouchRelation) => (!isDirect || name === lookup.names ? column(name) : sql`NULL::uuid`);
  const without = (lookup.withoutAny ?? []).map((name) => sql` AND ${column(name)} IS NULL`);
  const { rows } = await sql<JourneyTouch>`
    SELECT t.id, (extract(epoch FROM t.occurred_at) * 1000000)::float8 AS at, ${relation('account')} AS account, ${relation('contact')} AS contact,
      ${relation('lead')} AS lead, ${relation('deal')} AS deal, t.campaign_id AS campaign, t.member_id AS member, t.side, t.kind, t.channel,
      ${sql.raw(sourceOfTouch)} AS source, ${sql.raw(mediumOfTouch)} AS medium, ${sql.raw(contentOfTouch)} AS content, t.automated
    FROM touches t WHERE t.workspace_id = ${workspaceId}::uuid AND ${column(lookup.names)} = ${anyOf(ids)}${sql.join(without, sql``)}
      AND ${countedTouch(content)}`.execute(tx);
  return rows;
}
