/** From SQL to won or lost: amount, stages, the executive's touches. */

import {
  channelOf,
  dealStageProbability,
  dealStages,
  expansionPipeline,
  lostReasons,
  marketingOwnedReasons,
  pipeline,
  products,
  replySubjects,
} from './catalogue.ts';
import type { Member } from './company.ts';
import { winChance } from './curve.ts';
import { exponential, normalOf } from './numbers.ts';
import { segments, world } from './parameters.ts';
import type { Account } from './population.ts';
import { between, type Lead, type Run } from './run.ts';
import { streams } from './streams.ts';
import { customerEmail, repCall, repEmail, repMeeting, writeTouch } from './touches.ts';
import { afterWorking } from './workday.ts';

const email = channelOf('Email');
const amountMedian = segments.map((segment) => world.amountMedianCents[segment]);
const cycleMedian = segments.map((segment) => world.cycleMedianDays[segment]);
const stageShares = [0, 0.25, 0.5, 0.8];

/** The draws that decide a lead after a conversation; the same under any follow-up. */
export function drawWorth(run: Run, lead: Lead): void {
  const chance = run.chance.reseed(streams.deal, lead.index);
  lead.sqlDraw = chance.next();
  lead.dealDraw = chance.next();
  lead.winDraw = chance.next();
  lead.amountCents =
    10000 * Math.round(((amountMedian[lead.segment] as number) * exponential(world.amountSigma * normalOf(chance.next()))) / 10000);
}

/** The executive who works an account at an instant. */
export function executiveOf(run: Run, account: Account, at: number): Member {
  const team = run.company.executives[account.country.region];
  const owner = team[account.owner % team.length] as Member;
  return owner.startsOn * 86400 <= at ? owner : (team[0] as Member);
}

export interface DealRow {
  index: number;
  type: string;
  name: string;
  account: Account;
  contactRow: number;
  lead: number;
  campaign: number;
  stage: string;
  status: 'open' | 'won' | 'lost';
  product: string;
  amountCents: number;
  probability: number;
  owner: Member;
  sdr: Member | undefined;
  openedAt: number;
  expectedCloseOn: number;
  closedAt: number;
  lostReason: string;
}

/** Opens and works the deal of a qualified lead; returns its row when won. */
export function workDeal(run: Run, lead: Lead, metAt: number): DealRow | undefined {
  const { chance } = run;
  const owner = executiveOf(run, lead.account, metAt);
  const qualifiedAt = metAt + 2700;
  if (qualifiedAt >= run.end) return undefined;
  lead.sqlAt = qualifiedAt;
  lead.status = 'Qualified';
  lead.executive = owner;
  const openedAt = afterWorking(owner, qualifiedAt, between(chance, 0.3, 9));
  if (lead.dealDraw >= world.dealShareOfSql || openedAt >= run.end) return undefined;
  lead.dealAt = openedAt;
  lead.valueCents = lead.amountCents;
  lead.status = 'Opportunity';
  const wins = lead.winDraw < winChance(lead, run.behaviour.winMisfit, lead.participated);
  const cycle = 86400 * (cycleMedian[lead.segment] as number) * exponential(world.cycleSigma * normalOf(chance.next()));
  const lasts = wins ? cycle : cycle * (0.2 + 0.8 * chance.next());
  const closesAt = afterWorking(owner, openedAt + Math.floor(lasts), 0);
  const deal: DealRow = {
    index: run.writers['deals.csv'].rows,
    type: 'New business',
    name: `${lead.account.name} – ${products[lead.segment]}`,
    account: lead.account,
    contactRow: lead.contactRow,
    lead: lead.index,
    campaign: lead.campaign ? lead.campaign.index : -1,
    stage: dealStages[0],
    status: 'open',
    product: products[lead.segment] as string,
    amountCents: lead.amountCents,
    probability: dealStageProbability[0],
    owner,
    sdr: lead.sdr,
    openedAt,
    expectedCloseOn: Math.floor((openedAt + cycle * (0.75 + 0.5 * chance.next())) / 86400),
    closedAt: 0,
    lostReason: '',
  };
  passStages(run, lead, deal, cycle, closesAt);
  if (closesAt < run.end) close(run, lead, deal, closesAt, wins);
  writeDeal(run, deal);
  return deal.status === 'won' ? deal : undefined;
}

function passStages(run: Run, lead: Lead, deal: DealRow, cycle: number, closesAt: number): void {
  for (let i = 0; i < dealStages.length; i++) {
    const at = i === 0 ? deal.openedAt : afterWorking(deal.owner, deal.openedAt + Math.floor(cycle * (stageShares[i] as number)), 0);
    if (at >= run.end || at >= closesAt) return;
    deal.stage = dealStages[i] as string;
    deal.probability = dealStageProbability[i] as number;
    writeDealStage(run, deal.index, deal.stage, at);
    touchInStage(run, lead, deal, i, Math.min(at + 86400, closesAt));
  }
}

function touchInStage(run: Run, lead: Lead, deal: DealRow, stage: number, around: number): void {
  const { chance } = run;
  const at = afterWorking(deal.owner, around, chance.below(7200));
  const draw = chance.next();
  if (draw < 0.45) writeTouch(run, lead, repMeeting, at, -1, 'Held', `${dealStages[stage]} meeting`, deal.owner, deal.index, false);
  else if (draw < 0.7) writeTouch(run, lead, repCall, at, -1, 'Connected', '', deal.owner, deal.index, false);
  else writeTouch(run, lead, repEmail, at, email, 'Sent', `${dealStages[stage]}: next steps`, deal.owner, deal.index, false);
  if (draw >= 0.7 && chance.happens(0.7))
    writeTouch(
      run,
      lead,
      customerEmail,
      at + 600 + chance.below(40000),
      email,
      'Replied',
      chance.oneOf(replySubjects),
      undefined,
      deal.index,
      false,
    );
}

function close(run: Run, lead: Lead, deal: DealRow, closesAt: number, wins: boolean): void {
  deal.closedAt = closesAt;
  deal.status = wins ? 'won' : 'lost';
  deal.stage = wins ? 'Closed won' : 'Closed lost';
  deal.probability = wins ? 100 : 0;
  writeDealStage(run, deal.index, deal.stage, closesAt);
  if (wins) {
    lead.wonAt = closesAt;
    lead.status = 'Customer';
    return;
  }
  const ownedByMarketing = run.chance.happens(lead.misfit ? 0.45 : 0.07);
  deal.lostReason = run.chance.oneOf(
    ownedByMarketing ? marketingOwnedReasons : lostReasons.slice(0, lostReasons.length - marketingOwnedReasons.length),
  );
  lead.lostAt = closesAt;
  lead.lostReason = deal.lostReason;
  lead.status = 'Closed lost';
  run.truth.lostDeal(deal.amountCents, ownedByMarketing);
}

export function writeDealStage(run: Run, deal: number, stage: string, at: number): void {
  const row = run.writers['deal_stages.csv'];
  row.id('S', row.rows);
  row.id('D', deal);
  row.word(stage);
  row.instant(at);
  row.endRow();
}

export function writeDeal(run: Run, deal: DealRow): void {
  const row = run.writers['deals.csv'];
  row.id('D', deal.index);
  row.text(deal.name);
  row.id('A', deal.account.index);
  row.id('C', deal.contactRow);
  row.id('L', deal.lead);
  row.id('K', deal.campaign);
  row.word(deal.type);
  row.word(deal.type === 'Expansion' ? expansionPipeline : pipeline);
  row.word(deal.stage);
  row.word(deal.status);
  row.word(deal.product);
  row.word(segments[deal.account.segment] as string);
  row.amount(deal.amountCents);
  row.word(run.currency);
  row.integer(deal.probability);
  row.word(deal.owner.email);
  row.word(deal.sdr ? deal.sdr.email : '');
  row.instant(deal.openedAt);
  row.day(deal.expectedCloseOn);
  row.instant(deal.closedAt);
  row.word(deal.lostReason);
  row.endRow();
  run.truth.countDeal(deal.type, deal.status, deal.amountCents);
}
