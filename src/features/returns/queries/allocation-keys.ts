/** Allocation keys as they are shown, and one as it was applied in a month. */

import type { z } from 'zod';
import { allocate } from '#engine/values/allocate.ts';
import { majorUnits } from '#engine/values/money.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { categoryLabels, costSides } from '../contract/ledger.ts';
import { firstDayOf, lastDayOf, monthOf } from '../contract/months.ts';
import type { AllocationKey, AppliedKey, KeyContent, keyList } from '../contract/plans.ts';
import { payVisible } from '../contract/pay.ts';
import { inOrderOfAsking, keyFor, type MonthKey, type PoolCell } from './allocated.ts';
import { poolOf } from './cost-cells.ts';
import { costsUrl } from './cost-filters.ts';
import { groupLabels, teamNames } from './group-labels.ts';
import { type KeyState, keysInForce, keysOfMonths, type KeyVersion, readKeyState, readKeyVersions } from './key-versions.ts';
import { ledgerNow, type LedgerNow } from './ledger-now.ts';

/** In the order they are asked. */
export async function listKeys(tx: Tx, workspaceId: WorkspaceId): Promise<z.output<typeof keyList>> {
  const versions = await readKeyVersions(tx, workspaceId);
  const { today } = await ledgerNow(tx, workspaceId);
  const inForce = new Map(keysInForce(versions, monthOf(today)).map((version) => [version.keyId, version]));
  const members = await namesOf(tx, workspaceId, { member: new Set(versions.flatMap(({ recordedBy }) => recordedBy ?? [])) });
  const teams = await teamNames(
    tx,
    workspaceId,
    versions.flatMap(({ content }) => content.applies.teamId ?? []),
  );
  const shown = [...Map.groupBy(versions, ({ keyId }) => keyId).values()].map((own) => {
    const latest = own.at(-1)!;
    const current = inForce.get(latest.keyId) ?? latest;
    return { keyId: latest.keyId, content: current.content, shown: shownKey(own, inForce.get(latest.keyId) ?? null, teams, members) };
  });
  return { items: inOrderOfAsking(shown).map((each) => each.shown), next: null, total: shown.length };
}

function shownKey(
  own: readonly KeyVersion[],
  inForce: KeyVersion | null,
  teams: ReadonlyMap<string, string>,
  members: ReadonlyMap<string, { id: string; name: string }>,
): AllocationKey {
  const latest = own.at(-1)!;
  return {
    keyId: latest.keyId,
    name: latest.name,
    inForce: inForce?.number ?? null,
    sentence: sentenceOf((inForce ?? latest).content, teams),
    versions: own.toReversed().map(({ keyId: _, recordedBy, ...version }) => ({
      ...version,
      recordedBy: recordedBy === null ? null : (members.get(`member ${recordedBy}`) ?? null),
    })),
  };
}

const measures: Readonly<Record<KeyContent['by'], string>> = {
  leads: 'by the leads opened in the month',
  value: 'by the value of the deals won in the month',
  hours: 'by hours as stated',
  fixed: 'by fixed shares',
};

/** “Salaries and tools of marketing without a campaign, spread onto campaigns by the leads opened in the month.” */
function sentenceOf({ applies, onto, by }: KeyContent, teams: ReadonlyMap<string, string>): string {
  const words = applies.categories.map((category) => categoryLabels[category]);
  const what =
    words.length === 0 ? 'Costs' : words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!.toLowerCase()}`;
  const whose = applies.side ? ` of ${applies.side}` : '';
  const team = applies.teamId ? ` of team ${teams.get(applies.teamId) ?? applies.teamId}` : '';
  return `${what}${whose}${team} without a ${onto}, spread onto ${onto}s ${measures[by]}.`;
}

// ── applied ─────────────────────────────────────────────────────────────────

/** What a key does with a month's costs, target by target. Not inside a transaction. @throws Problem not-found (key; or it doesn't count in the month) */
export async function appliedKey(database: Database, who: Who, keyId: string, asked: string | undefined): Promise<AppliedKey> {
  const read = await database.inWorkspace(who.workspaceId, (tx) => readApplied(tx, who, keyId, asked), { snapshot: true });
  const keys = (await keysOfMonths(database, who.workspaceId, read.state, [read.month])).get(read.month)!;
  const key = keys.find((each) => each.keyId === keyId);
  if (!key) throw notFound(`allocation key in ${read.month}`);
  return database.inWorkspace(who.workspaceId, (tx) => answer(tx, who, read, keys, key));
}

interface Read {
  readonly month: string;
  readonly now: LedgerNow;
  readonly state: KeyState;
  readonly cells: ReadonlyMap<KeyContent['onto'], readonly PoolCell[]>;
}

async function readApplied(tx: Tx, who: Who, keyId: string, asked: string | undefined): Promise<Read> {
  const now = await ledgerNow(tx, who.workspaceId);
  const month = asked ?? monthOf(now.today);
  const state = await readKeyState(tx, who.workspaceId);
  const targets = new Set(state.versions.filter((version) => version.keyId === keyId).map(({ content }) => content.onto));
  if (targets.size === 0) throw notFound('allocation key');
  const cells = new Map<KeyContent['onto'], readonly PoolCell[]>();
  const days = { start: firstDayOf(month), end: lastDayOf(month) };
  for (const onto of targets) cells.set(onto, await poolOf(tx, who.workspaceId, onto, { ...days, pay: payVisible(who) }));
  return { month, now, state, cells };
}

async function answer(tx: Tx, who: Who, { month, now, state, cells }: Read, keys: readonly MonthKey[], key: MonthKey): Promise<AppliedKey> {
  const { onto, by } = key.content;
  const pool = (cells.get(onto) ?? []).filter((cell) => keyFor(cell, onto, keys)?.keyId === key.keyId);
  const targets = [...key.weights.keys()];
  const sums = targets.map(() => ({ marketing: 0n, sales: 0n }));
  let notAllocated = 0n;
  for (const cell of pool) {
    const parts = allocate(cell.amount, [...key.weights.values()]);
    if (parts) for (const [at, part] of parts.entries()) sums[at]![cell.side] += part;
    else notAllocated += cell.amount;
  }
  const label = await groupLabels(tx, who.workspaceId, onto, targets);
  const teams = await teamNames(tx, who.workspaceId, key.content.applies.teamId ? [key.content.applies.teamId] : []);
  const whole = [...key.weights.values()].reduce((sum, weight) => sum + weight, 0n);
  const rows = targets.map((target, at) => ({
    target,
    label: label(target),
    weight: weightText(by, key.weights.get(target)!, now.currency),
    share: whole === 0n ? 0 : Number(key.weights.get(target)!) / Number(whole),
    marketing: String(sums[at]!.marketing),
    sales: String(sums[at]!.sales),
    amount: String(sums[at]!.marketing + sums[at]!.sales),
  }));
  const total = sumOf(pool, 'marketing') + sumOf(pool, 'sales');
  const spread = sums.reduce((sum, each) => sum + each.marketing + each.sales, 0n);
  return {
    ...{ keyId: key.keyId, name: key.name, number: key.number, month, onto, by, currency: now.currency },
    weights: state.closed.has(month) ? 'asClosed' : 'asOfNow',
    sentence: sentenceOf(key.content, teams),
    pool: {
      ...{ marketing: String(sumOf(pool, 'marketing')), sales: String(sumOf(pool, 'sales')), total: String(total) },
      entries: pool.reduce((sum, { entries }) => sum + entries, 0),
      recordsUrl: poolUrl(key.content, month),
    },
    rows,
    notAllocated: String(notAllocated),
    difference: String(total - spread - notAllocated),
    notes: notesOf(key, pool, keys, who),
  };
}

const sumOf = (pool: readonly PoolCell[], side: PoolCell['side']): bigint =>
  pool.reduce((sum, cell) => (cell.side === side ? sum + cell.amount : sum), 0n);

/** Stated weights are kept in ten-thousandths, value in minor units. */
function weightText(by: KeyContent['by'], weight: bigint, currency: string): string {
  if (by === 'leads') return String(weight);
  if (by === 'value') return majorUnits(String(weight), currency);
  const digits = String(weight).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
}

function poolUrl({ applies, onto }: KeyContent, month: string): string {
  const only = applies.categories.length === 1 ? { category: applies.categories[0] } : {};
  return costsUrl(
    { start: firstDayOf(month), end: lastDayOf(month), side: applies.side ?? undefined, teamId: applies.teamId ?? undefined, ...only },
    onto,
    null,
  );
}

function notesOf(key: MonthKey, pool: readonly PoolCell[], keys: readonly MonthKey[], who: Who): string[] {
  const { onto } = key.content;
  const pay = payVisible(who);
  const hidden = costSides.filter((side) => !pay[side]);
  const before = keys.slice(0, keys.indexOf(key)).filter(({ content }) => content.onto === onto);
  return [
    ...(key.weights.size === 0 && pool.length > 0 ? [`Nothing to weigh by in this month: the costs stay without a ${onto}.`] : []),
    ...(before.length > 0 ? [`Asked after ${before.map(({ name }) => `“${name}”`).join(', ')}: what those spread is not in it.`] : []),
    ...(hidden.length > 0 ? [`Pay of ${hidden.join(' and ')} is not in it.`] : []),
  ];
}
