/** The touches of sales that may be evidence in campaigns, each once, for `evidence-pass.ts`. */

import type pg from 'pg';
import { type CampaignTouch, evidenceBy, partKinds } from '#engine/campaigns/evidence.ts';
import { looksAutomatic } from '#engine/rules/automatic.ts';
import { copyRows, cutRows } from '#platform/db/copy-rows.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { type IdCodes, makeCursor, makeFewTexts, none } from './evidence-rows.ts';
import type { PassRole } from './evidence-roles.ts';

/** One that a person wrote; the next one takes its place in the same object. `at` is in microseconds since 1970. */
export interface SeenTouch extends CampaignTouch {
  readonly member: number;
  readonly lead: number;
  readonly contact: number;
  /** The code of the campaign that it names. */
  readonly campaign: number;
}

export interface TouchesAsked {
  readonly roles: readonly PassRole[];
  /** Ids of the campaigns, merged ones included. */
  readonly campaigns: readonly string[];
}

export async function readTouches(
  client: pg.ClientBase,
  workspaceId: WorkspaceId,
  ids: IdCodes,
  asked: TouchesAsked,
  look: (touch: SeenTouch) => void,
): Promise<void> {
  const [cursor, kinds, directions, subjects] = [makeCursor(), makeFewTexts(), makeFewTexts(), makeFewTexts()];
  const automatic: (boolean | undefined)[] = [];
  const touch = { member: none, lead: none, contact: none, campaign: none, side: 'sales', kind: '', direction: null as string | null };
  const seen = { ...touch, automated: null, subject: null, at: 0 };
  const rows = cutRows((view, at) => {
    cursor.begin(view, at);
    seen.member = cursor.id(ids);
    seen.lead = cursor.id(ids);
    seen.contact = cursor.id(ids);
    seen.campaign = cursor.id(ids);
    seen.at = cursor.moment();
    seen.kind = kinds.texts[cursor.text(kinds)]!;
    seen.direction = directions.texts[cursor.text(directions)] ?? null;
    const subject = cursor.text(subjects);
    if (subject === none || !(automatic[subject] ??= looksAutomatic(subjects.texts[subject]))) look(seen);
  });
  for await (const chunk of copyRows(client, selected(workspaceId, asked))) rows.feed(chunk);
}

const kindsSeen: ReadonlySet<string> = new Set([
  ...partKinds.meeting,
  ...partKinds.reaching,
  ...Object.values(evidenceBy).flatMap((rule) => rule?.kinds ?? []),
]);

/** All that reps with parts did in their windows, and what else names the campaigns. Spelled as the partial indexes are. */
function selected(workspaceId: WorkspaceId, { roles, campaigns }: TouchesAsked): string {
  const workspace = `'${workspaceId}'::uuid`;
  const ofSales = `x.workspace_id = ${workspace} AND x.side = 'sales' AND x.automated IS NOT TRUE AND x.voided_by IS NULL AND x.member_id IS NOT NULL
    AND x.kind = ANY('{${[...kindsSeen].join(',')}}')`;
  const inWindow =
    roles.length === 0 ? 'false' : `x.member_id = ANY(${uuids(roles.map(({ memberId }) => memberId))}) AND ${windowOf(roles)}`;
  // A touch of a lead alone is its contact's. Looked up only where it is: a join would look for every touch.
  const contact = `CASE WHEN x.contact_id IS NULL THEN (SELECT o.contact_id FROM leads o WHERE o.workspace_id = ${workspace} AND o.id = x.lead_id) ELSE x.contact_id END`;
  const columns = `x.member_id, x.lead_id, ${contact}, x.campaign_id, x.occurred_at, x.kind, x.direction, x.subject`;
  return `SELECT ${columns} FROM touches x WHERE ${ofSales} AND ${inWindow}
    UNION ALL SELECT ${columns} FROM touches x WHERE ${ofSales} AND x.campaign_id = ANY(${uuids(campaigns)}) AND NOT (${inWindow})`;
}

const uuids = (ids: readonly string[]): string => `'{${[...new Set(ids)].join(',')}}'::uuid[]`;

/** The longest of all windows; each part has its own. */
function windowOf(roles: readonly PassRole[]): string {
  const first = roles.reduce((one, other) => (other.fromAt < one.fromAt ? other : one));
  const last = roles.reduce((one, other) => (other.untilAt > one.untilAt ? other : one));
  return `x.occurred_at >= '${first.from}'::timestamptz${last.to === null ? '' : ` AND x.occurred_at < '${last.to}'::timestamptz`}`;
}
