/** One lead from inquiry to the end of the period. */

import { liveCustomer } from './customer.ts';
import { drawWorth, workDeal } from './deal.ts';
import { beginFollowUp, followUp } from './follow-up.ts';
import { drawSource, writeJourney } from './journey.ts';
import { logistic } from './numbers.ts';
import type { Behaviour } from './parameters.ts';
import { nextAccount, nextContact } from './population.ts';
import { writeAccount, writeCampaignMember, writeContact, writeLead } from './records.ts';
import { takeDue, type ReturningLead } from './returning.ts';
import type { Lead, Run } from './run.ts';
import { streams } from './streams.ts';
import { machineEmail, writeTouch } from './touches.ts';
import { afterWorking, dayIndexOf, lastDaysOfMonth } from './workday.ts';
import { channelOf } from './catalogue.ts';
import { monthsBetween, secondsADay } from './days.ts';

const email = channelOf('Email');
const mqlIntent = 1.1;

/** P(MQL) = logistic(mqlBase + 1.1·intent + mqlMisfit·misfit). */
export const mqlChance = (behaviour: Behaviour, intent: number, misfit: boolean): number =>
  logistic(behaviour.mqlBase + mqlIntent * intent + (misfit ? behaviour.mqlMisfit : 0));

/** A lead to be filled; one object serves a whole run. */
export const blankLead = (): Lead => ({ cycle: 1, previous: -1 }) as Lead;

export function liveLead(run: Run, lead: Lead, index: number, openedAt: number, sources: Float64Array): void {
  clear(lead, index, openedAt);
  const returned = takeReturning(run, openedAt);
  if (returned) comeBack(lead, returned);
  else meetSomebody(run, lead);
  lead.misfit = lead.account.misfit;
  lead.segment = lead.account.segment;
  drawWorth(run, lead);
  run.chance.reseed(streams.lead, index);
  drawSource(run, lead, sources);
  writeJourney(run, lead);
  qualify(run, lead);
  if (lead.mqlAt > 0) sell(run, lead);
  writeCampaignMember(run, lead);
  writeLead(run, lead);
  run.truth.countLead(lead);
}

function clear(lead: Lead, index: number, openedAt: number): void {
  lead.index = index;
  lead.openedAt = openedAt;
  lead.mqlAt =
    lead.salAt =
    lead.sqlAt =
    lead.dealAt =
    lead.wonAt =
    lead.lostAt =
    lead.rejectedAt =
    lead.recycledAt =
    lead.disqualifiedAt =
      0;
  lead.recycledUntil = lead.valueCents = lead.reach = lead.firstAttemptAt = 0;
  lead.rejectedReason = lead.disqualifiedReason = lead.lostReason = '';
  lead.status = 'New';
  lead.sdr = lead.executive = undefined;
  lead.participated = false;
}

/** Somebody who is due to come back, unless the company has bought meanwhile. */
function takeReturning(run: Run, at: number): ReturningLead | undefined {
  const returned = takeDue(run.returning, at);
  return returned?.contact.account.isCustomer ? undefined : returned;
}

function comeBack(lead: Lead, returned: ReturningLead): void {
  lead.contact = returned.contact;
  lead.contactRow = returned.contactRow;
  lead.account = returned.contact.account;
  lead.phone = returned.contact.phone;
  lead.cycle = returned.cycle + 1;
  lead.previous = returned.lead;
}

function meetSomebody(run: Run, lead: Lead): void {
  const { population, chance, behaviour, company } = run;
  const { account, isNew } = nextAccount(
    population,
    chance,
    behaviour,
    [company.executives[0].length, company.executives[1].length],
    lead.openedAt,
  );
  if (isNew) writeAccount(run, account);
  lead.account = account;
  lead.contact = nextContact(population, chance, account, behaviour.missingPhone);
  lead.contactRow = writeContact(run, lead.contact, lead.openedAt);
  lead.phone = lead.contact.phone;
  lead.cycle = 1;
  lead.previous = -1;
}

/** Marketing's judgement: by machine within two hours, or by a person in working time; some wait for the month's end. */
function qualify(run: Run, lead: Lead): void {
  const { chance, behaviour, company, end } = run;
  if (!chance.happens(mqlChance(behaviour, lead.intent, lead.misfit))) {
    lead.status = 'Nurture';
    if (chance.happens(0.6))
      writeTouch(
        run,
        lead,
        machineEmail,
        lead.openedAt + secondsADay * (7 + chance.below(7)),
        email,
        chance.happens(0.3) ? 'Opened' : 'Delivered',
        'Planning letter',
        undefined,
        -1,
        false,
      );
    return;
  }
  const marketer = company.marketers[chance.below(company.marketers.length)] as (typeof company.marketers)[number];
  let at = chance.happens(0.75)
    ? lead.openedAt + 60 + chance.below(7200)
    : afterWorking(marketer, lead.openedAt, 1200 + chance.below(20000));
  if (chance.happens(behaviour.monthEndBatch)) at = Math.max(at, monthEndAfter(run, at));
  if (at < end) lead.mqlAt = at;
}

function monthEndAfter(run: Run, at: number): number {
  const calendar = run.company.calendars[0] as (typeof run.company.calendars)[number];
  const lastDay = lastDaysOfMonth(calendar.firstDay + dayIndexOf(calendar, at));
  return (calendar.midnights[lastDay - calendar.firstDay] as number) + 13 * 3600 + run.chance.below(4 * 3600);
}

function sell(run: Run, lead: Lead): void {
  beginFollowUp(run, lead);
  const metAt = followUp(run, lead);
  const deal = metAt > 0 ? workDeal(run, lead, metAt) : undefined;
  if (!deal) return;
  lead.account.isCustomer = true;
  run.chance.reseed(streams.customer, lead.index);
  liveCustomer(run, {
    account: lead.account,
    contactRow: lead.contactRow,
    deal: deal.index,
    yearlyCents: deal.amountCents,
    wonOn: Math.floor(deal.closedAt / secondsADay),
  });
  const month = Math.min(run.wonCents.length / 2 - 1, monthsBetween(run.startDay, Math.floor(deal.closedAt / secondsADay)));
  const at = month * 2 + lead.account.country.region;
  run.wonCents[at] = (run.wonCents[at] as number) + deal.amountCents;
}
