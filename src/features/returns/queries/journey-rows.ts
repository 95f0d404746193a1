/** Computed journeys as the rows that are stored: journeys, and the credit of each of their touches. */

import { creditJourney, shareAmount } from '#engine/attribution/credit.ts';
import { type RuleModel, ruleModels } from '#engine/attribution/models.ts';
import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { JourneyGround } from './attribution-setting.ts';
import type { ComputedJourney } from './compute-journeys.ts';
import type { UnitsConversion } from './unit-conversions.ts';
import { convertedBytes, digestOf, hasConversion, journeySides, noAmountStated, noRate, openBytes } from './journey-bytes.ts';
import type { JourneyTouch } from './journey-touches.ts';
import type { JourneyWords } from './journey-words.ts';
import type { TouchChannels } from './touch-channels.ts';

/** A row of `journeys`; instants are microseconds since 1970. */
export interface JourneyRow {
  readonly unitId: string;
  readonly place: number;
  readonly firstAt: number | null;
  readonly convertedAt: number | null;
  readonly conversionId: string | null;
  readonly amount: bigint | null;
  readonly accountId: string | null;
  readonly contactId: string | null;
  readonly leadId: string | null;
  readonly dealId: string | null;
  readonly segment: string | null;
  readonly touchCount: number;
  readonly touches: Buffer;
}

/** A row of `attribution_credits`. */
export interface CreditRow {
  readonly unitId: string;
  readonly place: number;
  readonly touchNo: number;
  readonly touchId: string;
  readonly touchAt: number;
  readonly convertedAt: number;
  readonly conversionId: string;
  readonly side: string;
  readonly kind: string;
  readonly channel: string;
  readonly content: string | null;
  readonly segment: string | null;
  readonly campaignId: string | null;
  readonly memberId: string | null;
  /** In the order of `ruleModels`. */
  readonly credits: readonly bigint[];
}

export const journeyKey = ({ unitId, place }: { readonly unitId: string; readonly place: number }): string => `${unitId} ${place}`;

/** Whole seconds since 1970 that 32 bits hold; what lies outside is moved to the nearest. */
const secondOf = (microseconds: number): number => Math.min(2 ** 32 - 1, Math.max(0, Math.floor(microseconds / 1_000_000)));

export function rowOfJourney(journey: ComputedJourney, channels: TouchChannels, words: JourneyWords): JourneyRow {
  const { unitId, place, conversion, touches, segment } = journey;
  return {
    unitId,
    place,
    firstAt: touches[0]?.at ?? null,
    convertedAt: conversion?.at ?? null,
    conversionId: conversion?.id ?? null,
    amount: conversion?.amount ?? null,
    accountId: conversion?.account ?? null,
    contactId: conversion?.contact ?? null,
    leadId: conversion?.lead ?? null,
    dealId: conversion?.deal ?? null,
    segment,
    touchCount: touches.length,
    touches: conversion ? convertedTouches(journey, conversion, channels, words) : openTouches(touches, channels, words),
  };
}

const openTouches = (touches: readonly JourneyTouch[], channels: TouchChannels, words: JourneyWords): Buffer =>
  openBytes(
    secondOf(touches.at(-1)!.at),
    touches.map((touch) => words.codeOf('channel', channels.groupOf(touch))),
  );

function convertedTouches(
  { touches, lead, deal }: ComputedJourney,
  { whyNoAmount, currency }: UnitsConversion,
  channels: TouchChannels,
  words: JourneyWords,
): Buffer {
  const flags = hasConversion | (whyNoAmount === 'notStated' ? noAmountStated : 0) | (whyNoAmount === 'noRate' ? noRate : 0);
  const head = {
    flags,
    currency: whyNoAmount === 'noRate' ? (currency ?? '') : '',
    digest: digestOf(touches.map(({ id }) => id)),
    lead,
    deal,
  };
  return convertedBytes(head, {
    seconds: touches.map(({ at }) => secondOf(at)),
    channels: touches.map((touch) => words.codeOf('channel', channels.groupOf(touch))),
    campaigns: touches.map((touch) => words.codeOf('campaign', channels.campaignOf(touch))),
    contents: touches.map(({ content }) => words.codeOf('content', content)),
    members: touches.map(({ member }) => words.codeOf('member', member)),
    sides: touches.map(({ side }) => (journeySides as readonly string[]).indexOf(side)),
  });
}

/** What each touch earns by every rule model; by each they add up to the conversion's amount, or 0 where it has none. */
export function creditsOf(journey: ComputedJourney, { content }: JourneyGround, channels: TouchChannels): CreditRow[] {
  const { unitId, place, conversion, touches, segment } = journey;
  if (!conversion || touches.length === 0) return [];
  const converted = secondOf(conversion.at);
  const shape = {
    touches: touches.length,
    ages: touches.map(({ at }) => converted - secondOf(at)),
    lead: journey.lead,
    deal: journey.deal,
  };
  const amount = conversion.amount ?? 0n;
  const options = { halfLifeSeconds: content.halfLifeDays * 86_400 };
  const parts = ruleModels.map((model) => (amount === 0n ? null : shareAmount(amount, creditJourney(model, shape, options))));
  return touches.map((touch, at) => ({
    unitId,
    place,
    touchNo: at + 1,
    touchId: touch.id,
    touchAt: touch.at,
    convertedAt: conversion.at,
    conversionId: conversion.id,
    side: touch.side,
    kind: touch.kind,
    channel: channels.groupOf(touch),
    content: touch.content,
    segment,
    campaignId: channels.campaignOf(touch),
    memberId: touch.member,
    credits: parts.map((part) => part?.[at] ?? 0n),
  }));
}

/** Null where the stored row is the same, else the first column that isn't. */
export function unlikeColumn(stored: JourneyRow, computed: JourneyRow): keyof JourneyRow | null {
  for (const column of Object.keys(computed) as (keyof JourneyRow)[])
    if (column === 'touches' ? !stored.touches.equals(computed.touches) : stored[column] !== computed[column]) return column;
  return null;
}

const micros = (column: string) => sql.raw(`(extract(epoch FROM ${column}) * 1000000)::float8`);

/** Those that are, not the stones of those that are no more; by `journeyKey`. */
export async function readJourneyRows(
  tx: Tx,
  workspaceId: WorkspaceId,
  setting: number,
  units: readonly string[],
): Promise<Map<string, JourneyRow>> {
  const { rows } =
    await sql<JourneyRow>`SELECT unit_id AS "unitId", place, ${micros('first_at')} AS "firstAt", ${micros('converted_at')} AS "convertedAt",
      conversion_id AS "conversionId", amount, account_id AS "accountId", contact_id AS "contactId", lead_id AS "leadId", deal_id AS "dealId",
      segment, touch_count AS "touchCount", touches
    FROM journeys WHERE workspace_id = ${workspaceId}::uuid AND setting = ${setting} AND unit_id = ANY(${units}::uuid[]) AND NOT gone`.execute(
      tx,
    );
  return new Map(rows.map((row) => [journeyKey(row), row]));
}

export async function readCreditRows(tx: Tx, workspaceId: WorkspaceId, setting: number, units: readonly string[]): Promise<CreditRow[]> {
  const models = sql.join(ruleModels.map((model) => sql.ref(creditColumns[model])));
  const { rows } =
    await sql<CreditRow>`SELECT unit_id AS "unitId", place, touch_no AS "touchNo", touch_id AS "touchId", ${micros('touch_at')} AS "touchAt",
      ${micros('converted_at')} AS "convertedAt", conversion_id AS "conversionId", side, kind, channel, content, segment, campaign_id AS "campaignId",
      member_id AS "memberId", ARRAY[${models}] AS credits
    FROM attribution_credits WHERE workspace_id = ${workspaceId}::uuid AND setting = ${setting} AND unit_id = ANY(${units}::uuid[])`.execute(
      tx,
    );
  return rows;
}

export const creditColumns: Readonly<Record<RuleModel, string>> = {
  first: 'first',
  last: 'last',
  linear: 'linear',
  u: 'u',
  w: 'w',
  z: 'z',
  j: 'j',
  inverse_j: 'inverse_j',
  time_decay: 'time_decay',
};
