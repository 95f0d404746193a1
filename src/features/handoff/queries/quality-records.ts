/** The leads behind a number of lead quality or reject accuracy, a page at a time. */

import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { HandoffState } from '#engine/handoff/states.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { qualityRecords, qualityRecordsAsk } from '../contract.ts';
import { leadNameOf } from './attainment-shown.ts';
import { readGroup } from './listed.ts';
import { type Place, readPlace, writePlace } from './paging.ts';
import { clauseSentencesOf, eachClause } from './quality-clauses.ts';
import {
  groupOf,
  lastRejectedBy,
  leadCounts,
  passedLeads,
  passedRejections,
  qualityScope,
  type QualityScope,
  rejectionCounts,
} from './quality-groups.ts';
import { rejectionStateOf } from './rejections.ts';
import { rejectionColumns, type StoredRejection } from './stored-rejections.ts';

type Asked = z.output<typeof qualityRecordsAsk>;
type Page = z.output<typeof qualityRecords>;
type Sql = RawBuilder<unknown>;

/** Those passed last first. `total` is the very number of the answer. */
export async function listQualityRecords(tx: Tx, workspaceId: WorkspaceId, asked: Asked): Promise<Page> {
  const scope = await qualityScope(tx, workspaceId, asked);
  const listed = countsLeads(asked) ? listedLeads(scope, asked) : await listedRejections(tx, scope, asked);
  const rows = await readPage(tx, listed, readPlace(asked.cursor), asked.limit + 1);
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  const { rows: counted } = await sql<{ total: number }>`SELECT count(*)::int AS total FROM ${listed.from}`.execute(tx);
  return {
    items: await shownRecords(tx, scope, shown),
    next: rows.length > shown.length && last ? writePlace({ at: last.mqlAt, id: last.key }) : null,
    total: counted[0]!.total,
  };
}

type LeadCount = keyof typeof leadCounts;

/** Of clauses only what is passed and decided counts leads: all of the period, as each could have failed it. */
const countsLeads = ({ which, by }: Asked): boolean =>
  which in leadCounts && (by !== 'clause' || which === 'passed' || which === 'decided');

interface Listed {
  readonly from: Sql;
  /** Tells the rows of one lead apart. */
  readonly key: Sql;
  readonly rejectionId: Sql;
}

function listedLeads(scope: QualityScope, asked: Asked): Listed {
  return {
    from: sql`${passedLeads(scope)} AND ${leadCounts[asked.which as LeadCount]} ${inGroup(scope, asked)}`,
    key: sql`h.lead_id`,
    rejectionId: sql`(SELECT n.id FROM rejections n WHERE n.workspace_id = ${scope.workspaceId}::uuid AND n.lead_id = h.lead_id ORDER BY n.rejected_at DESC, n.id DESC LIMIT 1)`,
  };
}

async function listedRejections(tx: Tx, scope: QualityScope, asked: Asked): Promise<Listed> {
  const is = rejectionCounts[asked.which as keyof typeof rejectionCounts];
  const narrowed = asked.by === 'clause' ? await ofClause(tx, scope, asked.group) : inGroup(scope, asked, lastRejectedBy(scope));
  return { from: sql`${passedRejections(scope)} AND ${is} ${narrowed}`, key: sql`r.id`, rejectionId: sql`r.id` };
}

function inGroup(scope: QualityScope, { by, group }: Asked, rejectedBy?: Sql): Sql {
  if (group === undefined || by === 'clause') return sql``;
  return sql`AND ${groupOf(by, scope, rejectedBy)} IS NOT DISTINCT FROM ${readGroup(group)}::text`;
}

/** Rejections that name a clause which says this. */
async function ofClause(tx: Tx, scope: QualityScope, group: string | undefined): Promise<Sql> {
  if (group === undefined) return sql``;
  const { rows } = await sql<{ versionId: string; path: string }>`
    SELECT DISTINCT r.version_id AS "versionId", clause.path FROM ${passedRejections(scope, eachClause)}`.execute(tx);
  const sentences = await clauseSentencesOf(tx, scope.workspaceId, rows);
  const sought = readGroup(group);
  const same = rows.filter((row) => sentences(row) === sought);
  if (same.length === 0) return sql`AND false`;
  return sql`AND (${sql.join(
    same.map(({ versionId, path }) => sql`r.version_id = ${versionId}::uuid AND ${path} = ANY(r.clauses)`),
    sql` OR `,
  )})`;
}

interface RecordRow {
  key: string;
  leadId: string;
  name: string | null;
  company: string | null;
  email: string | null;
  phone: string | null;
  segment: string | null;
  ownerId: string | null;
  campaignId: string | null;
  mqlAt: string;
  decidedAt: string | null;
  state: HandoffState;
  rejectionId: string | null;
}

async function readPage(tx: Tx, { from, key, rejectionId }: Listed, after: Place | null, limit: number): Promise<RecordRow[]> {
  const isLater = after ? sql`AND (h.mql_at, ${key}) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``;
  const { rows } =
    await sql<RecordRow>`SELECT ${key} AS key, h.lead_id AS "leadId", l.name, l.company, l.email, l.phone, l.segment, h.owner_id AS "ownerId",
      l.campaign_id AS "campaignId", h.mql_at AS "mqlAt", h.decided_at AS "decidedAt", h.state, ${rejectionId} AS "rejectionId"
    FROM ${from} ${isLater} ORDER BY h.mql_at DESC, ${key} DESC LIMIT ${limit}`.execute(tx);
  return rows;
}

async function shownRecords(tx: Tx, scope: QualityScope, rows: readonly RecordRow[]): Promise<Page['items']> {
  const rejections = await rejectionsById(tx, scope.workspaceId, present(rows.map(({ rejectionId }) => rejectionId)));
  const sentences = await clauseSentencesOf(
    tx,
    scope.workspaceId,
    [...rejections.values()].flatMap(({ versionId, clauses }) => clauses.map((path) => ({ versionId, path }))),
  );
  const names = await namesOf(tx, scope.workspaceId, {
    member: present(rows.map(({ ownerId }) => ownerId)),
    campaign: present(rows.map(({ campaignId }) => campaignId)),
  });
  return rows.map((row) => {
    const rejection = row.rejectionId === null ? undefined : rejections.get(row.rejectionId);
    return {
      leadId: row.leadId,
      leadName: leadNameOf(row),
      company: row.company,
      segment: row.segment,
      owner: names.get(`member ${row.ownerId}`) ?? null,
      campaign: names.get(`campaign ${row.campaignId}`) ?? null,
      mqlAt: row.mqlAt,
      decidedAt: row.decidedAt,
      state: row.state,
      rejection: rejection
        ? {
            id: rejection.id,
            state: rejectionStateOf(rejection),
            clauses: rejection.clauses.map((path) => sentences({ versionId: rejection.versionId, path })),
          }
        : null,
    };
  });
}

const present = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null);

async function rejectionsById(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, StoredRejection>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<StoredRejection>`SELECT ${rejectionColumns} FROM rejections r
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ANY(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}
