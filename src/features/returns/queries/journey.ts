/** One journey, touch by touch, with what each earns by every rule model, and what didn't count. */

import { sql } from 'kysely';
import { type RuleModel, ruleModels } from '#engine/attribution/models.ts';
import { creditJourney } from '#engine/attribution/credit.ts';
import { type Named, namesOf, type Referenced } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { JourneyAnswer } from '../contract/credits.ts';
import type { JourneyBasis } from '../contract/attribution.ts';
import { touchSides } from '../contract/attribution-pieces.ts';
import { findLiveSettings, type JourneyGround, listSettings } from './attribution-setting.ts';
import { makeGrouping } from './channel-grouping.ts';
import { type ComputedJourney, cutUnit, touchesOfUnits } from './compute-journeys.ts';
import { conversionsOfUnits } from './unit-conversions.ts';
import { bases } from './journey-basis.ts';
import { addNamed, noRecords } from './journey-records.ts';
import { type CreditRow, creditsOf } from './journey-rows.ts';
import type { JourneyTouch } from './journey-touches.ts';
import { readChannels, type TouchChannels } from './touch-channels.ts';

const mostNotCounted = 50;

/** @throws Problem not-found */
export async function getJourney(tx: Tx, workspaceId: WorkspaceId, asked: { unitId: string; place: number }): Promise<JourneyAnswer> {
  const { current } = await findLiveSettings(tx, workspaceId);
  if (!current) throw notFound('journey');
  const unit = await readUnit(tx, workspaceId, current, asked.unitId);
  const journey = unit.journeys[asked.place];
  if (!journey) throw notFound('journey');
  const channels = await readChannels(tx, workspaceId, makeGrouping(current.content.ownRules), unit.touches);
  const names = await namesAround(tx, workspaceId, journey, channels);
  const credits = creditsOf(journey, current, channels);
  const said = await saidByTouches(tx, workspaceId, journey.touches);
  const ownerId = await ownerOf(tx, workspaceId, journey);
  const { conversion } = journey;
  return {
    unitId: asked.unitId,
    place: asked.place,
    setting: (await listSettings(tx, workspaceId, 1, current.setting))[0]!,
    currency: current.currency,
    unit: await unitShown(tx, workspaceId, current.content.basis, asked.unitId),
    account: named(names, 'account', conversion?.account ?? null),
    owner: ownerId ? await memberNamed(tx, workspaceId, ownerId) : null,
    segment: journey.segment,
    conversion: conversion && {
      id: conversion.id,
      kind: conversion.deal === conversion.id ? 'deal' : 'lead',
      name: names.get(`${conversion.deal === conversion.id ? 'deal' : 'lead'} ${conversion.id}`)?.name ?? '',
      at: isoOf(conversion.at),
      amount: conversion.amount?.toString() ?? null,
    },
    windowFrom: conversion && isoOf(conversion.at - current.content.lookBackDays * microsecondsADay),
    touches: journey.touches.map((touch, at) => touchShown(touch, at, { journey, credits, channels, names, said, ground: current })),
    totals: Object.fromEntries(
      conversion && journey.touches.length > 0
        ? ruleModels.map((model, at) => [model, credits.reduce((sum, row) => sum + row.credits[at]!, 0n).toString()])
        : [],
    ),
    notCounted: notCounted(unit.touches, journey, current),
    journeys: unit.journeys.map((each) => ({
      unitId: each.unitId,
      place: each.place,
      convertedAt: each.conversion && isoOf(each.conversion.at),
      amount: each.conversion?.amount?.toString() ?? null,
      touches: each.touches.length,
    })),
  };
}

const microsecondsADay = 86_400_000_000;
const isoOf = (microseconds: number): string => new Date(Math.floor(microseconds / 1000)).toISOString();

/** All touches of a unit, those that don't count too, and its journeys. */
async function readUnit(tx: Tx, workspaceId: WorkspaceId, ground: JourneyGround, unitId: string) {
  const basis = bases[ground.content.basis];
  const records = noRecords();
  const units = new Set([unitId]);
  await basis.addAround(tx, workspaceId, records, [unitId]);
  await addNamed(tx, workspaceId, records);
  const all: JourneyGround = { ...ground, content: { ...ground.content, sides: [...touchSides], automated: true } };
  const touches = (await touchesOfUnits(tx, workspaceId, all, basis, records, units, (ids) => ids)).get(unitId) ?? [];
  const course = (await conversionsOfUnits(tx, workspaceId, ground, basis, records, units)).get(unitId);
  const counted = touches.filter((touch) => whyLeftOut(touch, ground) === null);
  return { touches, journeys: cutUnit(unitId, ground, records, counted, course) };
}

function whyLeftOut({ side, automated }: JourneyTouch, { content }: JourneyGround): string | null {
  if (!(content.sides as readonly string[]).includes(side)) return `touches of ${side} don’t count`;
  if (automated === true && side !== 'marketing' && !content.automated)
    return side === 'sales' ? 'sent by a machine' : 'an automatic reply';
  return null;
}

function notCounted(touches: readonly JourneyTouch[], journey: ComputedJourney, ground: JourneyGround): JourneyAnswer['notCounted'] {
  const counted = new Set(journey.touches.map(({ id }) => id));
  const until = journey.conversion?.at ?? null;
  return touches
    .filter(({ id }) => !counted.has(id))
    .toReversed()
    .slice(0, mostNotCounted)
    .map((touch) => ({
      touchId: touch.id,
      at: isoOf(touch.at),
      side: touch.side,
      kind: touch.kind,
      why: whyLeftOut(touch, ground) ?? when(touch, until),
    }));
}

function when({ at }: JourneyTouch, until: number | null): string {
  if (until === null) return 'before the last conversion, or older than the look-back';
  return at > until ? 'after the conversion' : 'older than the look-back';
}

// ── what is shown of a touch ────────────────────────────────────────────────

interface Around {
  readonly journey: ComputedJourney;
  readonly credits: readonly CreditRow[];
  readonly channels: TouchChannels;
  readonly names: ReadonlyMap<string, Named>;
  readonly said: ReadonlyMap<string, Said>;
  readonly ground: JourneyGround;
}

function touchShown(touch: JourneyTouch, at: number, around: Around): JourneyAnswer['touches'][number] {
  const { journey, channels, names, said } = around;
  const { conversion } = journey;
  return {
    no: at + 1,
    touchId: touch.id,
    at: isoOf(touch.at),
    side: touch.side as (typeof touchSides)[number],
    kind: touch.kind,
    channel: channels.groupOf(touch),
    channelText: touch.channel,
    content: touch.content,
    subject: said.get(touch.id)?.subject ?? null,
    outcome: said.get(touch.id)?.outcome ?? null,
    campaign: named(names, 'campaign', channels.campaignOf(touch)),
    member: named(names, 'member', touch.member),
    contact: said.get(touch.id)?.contact ?? null,
    lead: said.get(touch.id)?.lead ?? null,
    daysBefore: conversion && (conversion.at - touch.at) / microsecondsADay,
    milestones: conversion ? milestonesOf(journey, at) : [],
    credits: conversion ? creditsShown(at, around) : {},
  };
}

function milestonesOf({ touches, lead, deal }: ComputedJourney, at: number): JourneyAnswer['touches'][number]['milestones'] {
  const milestones = { first: 0, lead, deal, last: touches.length - 1 } as const;
  return (['first', 'lead', 'deal', 'last'] as const).filter((name) => milestones[name] === at);
}

function creditsShown(at: number, { journey, credits, ground }: Around): Partial<Record<RuleModel, { share: number; value: string }>> {
  return Object.fromEntries(
    ruleModels.map((model, place) => [
      model,
      { share: sharesBy(journey, model, ground)[at]!, value: credits[at]!.credits[place]!.toString() },
    ]),
  );
}

function sharesBy({ touches, lead, deal, conversion }: ComputedJourney, model: RuleModel, { content }: JourneyGround): number[] {
  const secondOf = (microseconds: number): number => Math.floor(microseconds / 1_000_000);
  const ages = touches.map(({ at }) => secondOf(conversion!.at) - secondOf(at));
  const weights = creditJourney(model, { touches: touches.length, ages, lead, deal }, { halfLifeSeconds: content.halfLifeDays * 86_400 });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / all);
}

interface Said {
  readonly id: string;
  readonly subject: string | null;
  readonly outcome: string | null;
  readonly contact: Named | null;
  readonly lead: Named | null;
}

async function saidByTouches(tx: Tx, workspaceId: WorkspaceId, touches: readonly JourneyTouch[]): Promise<Map<string, Said>> {
  if (touches.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    subject: string | null;
    outcome: string | null;
    contactId: string | null;
    leadId: string | null;
  }>`
    SELECT t.id, t.subject, t.outcome, t.contact_id AS "contactId", t.lead_id AS "leadId" FROM touches t
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${touches.map(({ id }) => id)}::uuid[])
      AND t.occurred_at BETWEEN ${isoOf(touches[0]!.at)}::timestamptz AND ${isoOf(touches.at(-1)!.at + 1000)}::timestamptz`.execute(tx);
  const stated = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null);
  const names = await namesOf(tx, workspaceId, {
    contact: stated(rows.map(({ contactId }) => contactId)),
    lead: stated(rows.map(({ leadId }) => leadId)),
  });
  return new Map(
    rows.map(({ contactId, leadId, ...row }) => [
      row.id,
      { ...row, contact: named(names, 'contact', contactId), lead: named(names, 'lead', leadId) },
    ]),
  );
}

// ── names ───────────────────────────────────────────────────────────────────

const named = (names: ReadonlyMap<string, Named>, kind: Referenced, id: string | null): Named | null =>
  id === null ? null : (names.get(`${kind} ${id}`) ?? null);

function namesAround(tx: Tx, workspaceId: WorkspaceId, { touches, conversion }: ComputedJourney, channels: TouchChannels) {
  return namesOf(tx, workspaceId, {
    campaign: new Set(touches.flatMap((touch) => channels.campaignOf(touch) ?? [])),
    member: new Set(touches.flatMap(({ member }) => member ?? [])),
    account: conversion?.account ? [conversion.account] : [],
    ...(conversion ? { [conversion.deal === conversion.id ? 'deal' : 'lead']: [conversion.id] } : {}),
  });
}

async function ownerOf(tx: Tx, workspaceId: WorkspaceId, { conversion }: ComputedJourney): Promise<string | null> {
  if (!conversion) return null;
  const { rows } = await sql<{ ownerId: string | null }>`SELECT coalesce(d.owner_id, l.owner_id) AS "ownerId" FROM (SELECT) one
    LEFT JOIN deals d ON d.workspace_id = ${workspaceId}::uuid AND d.id = ${conversion.deal}::uuid
    LEFT JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = ${conversion.lead}::uuid`.execute(tx);
  return rows[0]!.ownerId;
}

async function memberNamed(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Named | null> {
  return named(await namesOf(tx, workspaceId, { member: [id] }), 'member', id);
}

/** On a basis, what has no unit of it is one itself: a unit may be of any kind. */
async function unitShown(tx: Tx, workspaceId: WorkspaceId, basis: JourneyBasis, id: string): Promise<JourneyAnswer['unit']> {
  const kinds = ['account', 'contact', 'lead', 'deal'] as const;
  const names = await namesOf(tx, workspaceId, { account: [id], contact: [id], lead: [id], deal: [id] });
  const kind = kinds.find((each) => names.has(`${each} ${id}`)) ?? basis;
  return { kind, id, name: names.get(`${kind} ${id}`)?.name ?? '' };
}
