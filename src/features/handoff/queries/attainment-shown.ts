/** Rows of clocks and leads as the answer shows them. */

import { clockStateAt } from '#engine/agreement/clock.ts';
import type { ClauseRecord } from '#features/agreement/contract.ts';
import { leadFields } from '#features/records/contract.ts';
import type { Tx } from '#platform/db/database.ts';
import { type EvidenceRef, evidenceInWords, excusesInWords, excuseWords } from './attainment-evidence.ts';
import { namesById } from './attainment-groups.ts';
import { type AttainmentScope, isPace, type OwedClause } from './attainment-scope.ts';

interface LeadName {
  readonly leadId: string;
  readonly name: string | null;
  readonly company: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly segment: string | null;
  readonly memberId: string | null;
}

export interface ClockRow extends LeadName {
  readonly versionId: string;
  readonly startedAt: string;
  readonly dueAt: string | null;
  readonly metAt: string | null;
  readonly workingMs: bigint | null;
  readonly wallMs: bigint | null;
  readonly evidenceKind: string | null;
  readonly evidenceId: string | null;
  readonly excuse: string | null;
  readonly excuseId: string | null;
}

export interface LeadRow extends LeadName {
  /** When it was passed. */
  readonly at: string;
  readonly outcome: 'compliant' | 'missed' | 'excused' | 'open';
  /** Where it is excused, by what. */
  readonly excuseId: string | null;
  readonly found: Found;
}
interface Found {
  readonly missing?: string[];
  readonly touches?: number;
  readonly asked?: number;
  readonly rejectedAt?: string | null;
  readonly reason?: string | null;
  readonly answer?: string | null;
  readonly ruling?: string | null;
}

/** What a lead is called: the person, else the company, else how it is reached. */
export const leadNameOf = ({ name, company, email, phone }: Pick<LeadName, 'name' | 'company' | 'email' | 'phone'>): string =>
  name ?? company ?? email ?? phone ?? '(no name)';

export async function clockRecords(tx: Tx, scope: AttainmentScope, rows: readonly ClockRow[]): Promise<ClauseRecord[]> {
  const names = await namesById(
    tx,
    scope.workspaceId,
    'members',
    rows.map(({ memberId }) => memberId),
  );
  const evidence = await evidenceInWords(tx, scope.workspaceId, rows.map(evidenceOf));
  const excuses = await excusesInWords(tx, scope.workspaceId, rows);
  const numbers = new Map(scope.versions.map(({ id, number }) => [id, number]));
  return rows.map((row, at) => ({
    ...aboutLead(row, names),
    versionNumber: numbers.get(row.versionId) ?? null,
    startedAt: row.startedAt,
    dueAt: row.dueAt,
    metAt: row.metAt,
    state: clockStateAt({ dueAt: millisecondsOf(row.dueAt), metAt: millisecondsOf(row.metAt), excuse: row.excuse as never }, scope.asOf),
    workingMinutes: minutesOf(row.workingMs),
    wallMinutes: minutesOf(row.wallMs),
    evidence: evidence[at]!,
    excuse: excuses[at]!,
    missing: [],
  }));
}

const evidenceOf = ({ evidenceKind, evidenceId, metAt }: ClockRow): EvidenceRef => ({ kind: evidenceKind, id: evidenceId, metAt });
const millisecondsOf = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));
/** To a tenth. */
export const minutesOf = (milliseconds: bigint | number | null): number | null =>
  milliseconds === null ? null : Math.round(Number(milliseconds) / 6_000) / 10;

const aboutLead = (row: LeadName, names: ReadonlyMap<string, string>) => ({
  leadId: row.leadId,
  leadName: leadNameOf(row),
  company: row.company,
  segment: row.segment,
  member: row.memberId === null ? null : { id: row.memberId, name: names.get(row.memberId) ?? '(unknown)' },
});

const states = { compliant: 'met', missed: 'missed', excused: 'excused', open: 'open' } as const;

export async function leadRecords(
  tx: Tx,
  scope: AttainmentScope,
  found: readonly { row: LeadRow; owed: OwedClause }[],
): Promise<ClauseRecord[]> {
  const names = await namesById(
    tx,
    scope.workspaceId,
    'members',
    found.map(({ row }) => row.memberId),
  );
  const excuses = new Map(scope.excuses.map((excuse) => [excuse.id, excuseWords(excuse)]));
  return found.map(({ row, owed }) => ({
    ...aboutLead(row, names),
    versionNumber: owed.reign.version.number,
    startedAt: row.at,
    dueAt: null,
    metAt: null,
    state: states[row.outcome],
    workingMinutes: null,
    wallMinutes: null,
    evidence: foundInWords(row, owed),
    excuse: row.excuseId === null ? null : (excuses.get(row.excuseId) ?? null),
    missing: (row.found.missing ?? []).map(fieldLabel),
  }));
}

const labels = new Map<string, string>(leadFields.map(({ name, label }) => [name, label]));
const fieldLabel = (field: string): string => labels.get(field) ?? field.replace(/^custom\./, '');

function foundInWords({ found, outcome, leadId }: LeadRow, { clause: { metric } }: OwedClause): ClauseRecord['evidence'] {
  const says = (text: string) => ({ kind: metric.kind, id: leadId, says: text });
  if (isPace(metric)) return says('Counted');
  if (metric.kind === 'completeness') return (found.missing ?? []).length === 0 ? says('All agreed fields are stated') : null;
  if (metric.kind === 'context') {
    const seen = Number(found.touches ?? 0);
    return says(
      `${seen} ${seen === 1 ? 'touch' : 'touches'} on record in the ${'withinDays' in metric ? metric.withinDays : ''} days before; ${found.asked} agreed`,
    );
  }
  if (outcome === 'open') return says('Sales has not decided yet');
  if (found.rejectedAt === null || found.rejectedAt === undefined) return says('Not rejected');
  return says(`Rejected${fate(found)}${found.reason ? `: ${found.reason}` : ''}`);
}

function fate({ answer, ruling }: Found): string {
  if (ruling === 'overturned') return ', overturned';
  if (ruling === 'upheld') return ', upheld';
  if (answer === 'mended') return ', mended and returned';
  if (answer === 'contested') return ', contested';
  return answer === 'agreed' ? ', agreed' : '';
}
