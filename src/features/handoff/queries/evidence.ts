/** The evidence for any period as CSV: clause by clause, lead by lead. */

import { sql } from 'kysely';
import type { Clause, Metric } from '#engine/agreement/clause.ts';
import { decimalOf } from '#engine/agreement/pace.ts';
import { clauseSentence } from '#engine/agreement/wording.ts';
import { csvLine } from '#engine/csv/write.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { type AttainmentAsk, type ClauseRecord } from '#features/agreement/contract.ts';
import { clauseNames } from '#features/agreement/queries/names.ts';
import { majorUnits } from '#features/records/queries/export.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { excuseWords } from './attainment-evidence.ts';
import { inBulk } from './attainment-leads.ts';
import { type JudgedDay, judgedDays, paceRuns, type PaceRun } from './attainment-paces.ts';
import { clockColumns, listedClocks, listedLeads } from './attainment-records.ts';
import { conditionsOf, type Listed } from './listed.ts';
import { withSources } from './attainment-recomputed.ts';
import {
  attainmentScope,
  type AttainmentScope,
  clausesByKey,
  clausesOwed,
  isClock,
  isNarrowed,
  isPace,
  type OwedClause,
} from './attainment-scope.ts';
import type { Sources, Sql } from './attainment-sources.ts';
import { clockRecords, leadRecords, type ClockRow, type LeadRow } from './attainment-shown.ts';

const titles = [
  'Clause',
  'Side',
  'What is owed',
  'Version',
  'Lead id',
  'Lead',
  'Company',
  'Segment',
  'Who',
  'Started',
  'Due',
  'Met',
  'State',
  'Working minutes',
  'Wall minutes',
  'Evidence',
  'Excuse',
  'Missing',
];
const rowsAtOnce = 1_000;
const stateWords: Readonly<Record<ClauseRecord['state'], string>> = {
  open: 'not due yet',
  met: 'kept',
  late: 'late',
  missed: 'missed',
  excused: 'excused',
};

/**
 * A piece at a time, one state of everything. A pace has a line for each of its working days. Cells that a
 * spreadsheet would run are neutralised. Needs a transaction with `snapshot`.
 */
export async function* exportEvidence(tx: Tx, workspaceId: WorkspaceId, asked: Omit<AttainmentAsk, 'by'>): AsyncGenerator<string> {
  const scope = await attainmentScope(tx, workspaceId, asked);
  const sources = await withSources(tx, scope, scope);
  const names = await clauseNames(tx, workspaceId);
  yield csvLine(titles);
  const owed = clausesOwed(scope, scope.from, scope.until);
  for (const { clause } of clausesByKey(clausesOwed(scope, -Infinity, scope.until)).values()) {
    const own = owed.filter((each) => each.clause.key === clause.key);
    const about = [clause.title, clause.side, clauseSentence(clause, names)];
    if (isClock(clause.metric)) yield* clockLines(tx, scope, sources, clause, about);
    else if (!isPace(clause.metric)) for (const each of own) yield* leadLines(tx, scope, sources, each, about);
    else if (!isNarrowed(scope)) yield paceLines(await paceRuns(tx, scope, sources, own, scope), scope, about);
  }
}

async function* clockLines(tx: Tx, scope: AttainmentScope, sources: Sources, clause: Clause, about: string[]): AsyncGenerator<string> {
  for await (const rows of inPieces<ClockRow>(tx, clause.metric, listedClocks(scope, sources, clause.key, 'none', []), clockColumns))
    yield (await clockRecords(tx, scope, rows)).map((record) => lineOf(about, record)).join('');
}

async function* leadLines(tx: Tx, scope: AttainmentScope, sources: Sources, owed: OwedClause, about: string[]): AsyncGenerator<string> {
  const listed = listedLeads(scope, sources, owed, 'none', 'all', []);
  if (!listed) return;
  for await (const rows of inPieces<LeadRow>(tx, owed.clause.metric, listed.list, listed.columns)) {
    const records = await leadRecords(
      tx,
      scope,
      rows.map((row) => ({ row, owed })),
    );
    yield records.map((record) => lineOf(about, record)).join('');
  }
}

/** Oldest first, through a cursor, so that it takes no memory to speak of. */
async function* inPieces<Row>(tx: Tx, metric: Metric, listed: Listed, columns: Sql): AsyncGenerator<Row[]> {
  const declaring = sql`DECLARE evidence NO SCROLL CURSOR FOR SELECT ${columns} FROM ${listed.from} WHERE ${conditionsOf(listed)} ORDER BY ${listed.at}, ${listed.lead}`;
  await inBulk(tx, metric, () => declaring.execute(tx));
  for (;;) {
    const { rows } = await sql<Row>`FETCH ${sql.lit(rowsAtOnce)} FROM evidence`.execute(tx);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql`CLOSE evidence`.execute(tx);
}

const lineOf = (about: readonly string[], record: ClauseRecord): string =>
  csvLine([
    ...about,
    record.versionNumber,
    record.leadId,
    record.leadName,
    record.company,
    record.segment,
    record.member?.name ?? null,
    record.startedAt,
    record.dueAt,
    record.metAt,
    stateWords[record.state],
    record.workingMinutes,
    record.wallMinutes,
    record.evidence?.says ?? null,
    record.excuse,
    record.missing.join(', ') || null,
  ]);

/** One a working day that is over. */
function paceLines(runs: readonly PaceRun[], scope: AttainmentScope, about: readonly string[]): string {
  return judgedDays(scope, runs, scope)
    .filter(({ outcome }) => outcome !== 'open')
    .map((judged) => paceLine(judged, about))
    .join('');
}

function paceLine({ run: { owed, metric }, at, outcome, excuse }: JudgedDay, about: readonly string[]): string {
  const isVolume = metric.kind === 'volume';
  const shown = (amount: string) => (isVolume ? `${amount} leads` : `${majorUnits(amount, metric.currency)} ${metric.currency}`);
  const ideal = shown(decimalOf(at.ideal, isVolume ? 1 : 0));
  const says = `${shown(String(at.actual))} up to then, ideal ${ideal}, tolerance ${metric.tolerancePercent} %`;
  const state = outcome === 'open' ? 'open' : ({ compliant: 'met', missed: 'missed', excused: 'excused' } as const)[outcome];
  const noLead = [null, null, null, null, null];
  const noTimes = [null, null];
  const cells = [null, dayText(at.day), null, stateWords[state], ...noTimes, says, excuse && excuseWords(excuse), null];
  return csvLine([...about, owed.reign.version.number, ...noLead, ...cells]);
}
