import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { qualityRecordsPath } from '../contract/addresses.ts';
import type { qualityAnswer, qualityAsk } from '../contract.ts';
import { clauseSentencesOf, eachClause } from './quality-clauses.ts';
import {
  groupLabels,
  groupOf,
  leadCounts,
  passedLeads,
  passedRejections,
  qualityScope,
  type QualityScope,
  rejectionCounts,
} from './quality-groups.ts';

type Answer = z.output<typeof qualityAnswer>;
type Line = Answer['total'];

/** Counts that add up. */
type Counts = Omit<Line, 'leadQuality' | 'rejectAccuracy' | 'sampleAccuracy' | 'recordsUrl'>;
interface Group extends Counts {
  readonly group: string | null;
}

const mostRows = 200;

/**
 * Lead quality (marketing's: how many of the decided leads were not rejected for good) and reject accuracy (sales':
 * how many of the judged rejections stood), each with its denominator, over the leads passed in a period.
 */
export async function readQuality(tx: Tx, workspaceId: WorkspaceId, asked: z.output<typeof qualityAsk>): Promise<Answer> {
  const scope = await qualityScope(tx, workspaceId, asked);
  const { by } = asked;
  const groups = by === 'clause' ? [] : await countByGroup(tx, scope, by);
  const total = by === 'clause' ? sumOf(await countByGroup(tx, scope, 'none')) : sumOf(groups);
  const rows = by === 'clause' ? await countByClause(tx, scope, total) : by === 'none' ? [] : groups;
  const shown = inOrder(rows, by).slice(0, mostRows);
  const labels = await groupLabels(
    tx,
    workspaceId,
    by,
    shown.map(({ group }) => group),
  );
  const { start, end } = scope;
  const urlOf = (group?: string | null) => qualityRecordsPath({ start, end, by }, group);
  return {
    start,
    end,
    by,
    total: lineOf(total, urlOf()),
    rows: shown.map((row) => ({
      ...lineOf(row, urlOf(row.group)),
      group: row.group,
      label: row.group === null ? 'not stated' : (labels.get(row.group) ?? row.group),
    })),
    notes: notesOf(rows.length, by),
  };
}

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const lineOf = (
  { passed, decided, rejected, mended, overturned, lost, judged, upheld, sampled, sampledUpheld }: Counts,
  recordsUrl: string,
): Line => ({
  passed,
  decided,
  rejected,
  mended,
  overturned,
  lost,
  leadQuality: shareOf(decided - lost, decided),
  judged,
  upheld,
  rejectAccuracy: shareOf(upheld, judged),
  sampled,
  sampledUpheld,
  sampleAccuracy: shareOf(sampledUpheld, sampled),
  recordsUrl,
});

const nothing: Counts = {
  passed: 0,
  decided: 0,
  rejected: 0,
  mended: 0,
  overturned: 0,
  lost: 0,
  judged: 0,
  upheld: 0,
  sampled: 0,
  sampledUpheld: 0,
};
const names = Object.keys(nothing) as (keyof Counts)[];

function sumOf(groups: readonly Counts[]): Counts {
  const sum: Record<keyof Counts, number> = { ...nothing };
  for (const group of groups) for (const name of names) sum[name] += group[name];
  return sum;
}

/** Months in their order; else the largest first. */
function inOrder(groups: readonly Group[], by: Answer['by']): Group[] {
  const byName = (one: Group, other: Group) => ((one.group ?? '') < (other.group ?? '') ? -1 : 1);
  if (by === 'month') return groups.toSorted(byName);
  return groups.toSorted((one, other) => other.passed - one.passed || other.rejected - one.rejected || byName(one, other));
}

function notesOf(rows: number, by: Answer['by']): string[] {
  return [
    'Lead quality: of the leads sales decided on, those it did not reject for good. Reject accuracy: of the rejections that were judged, those upheld.',
    'The sample is drawn by chance from the rejections that marketing agreed with; contested ones are always judged.',
    ...(by === 'clause' ? ['A rejection that names several clauses stands under each of them.'] : []),
    ...(rows > mostRows ? [`Only the ${mostRows} largest of ${rows} groups are shown; the total counts all.`] : []),
  ];
}

async function countByGroup(tx: Tx, scope: QualityScope, by: Parameters<typeof groupOf>[0]): Promise<Group[]> {
  const counts = Object.entries(leadCounts).map(([name, is]) => sql`count(*) FILTER (WHERE ${is})::int AS ${sql.ref(name)}`);
  const { rows } = await sql<Group>`SELECT ${groupOf(by, scope)} AS "group", ${sql.join(counts)}, coalesce(sum(r.judged), 0)::int AS judged,
      coalesce(sum(r.upheld), 0)::int AS upheld, coalesce(sum(r.sampled), 0)::int AS sampled, coalesce(sum(r.sampled_upheld), 0)::int AS "sampledUpheld"
    FROM ${passedLeads(scope)} GROUP BY 1`.execute(tx);
  return rows;
}

/** Clauses by what they say: versions that share one count together. All leads of the period could have failed it. */
async function countByClause(tx: Tx, scope: QualityScope, total: Counts): Promise<Group[]> {
  const counts = Object.entries(rejectionCounts).map(([name, is]) => sql`count(*) FILTER (WHERE ${is})::int AS ${sql.ref(name)}`);
  const { rows } = await sql<Omit<Counts, 'passed' | 'decided'> & { versionId: string; path: string }>`
    SELECT r.version_id AS "versionId", clause.path, ${sql.join(counts)} FROM ${passedRejections(scope, eachClause)} GROUP BY 1, 2`.execute(
    tx,
  );
  const sentences = await clauseSentencesOf(tx, scope.workspaceId, rows);
  const alike = Map.groupBy(rows, (row) => sentences(row));
  return [...alike].map(([group, same]) => ({
    ...sumOf(same.map((row) => ({ ...nothing, ...row }))),
    passed: total.passed,
    decided: total.decided,
    group,
  }));
}
