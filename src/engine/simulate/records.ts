/** Rows of members, accounts, contacts, campaigns, campaign members and leads. */

import { channels } from './catalogue.ts';
import type { Campaign } from './campaigns.ts';
import type { Member } from './company.ts';
import { executiveOf } from './deal.ts';
import { segments, world } from './parameters.ts';
import type { Account, Contact } from './population.ts';
import type { Lead, Run } from './run.ts';

export function writeMember(run: Run, member: Member): void {
  const row = run.writers['members.csv'];
  row.text(member.name);
  row.word(member.email);
  row.word(member.side);
  row.word(member.role);
  row.word(member.job);
  row.word(member.team);
  row.day(member.startsOn);
  row.word(member.calendar.name);
  row.endRow();
}

export function writeCampaign(run: Run, campaign: Campaign): void {
  const row = run.writers['campaigns.csv'];
  const mediaCents = run.truth.figuresOf(campaign.index).mediaCents;
  row.id('K', campaign.index);
  row.word(campaign.name);
  row.word((channels[campaign.channel] as { name: string }).name);
  row.word(campaign.type);
  row.word(campaign.endsOn < run.endDay - 1 ? 'Completed' : 'In progress');
  row.day(campaign.startsOn);
  row.day(campaign.endsOn);
  row.amount(100000 * Math.ceil((mediaCents * (0.85 + 0.3 * run.chance.next())) / 100000));
  row.word(run.currency);
  row.word((run.company.marketers[campaign.owner] as Member).email);
  row.endRow();
}

export function writeAccount(run: Run, account: Account): void {
  const row = run.writers['accounts.csv'];
  row.id('A', account.index);
  row.text(account.name);
  row.text(account.domain);
  row.word(account.industry);
  row.word(segments[account.segment] as string);
  row.word(account.country.name);
  row.word(account.city);
  row.word(account.phone);
  row.integer(account.employees);
  row.amount(account.revenueCents);
  row.word(run.currency);
  row.word(executiveOf(run, account, account.openedAt).email);
  row.instant(account.openedAt);
  row.endRow();
}

/** Writes the contact, and now and then a second row for the same person. Returns the row leads point to. */
export function writeContact(run: Run, contact: Contact, openedAt: number): number {
  const { chance, truth } = run;
  const first = writeContactRow(run, contact, contact.email, openedAt);
  if (contact.phone === '') truth.missingPhones++;
  if (!chance.happens(world.duplicateShare)) return first;
  const otherCase = chance.happens(0.5);
  const { given, family } = contact.person;
  const email = otherCase ? shouted(contact.email) : `${given.slug.slice(0, 1)}${family.slug}@${contact.account.domain}`;
  if (otherCase) truth.duplicatesOtherCase++;
  else truth.duplicatesOtherEmail++;
  if (contact.phone === '') truth.missingPhones++;
  const second = writeContactRow(run, contact, email, openedAt);
  if (!chance.happens(0.5)) return first;
  truth.leadsOnDuplicates++;
  return second;
}

/** The same address in other case: the part before the @ in capitals. */
const shouted = (email: string): string => {
  const at = email.indexOf('@');
  return email.slice(0, at).toUpperCase() + email.slice(at);
};

function writeContactRow(run: Run, contact: Contact, email: string, openedAt: number): number {
  const row = run.writers['contacts.csv'];
  const index = row.rows;
  row.id('C', index);
  row.id('A', contact.account.index);
  row.text(contact.name);
  row.word(contact.person.given.text);
  row.word(contact.person.family.text);
  row.text(email);
  row.text(contact.phone);
  row.word(contact.title);
  row.word(contact.account.country.name);
  row.word(contact.account.city);
  row.blank();
  row.instant(openedAt);
  row.endRow();
  return index;
}

export function writeCampaignMember(run: Run, lead: Lead): void {
  if (!lead.campaign) return;
  const row = run.writers['campaign_members.csv'];
  row.id('M', row.rows);
  row.id('K', lead.campaign.index);
  row.id('C', lead.contactRow);
  row.id('L', lead.index);
  row.word(lead.campaign.type === 'Webinar' || lead.campaign.type === 'Trade fair' ? 'Attended' : 'Responded');
  row.instant(lead.openedAt - 120);
  row.instant(lead.openedAt);
  row.endRow();
}

export function writeLead(run: Run, lead: Lead): void {
  const row = run.writers['leads.csv'];
  const { contact, account } = lead;
  row.id('L', lead.index);
  row.text(contact.name);
  row.text(account.name);
  row.text(contact.email);
  row.text(lead.phone);
  row.word(contact.title);
  row.word(account.country.name);
  row.word(account.city);
  row.id('C', lead.contactRow);
  row.id('A', account.index);
  row.id('K', lead.campaign ? lead.campaign.index : -1);
  row.id('L', lead.previous);
  row.integer(lead.cycle);
  row.word(lead.origin);
  row.word((channels[lead.channel] as { name: string }).name);
  row.word(segments[lead.segment] as string);
  row.word(lead.landingPage);
  row.word(lead.status);
  row.word(lead.executive ? lead.executive.email : lead.salAt > 0 && lead.sdr ? lead.sdr.email : '');
  row.word(lead.sdr ? lead.sdr.email : '');
  row.instant(lead.openedAt);
  row.instant(lead.mqlAt);
  row.instant(lead.salAt);
  row.instant(lead.sqlAt);
  row.instant(lead.dealAt);
  row.instant(lead.wonAt);
  row.instant(lead.lostAt);
  row.instant(lead.rejectedAt);
  row.word(lead.rejectedReason);
  row.instant(lead.recycledAt);
  row.day(lead.recycledUntil);
  row.instant(lead.disqualifiedAt);
  row.word(lead.disqualifiedReason);
  row.word(lead.lostReason);
  if (lead.valueCents > 0) row.amount(lead.valueCents);
  else row.blank();
  row.word(lead.valueCents > 0 ? run.currency : '');
  row.endRow();
}
