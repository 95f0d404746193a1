/**
 * Computes all journeys and credits anew from records and touches and compares with what is stored; and adds up, by
 * channel and model, what the answers count from journeys and what the credits say. Reads only; one snapshot. Units that
 * wait to be followed are left out: what they are to become is not written yet.
 */

import { sql } from 'kysely';
import { type RuleModel, ruleModels } from '#engine/attribution/models.ts';
import { tallyRules } from '#engine/attribution/tally.ts';
import { codeOf } from '#engine/funnel/dictionary.ts';
import { writeId } from '#engine/funnel/ids.ts';
import type { JourneyNote } from '#features/records/actions/changed-journeys.ts';
import type { Check, Difference, Verification } from '#features/records/queries/verify.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { findLiveSettings, type JourneyGround } from './attribution-setting.ts';
import { makeGrouping } from './channel-grouping.ts';
import { type ComputedJourney, computeJourneys } from './compute-journeys.ts';
import { concernedUnits } from './concerned-units.ts';
import type { FreshJourneys } from './journey-columns.ts';
import { storeWriter } from './journey-reading.ts';
import {
  type CreditRow,
  creditColumns,
  creditsOf,
  journeyKey,
  type JourneyRow,
  readCreditRows,
  readJourneyRows,
  rowOfJourney,
  unlikeColumn,
} from './journey-rows.ts';
import { makeStore } from './journey-store.ts';
import { readWords } from './journey-words.ts';
import { engineJourneys, selectConverted } from './selected-journeys.ts';
import { readChannels } from './touch-channels.ts';
import { firstId, nextStretch, readStrays, seldomAmong } from './unit-walk.ts';

const mostListed = 1_000;
const recordsAtOnce = 2_000;

export const verifyAttribution: Check = (database, workspaceId, say) =>
  database.inWorkspace(workspaceId, (tx) => verify(tx, workspaceId, say), { snapshot: true, statementTimeout: 0 });

async function verify(tx: Tx, workspaceId: WorkspaceId, say: (phase: string) => void): Promise<Verification> {
  const result: Verification = { checked: { journey: 0, credit: 0 }, differences: [], total: 0 };
  const { current } = await findLiveSettings(tx, workspaceId);
  if (!current) return result;
  const found = (rows: readonly Difference[]) => {
    result.total += rows.length;
    result.differences.push(...rows.slice(0, mostListed - result.differences.length));
  };
  say('attribution: journeys and credits against records and touches');
  const waiting = await readWaiting(tx, workspaceId, current);
  const answered = makeSums();
  const seldom = seldomAmong(await readStrays(tx, workspaceId, current.content.basis));
  for (let after = firstId; ; ) {
    const stretch = await nextStretch(tx, workspaceId, current.content.basis, after, recordsAtOnce);
    const units = stretch.units.filter((id) => !waiting.has(id));
    if (units.length > 0) {
      const computed = await computeJourneys(tx, workspaceId, current, units, seldom);
      found(await compareStretch(tx, workspaceId, current, units, computed, result.checked, answered));
    }
    found(await strayJourneys(tx, workspaceId, current, after, stretch, waiting));
    if (stretch.isLast) break;
    after = stretch.until;
  }
  say('attribution: sums of the answers against sums of the credits');
  found(await compareSums(tx, workspaceId, current, answered, waiting));
  return result;
}

/** Units whose journeys are not up to date; everything, where a walk over everything is asked for. */
interface Waiting {
  has(unit: string): boolean;
  readonly units: readonly string[];
  readonly isEverything: boolean;
}

async function readWaiting(tx: Tx, workspaceId: WorkspaceId, { content }: JourneyGround): Promise<Waiting> {
  const { rows } = await sql<JourneyNote & { everything: boolean }>`SELECT kind, record_id AS id, everything FROM journey_backlog
    WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
  const isEverything = rows.some(({ everything }) => everything);
  const notes = rows.filter(({ everything }) => !everything);
  const units = notes.length > 0 ? await concernedUnits(tx, workspaceId, content.basis, notes) : [];
  const set = new Set(units);
  return { has: (unit) => isEverything || set.has(unit), units, isEverything };
}

async function compareStretch(
  tx: Tx,
  workspaceId: WorkspaceId,
  ground: JourneyGround,
  units: readonly string[],
  computed: readonly ComputedJourney[],
  checked: Record<string, number>,
  answered: Sums,
): Promise<Difference[]> {
  const words = await readWords(tx, workspaceId, ground.setting);
  const channels = await readChannels(
    tx,
    workspaceId,
    makeGrouping(ground.content.ownRules),
    computed.flatMap(({ touches }) => touches),
  );
  const stored = await readJourneyRows(tx, workspaceId, ground.setting, units);
  const differences: Difference[] = [];
  const toBe = new Map<string, CreditRow>();
  addAnswered(answered, ground, [...stored.values()], words.wordsOf('channel'));
  for (const journey of computed) {
    const row = rowOfJourney(journey, channels, words);
    const before = stored.get(journeyKey(row));
    stored.delete(journeyKey(row));
    checked.journey! += 1;
    const unlike = before ? unlikeColumn(before, row) : null;
    if (!before) differences.push(difference('journey', row, 'is not stored'));
    else if (unlike)
      differences.push({ ...difference('journey', row, 'differs'), field: unlike, state: told(before[unlike]), facts: told(row[unlike]) });
    for (const credit of creditsOf(journey, ground, channels)) toBe.set(creditKey(credit), credit);
  }
  for (const row of stored.values()) differences.push(difference('journey', row, 'is stored, but nothing says it'));
  const credits = await readCreditRows(tx, workspaceId, ground.setting, units);
  checked.credit! += credits.length;
  return [...differences, ...compareCredits(credits, toBe)];
}

const creditKey = (credit: CreditRow): string => `${journeyKey(credit)} ${credit.touchNo}`;

function compareCredits(stored: readonly CreditRow[], toBe: Map<string, CreditRow>): Difference[] {
  const differences: Difference[] = [];
  for (const credit of stored) {
    const computed = toBe.get(creditKey(credit));
    toBe.delete(creditKey(credit));
    if (!computed) differences.push(difference('credit', credit, `of touch ${credit.touchNo} is stored, but nothing says it`));
    else if (JSON.stringify(plain(credit)) !== JSON.stringify(plain(computed)))
      differences.push({
        ...difference('credit', credit, `of touch ${credit.touchNo} differs`),
        state: JSON.stringify(plain(credit)),
        facts: JSON.stringify(plain(computed)),
      });
  }
  for (const credit of toBe.values()) differences.push(difference('credit', credit, `of touch ${credit.touchNo} is not stored`));
  return differences;
}

const plain = ({ credits, unitId: _unit, place: _place, touchNo: _no, ...credit }: CreditRow) => ({
  ...credit,
  credits: credits.map(String),
});

/** Journeys of what is no unit any more. */
async function strayJourneys(
  tx: Tx,
  workspaceId: WorkspaceId,
  { setting }: JourneyGround,
  after: string,
  { units, until }: { units: readonly string[]; until: string },
  waiting: Waiting,
): Promise<Difference[]> {
  const { rows } = await sql<{ unitId: string; place: number }>`SELECT unit_id AS "unitId", place FROM journeys
    WHERE workspace_id = ${workspaceId}::uuid AND setting = ${setting} AND unit_id > ${after}::uuid AND unit_id <= ${until}::uuid AND NOT gone
      AND unit_id <> ALL(${units}::uuid[])`.execute(tx);
  return rows.filter(({ unitId }) => !waiting.has(unitId)).map((row) => difference('journey', row, 'is stored, but its unit is none'));
}

const difference = (kind: string, of: { unitId: string; place: number }, what: string): Difference => ({
  kind,
  id: of.unitId,
  field: '',
  state: null,
  facts: null,
  what: `journey ${of.place} of ${of.unitId} ${what}`,
});

const told = (value: JourneyRow[keyof JourneyRow]): string | null =>
  value === null ? null : Buffer.isBuffer(value) ? value.toString('hex') : String(value);

// ── sums by channel and model ───────────────────────────────────────────────

type Sums = Map<RuleModel, Map<string, bigint>>;

const makeSums = (): Sums => new Map(ruleModels.map((model) => [model, new Map()]));

function addTo(sums: Map<string, bigint>, channel: string, value: bigint): void {
  sums.set(channel, (sums.get(channel) ?? 0n) + value);
}

/** Counts stored journeys the way answers do. */
function addAnswered(sums: Sums, ground: JourneyGround, rows: readonly JourneyRow[], channels: (string | null)[]): void {
  const fresh: FreshJourneys = {
    timeZone: ground.timeZone,
    currency: ground.currency,
    setting: { number: ground.setting, content: ground.content },
    store: makeStore(),
    words: { channel: channels, campaign: [], content: [], member: [] },
  };
  const put = storeWriter(fresh.store, ground.timeZone);
  for (const { unitId, place, convertedAt, amount, segment, touches } of rows) {
    const id = new Uint32Array(4);
    writeId(id, 0, unitId);
    const bytes = new DataView(touches.buffer, touches.byteOffset, touches.length);
    put({
      key: { id, place },
      convertedAt: convertedAt ?? 0,
      amount: Number(amount ?? 0n),
      segment: codeOf(fresh.store.segments, segment),
      bytes,
    });
  }
  const journeys = engineJourneys(fresh, selectConverted(fresh, {}));
  const options = { halfLifeSeconds: ground.content.halfLifeDays * 86_400 };
  const tally = tallyRules(journeys, ruleModels, journeys.channels, journeys.channelCount, options);
  for (const model of ruleModels)
    for (const [code, value] of (tally.models.get(model)!.values ?? []).entries())
      if (value !== 0) addTo(sums.get(model)!, channels[code]!, BigInt(value));
}

async function compareSums(
  tx: Tx,
  workspaceId: WorkspaceId,
  { setting }: JourneyGround,
  answered: Sums,
  waiting: Waiting,
): Promise<Difference[]> {
  if (waiting.isEverything) return [];
  const sums = sql.join(ruleModels.map((model) => sql`sum(${sql.ref(creditColumns[model])})::text AS ${sql.ref(model)}`));
  const { rows } = await sql<Record<RuleModel, string> & { channel: string }>`SELECT channel, ${sums} FROM attribution_credits
    WHERE workspace_id = ${workspaceId}::uuid AND setting = ${setting} AND unit_id <> ALL(${[...waiting.units]}::uuid[]) GROUP BY channel`.execute(
    tx,
  );
  const credited = new Map(rows.map((row) => [row.channel, row]));
  const channels = new Set([
    ...credited.keys(),
    ...answered.get('first')!.keys(),
    ...answered.get('last')!.keys(),
    ...answered.get('linear')!.keys(),
  ]);
  return ruleModels.flatMap((model) =>
    [...channels].flatMap((channel): Difference[] => {
      const [answer, credit] = [answered.get(model)!.get(channel) ?? 0n, BigInt(credited.get(channel)?.[model] ?? 0)];
      if (answer === credit) return [];
      return [
        {
          kind: 'credit',
          id: workspaceId,
          field: model,
          state: String(answer),
          facts: String(credit),
          what: `sum of ${channel} by ${model}: what answers count differs from what credits say`,
        },
      ];
    }),
  );
}
