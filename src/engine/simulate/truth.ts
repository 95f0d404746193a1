/** Counts and sums of what is true of a run, gathered while it runs; `truth.json` is made from them. */

import { channels, marketingOwnedReasons } from './catalogue.ts';
import type { Campaign } from './campaigns.ts';
import { winAfterTalk } from './curve.ts';
import { isoDay } from './days.ts';
import { segments, world, type Behaviour } from './parameters.ts';
import type { Lead } from './run.ts';
import type { TouchShape } from './touches.ts';

/** Stages in the order of the table of fields, with whether a lead reached each. */
export const stageFields = [
  'openedAt',
  'mqlAt',
  'salAt',
  'sqlAt',
  'dealAt',
  'wonAt',
  'lostAt',
  'rejectedAt',
  'recycledAt',
  'disqualifiedAt',
] as const;
const stageNames = ['inquiry', 'mql', 'sal', 'sql', 'deal', 'won', 'lost', 'rejected', 'recycled', 'disqualified'];
const valueAt = stageFields.length;
const wonValueAt = valueAt + 1;
const groupWidth = wonValueAt + 1;

const campaignFigures = [
  'leads',
  'incrementalLeads',
  'mqls',
  'mqlsNeverWorked',
  'won',
  'incrementalWon',
  'expectedWins',
  'expectedIncrementalWins',
  'expectedWinsByParticipation',
  'wonRevenueCents',
  'incrementalWonRevenueCents',
  'mediaCents',
] as const;
export type CampaignFigure = (typeof campaignFigures)[number];
const causes = ['neverWorkedIgnored', 'neverWorkedNoCapacity', 'slowFirstTouch', 'tooFewAttempts', 'rejectedThoughFit'] as const;
type Cause = (typeof causes)[number];

interface Loss {
  leads: number;
  expectedWins: number;
  expectedCents: number;
}

/** Nothing is lost or gained below so many, in sums of probabilities that are printed. */
const rounded = (x: number): number => Math.round(x * 1e6) / 1e6;
/** Amounts in JSON are decimal strings of minor units. */
const cents = (x: number): string => String(x);

export class Truth {
  lateTouches = 0;
  duplicatesOtherCase = 0;
  duplicatesOtherEmail = 0;
  leadsOnDuplicates = 0;
  missingPhones = 0;
  private readonly paying: { readonly on: number; customers: number; cents: number }[];
  private readonly campaigns: readonly Campaign[];
  private readonly behaviour: Behaviour;
  private readonly groups: Record<'origin' | 'channel' | 'campaign' | 'segment', Map<string, Float64Array>> = {
    origin: new Map(),
    channel: new Map(),
    campaign: new Map(),
    segment: new Map(),
  };
  private readonly total = new Float64Array(groupWidth);
  private readonly atStage = new Float64Array(stageFields.length);
  private readonly perCampaign: Record<CampaignFigure, number>[];
  private readonly channelWins = new Float64Array(channels.length);
  private readonly channelCents = new Float64Array(channels.length);
  private readonly losses = Object.fromEntries(causes.map((cause) => [cause, { leads: 0, expectedWins: 0, expectedCents: 0 }])) as Record<
    Cause,
    Loss
  >;
  private readonly pairedSlow = { wins: 0, cents: 0 };
  private readonly speed: Record<string, number> = { within1h: 0, within4h: 0, within24h: 0, within72h: 0, later: 0, never: 0 };
  private readonly rejections = { leads: 0, ofFits: 0, repMinutes: 0 };
  private readonly autoReplies = { marked: 0, unmarked: 0 };
  private readonly lost = { deals: 0, cents: 0, marketingOwnedDeals: 0, marketingOwnedCents: 0 };
  private readonly customers = {
    wonFit: 0,
    wonMisfit: 0,
    existing: 0,
    churned: 0,
    churnedMisfit: 0,
    churnedOnlyForMisfit: 0,
    churnedBeforeStart: 0,
    churnedYearlyCents: 0,
    churnedMisfitYearlyCents: 0,
    churnedOnlyForMisfitYearlyCents: 0,
  };
  private readonly touches: Map<TouchShape, number> = new Map();
  private readonly deals: Map<string, { count: number; cents: number }> = new Map();
  private readonly revenue: Map<string, { count: number; cents: number }> = new Map();
  private readonly costs: Map<string, { count: number; cents: number }> = new Map();
  private readonly unsettled = { mqls: 0 };
  private emptyOrigins = 0;
  private unknownOrigins = 0;
  private nextCycles = 0;

  /** @param monthEnds days on which what customers pay is told, in order */
  constructor(campaigns: readonly Campaign[], behaviour: Behaviour, monthEnds: readonly number[]) {
    this.paying = monthEnds.map((on) => ({ on, customers: 0, cents: 0 }));
    this.campaigns = campaigns;
    this.behaviour = behaviour;
    this.perCampaign = campaigns.map(
      () => Object.fromEntries(campaignFigures.map((figure) => [figure, 0])) as Record<CampaignFigure, number>,
    );
  }

  /** A lead whose life is told to the end of the period. */
  countLead(lead: Lead): void {
    this.countStages(lead);
    if (lead.origin === '') this.emptyOrigins++;
    if (lead.origin === 'unknown') this.unknownOrigins++;
    if (lead.cycle > 1) this.nextCycles++;
    if (lead.mqlAt > 0) this.countSpeed(lead);
    this.countContribution(lead);
  }

  private countStages(lead: Lead): void {
    let stage = 0;
    let latest = 0;
    const rows = [
      this.total,
      rowOf(this.groups.origin, lead.origin),
      rowOf(this.groups.channel, (channels[lead.channel] as { name: string }).name),
      rowOf(this.groups.campaign, lead.campaign ? campaignId(lead.campaign.index) : ''),
      rowOf(this.groups.segment, segments[lead.segment] as string),
    ];
    for (let i = 0; i < stageFields.length; i++) {
      const at = lead[stageFields[i] as (typeof stageFields)[number]];
      if (at === 0) continue;
      for (const row of rows) row[i] = (row[i] as number) + 1;
      if (i > 0 && at >= latest) {
        latest = at;
        stage = i;
      }
    }
    for (const row of rows) {
      row[valueAt] = (row[valueAt] as number) + lead.valueCents;
      if (lead.wonAt > 0) row[wonValueAt] = (row[wonValueAt] as number) + lead.valueCents;
    }
    this.atStage[stage] = (this.atStage[stage] as number) + 1;
  }

  private countSpeed(lead: Lead): void {
    const hours = (lead.firstAttemptAt - lead.mqlAt) / 3600;
    const bucket =
      lead.firstAttemptAt === 0
        ? 'never'
        : hours <= 1
          ? 'within1h'
          : hours <= 4
            ? 'within4h'
            : hours <= 24
              ? 'within24h'
              : hours <= 72
                ? 'within72h'
                : 'later';
    this.speed[bucket] = (this.speed[bucket] as number) + 1;
  }

  /** True contribution of channels and campaigns: chance of a win as followed up, with and without each. */
  private countContribution(lead: Lead): void {
    const figures = lead.campaign ? (this.perCampaign[lead.campaign.index] as Record<CampaignFigure, number>) : undefined;
    if (figures) {
      figures.leads++;
      if (lead.incremental) figures.incrementalLeads++;
      if (lead.mqlAt > 0) figures.mqls++;
      if (lead.wonAt > 0) {
        figures.won++;
        figures.wonRevenueCents += lead.valueCents;
        if (lead.incremental) {
          figures.incrementalWon++;
          figures.incrementalWonRevenueCents += lead.valueCents;
        }
      }
    }
    if (lead.reach === 0) return;
    const wins = lead.reach * winAfterTalk(lead, this.behaviour.winMisfit);
    if (figures) {
      figures.expectedWins += wins;
      if (lead.incremental) figures.expectedIncrementalWins += wins;
      if (lead.participated)
        figures.expectedWinsByParticipation += wins - lead.reach * winAfterTalk(lead, this.behaviour.winMisfit, lead.push, false);
    }
    for (let channel = 0; channel < channels.length; channel++) {
      if (!(lead.journey & (1 << channel))) continue;
      const without =
        channel === lead.channel && lead.incremental
          ? 0
          : lead.reach * winAfterTalk(lead, this.behaviour.winMisfit, lead.push - (channels[channel] as { push: number }).push);
      this.channelWins[channel] = (this.channelWins[channel] as number) + wins - without;
      this.channelCents[channel] = (this.channelCents[channel] as number) + Math.round((wins - without) * lead.amountCents);
    }
  }

  neverWorked(lead: Lead, why: 'ignored' | 'no capacity', settled: boolean, best: number): void {
    if (lead.campaign) (this.perCampaign[lead.campaign.index] as Record<CampaignFigure, number>).mqlsNeverWorked++;
    if (!settled) this.unsettled.mqls++;
    else this.lose(why === 'ignored' ? 'neverWorkedIgnored' : 'neverWorkedNoCapacity', lead, best);
  }

  rejected(lead: Lead, minutes: number, best: number): void {
    this.rejections.leads++;
    this.rejections.repMinutes += minutes;
    if (lead.misfit) return;
    this.rejections.ofFits++;
    if (best > 0) this.lose('rejectedThoughFit', lead, best);
  }

  worked(lead: Lead, slow: number, few: number, pairedLoss: boolean): void {
    this.lose('slowFirstTouch', lead, slow);
    this.lose('tooFewAttempts', lead, few);
    if (!pairedLoss) return;
    this.pairedSlow.wins++;
    this.pairedSlow.cents += lead.amountCents;
  }

  private lose(cause: Cause, lead: Lead, wins: number): void {
    const loss = this.losses[cause];
    loss.leads++;
    loss.expectedWins += wins;
    loss.expectedCents += Math.round(wins * lead.amountCents);
  }

  autoReply(unmarked: boolean): void {
    if (unmarked) this.autoReplies.unmarked++;
    else this.autoReplies.marked++;
  }

  lostDeal(amountCents: number, marketingOwned: boolean): void {
    this.lost.deals++;
    this.lost.cents += amountCents;
    if (!marketingOwned) return;
    this.lost.marketingOwnedDeals++;
    this.lost.marketingOwnedCents += amountCents;
  }

  won(misfit: boolean, withinPeriod: boolean): void {
    if (!withinPeriod) this.customers.existing++;
    else if (misfit) this.customers.wonMisfit++;
    else this.customers.wonFit++;
  }

  churned(misfit: boolean, yearlyCents: number, onlyForMisfit: boolean, withinPeriod: boolean): void {
    const { customers } = this;
    if (!withinPeriod) {
      customers.churnedBeforeStart++;
      return;
    }
    customers.churned++;
    customers.churnedYearlyCents += yearlyCents;
    if (!misfit) return;
    customers.churnedMisfit++;
    customers.churnedMisfitYearlyCents += yearlyCents;
    if (!onlyForMisfit) return;
    customers.churnedOnlyForMisfit++;
    customers.churnedOnlyForMisfitYearlyCents += yearlyCents;
  }

  /** A customer pays so much a month from one day until before another. */
  paid(from: number, until: number, cents: number): void {
    for (const each of this.paying)
      if (from <= each.on && each.on < until) {
        each.customers++;
        each.cents += cents;
      }
  }

  countTouch(shape: TouchShape): void {
    this.touches.set(shape, (this.touches.get(shape) ?? 0) + 1);
  }

  countDeal(type: string, status: string, amountCents: number): void {
    add(this.deals, `${type}, ${status}`, amountCents);
  }

  countRevenue(kind: string, amountCents: number, _day: number): void {
    add(this.revenue, kind, amountCents);
  }

  countCost(side: string, category: string, amountCents: number, campaign: number): void {
    add(this.costs, `${side} ${category}`, amountCents);
    if (campaign >= 0) (this.perCampaign[campaign] as Record<CampaignFigure, number>).mediaCents += amountCents;
  }

  figuresOf(campaign: number): Readonly<Record<CampaignFigure, number>> {
    return this.perCampaign[campaign] as Record<CampaignFigure, number>;
  }

  /** The JSON of `truth.json`, apart from the run's arguments and the rows of each file. */
  describe(): Record<string, unknown> {
    return {
      stages: {
        all: describeRow(this.total),
        by: Object.fromEntries(Object.entries(this.groups).map(([dimension, rows]) => [dimension, describeRows(rows)])),
      },
      atStage: Object.fromEntries(stageNames.map((name, i) => [name, this.atStage[i]])),
      speedToFirstAttempt: this.speed,
      lostExpected: Object.fromEntries(causes.map((cause) => [cause, describeLoss(this.losses[cause])])),
      lostPairedBySlowFirstTouch: { wins: this.pairedSlow.wins, revenue: cents(this.pairedSlow.cents) },
      costOfMisalignment: this.describeCost(),
      neverWorkedUnsettled: this.unsettled.mqls,
      rejections: { ...this.rejections, repHours: rounded(this.rejections.repMinutes / 60) },
      campaigns: this.campaigns.map((campaign) => describeCampaign(campaign, this.figuresOf(campaign.index))),
      channels: channels.map((channel, i) => ({
        channel: channel.name,
        push: channel.push,
        expectedWins: rounded(this.channelWins[i] as number),
        expectedRevenue: cents(this.channelCents[i] as number),
      })),
      customers: Object.fromEntries(
        Object.entries(this.customers).map(([name, value]) => (name.endsWith('Cents') ? [name.slice(0, -5), cents(value)] : [name, value])),
      ),
      recurring: this.paying.map(({ on, customers, cents: monthly }) => ({ on: isoDay(on), customers, monthly: cents(monthly) })),
      lostDeals: {
        deals: this.lost.deals,
        amount: cents(this.lost.cents),
        marketingOwnedDeals: this.lost.marketingOwnedDeals,
        marketingOwnedAmount: cents(this.lost.marketingOwnedCents),
        marketingOwnedReasons,
      },
      deals: describeSums(this.deals),
      revenue: describeSums(this.revenue),
      costs: describeSums(this.costs),
      touches: describeTouches(this.touches),
      mess: {
        duplicateContactsOtherCase: this.duplicatesOtherCase,
        duplicateContactsOtherEmail: this.duplicatesOtherEmail,
        leadsPointingToDuplicates: this.leadsOnDuplicates,
        contactsWithoutPhone: this.missingPhones,
        leadsWithBlankOrigin: this.emptyOrigins,
        leadsWithUnknownOrigin: this.unknownOrigins,
        leadsOfLaterCycle: this.nextCycles,
        autoRepliesMarked: this.autoReplies.marked,
        autoRepliesUnmarked: this.autoReplies.unmarked,
        lateRecordedTouches: this.lateTouches,
      },
    };
  }

  private describeCost(): Record<string, string> {
    const { losses } = this;
    const unfollowed = this.perCampaign.reduce(
      (sum, { mediaCents, mqls, mqlsNeverWorked }) => sum + (mqls === 0 ? 0 : Math.round((mediaCents * mqlsNeverWorked) / mqls)),
      0,
    );
    return {
      leadsNeverWorked: cents(losses.neverWorkedIgnored.expectedCents + losses.neverWorkedNoCapacity.expectedCents),
      slowFirstTouch: cents(losses.slowFirstTouch.expectedCents),
      tooFewAttempts: cents(losses.tooFewAttempts.expectedCents),
      rejectedThoughFit: cents(losses.rejectedThoughFit.expectedCents),
      repHoursOnRejected: cents(Math.round((this.rejections.repMinutes * world.repHourCents) / 60)),
      spendOnCampaignsNotFollowed: cents(unfollowed),
      dealsLostForMarketingsReasons: cents(this.lost.marketingOwnedCents),
      churnOnlyForMisfit: cents(this.customers.churnedOnlyForMisfitYearlyCents),
    };
  }
}

export const campaignId = (index: number): string => `K-${1000001 + index}`;

function rowOf(rows: Map<string, Float64Array>, key: string): Float64Array {
  let row = rows.get(key);
  if (!row) rows.set(key, (row = new Float64Array(groupWidth)));
  return row;
}

function add(sums: Map<string, { count: number; cents: number }>, key: string, amount: number): void {
  const sum = sums.get(key);
  if (!sum) sums.set(key, { count: 1, cents: amount });
  else {
    sum.count++;
    sum.cents += amount;
  }
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);

const describeRow = (row: Float64Array): object => ({
  reached: Object.fromEntries(stageNames.map((name, i) => [name, row[i]])),
  value: cents(row[valueAt] as number),
  wonValue: cents(row[wonValueAt] as number),
});
const describeRows = (rows: Map<string, Float64Array>): object =>
  Object.fromEntries([...rows].sort(byKey).map(([key, row]) => [key, describeRow(row)]));
const describeSums = (sums: Map<string, { count: number; cents: number }>): object =>
  Object.fromEntries([...sums].sort(byKey).map(([key, sum]) => [key, { count: sum.count, amount: cents(sum.cents) }]));
const describeLoss = (loss: Loss): object => ({ leads: loss.leads, wins: rounded(loss.expectedWins), revenue: cents(loss.expectedCents) });

function describeTouches(touches: Map<TouchShape, number>): object {
  const sums: Record<string, number> = {};
  for (const [{ side, kind }, count] of touches) sums[`${side} ${kind}`] = (sums[`${side} ${kind}`] ?? 0) + count;
  return Object.fromEntries(Object.entries(sums).sort(byKey));
}

function describeCampaign(campaign: Campaign, figures: Readonly<Record<CampaignFigure, number>>): object {
  return {
    id: campaignId(campaign.index),
    name: campaign.name,
    channel: (channels[campaign.channel] as { name: string }).name,
    quality: rounded(campaign.quality),
    incremental: rounded(campaign.incremental),
    ...Object.fromEntries(
      campaignFigures.map((figure) =>
        figure.endsWith('Cents') ? [figure.slice(0, -5), cents(figures[figure])] : [figure, rounded(figures[figure])],
      ),
    ),
  };
}
