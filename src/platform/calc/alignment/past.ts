/** A past as JSON states it: records that are alike in one line, times as days before the last day on record. */

import { z } from 'zod';
import type { CostCustomer } from '#engine/alignment/cost/churn.ts';
import { type CostLead, millisecondsADay } from '#engine/alignment/cost/lead.ts';
import type { ClosedDeal } from '#engine/alignment/cost/lost-deals.ts';
import type { CostPast } from '#engine/alignment/cost/question.ts';
import { count, positiveAmount } from '../returns/fields.ts';
import { give } from '../wording.ts';

const text = z.string({ error: give('a text') }).max(200, { error: give('at most 200 characters') });
const daysBefore = z
  .number({ error: give('days, from 0') })
  .min(0, { error: give('days, from 0') })
  .max(36_500, { error: give('at most 36,500 days') });
const hours = z
  .number({ error: give('hours, from 0') })
  .min(0, { error: give('hours, from 0') })
  .max(100_000, { error: give('at most 100,000 hours') });
const alike = count
  .min(1, { error: give('at least one') })
  .max(100_000, { error: give('at most 100,000') })
  .default(1)
  .describe('So many are alike; 1 unless said.');
const segment = text.nullable().default(null).describe('Null where it is not stated.');

export const leadLine = z.object({
  count: alike,
  passedDaysAgo: daysBefore.describe('When marketing passed it, before the last day on record.'),
  segment,
  campaign: text.nullable().default(null).describe('Null: it came by none.'),
  traits: z
    .array(text)
    .max(12, { error: give('at most twelve') })
    .default([])
    .describe('What was known of it when it was passed; leads with the same are comparable.'),
  fits: z.boolean().nullable().default(null).describe('Whether its company is one that both sides want; null: nobody says.'),
  hasPhone: z.boolean().default(true).describe('True unless said.'),
  promptHours: hours.default(0.5).describe('Wall hours to when a prompt attempt was due; half an hour unless said.'),
  firstAttemptHours: hours.nullable().default(null).describe('Wall hours to the first attempt; null: never tried.'),
  attempts: count
    .max(1_000, { error: give('at most 1,000') })
    .default(0)
    .describe('Until it was reached, or all of them.'),
  reached: z.boolean().default(false).describe('Somebody talked to it.'),
  decision: z.enum(['none', 'accepted', 'rejected', 'aside']).default('none').describe('`aside`: recycled or disqualified.'),
  calls: count.max(1_000).default(0).describe('Calls before it was reached or decided on.'),
  talks: count.max(1_000).default(0).describe('Of the calls, those in which somebody was reached.'),
  written: count.max(1_000).default(0).describe('Messages.'),
  sqlAfterDays: daysBefore.nullable().default(null).describe('Days from passing to SQL; null: it became none.'),
  deal: z
    .object({
      state: z.enum(['won', 'lost', 'open']).describe('Of the deal it became.'),
      closedAfterDays: daysBefore.nullable().default(null).describe('Days from passing to its end; null while it is open.'),
      amount: positiveAmount.nullable().default(null).describe('Minor units; null where it is not stated.'),
    })
    .nullable()
    .default(null)
    .describe('Null: it became none.'),
});

export const dealLine = z.object({
  count: alike,
  segment,
  state: z.enum(['won', 'lost']).describe('How it ended.'),
  amount: positiveAmount.nullable().default(null).describe('Minor units; null where it is not stated.'),
  lostReason: text.nullable().default(null).describe('In the words of whoever lost it.'),
});

export const customerLine = z.object({
  count: alike,
  segment,
  fits: z.boolean().nullable().default(null).describe('Whether it is one that both sides want; null: nobody says.'),
  sinceDaysAgo: daysBefore.describe('When it first paid.'),
  leftDaysAgo: daysBefore.nullable().default(null).describe('When it left; null: it is still there.'),
  yearly: positiveAmount.describe('What it pays, or paid last, a year; minor units.'),
});

interface Lines {
  readonly leads: readonly z.output<typeof leadLine>[];
  readonly deals: readonly z.output<typeof dealLine>[];
  readonly customers: readonly z.output<typeof customerLine>[];
}

/** Any moment will do: nothing depends on which. */
const lastDay = 40_000;

export function pastOf({ leads, deals, customers }: Lines): CostPast {
  const asOf = lastDay * millisecondsADay;
  return { asOf, leads: spread(leads, leadOf), deals: spread(deals, dealOf), customers: spread(customers, customerOf) };
}

const spread = <Line extends { count: number }, Record>(lines: readonly Line[], make: (line: Line, id: string) => Record): Record[] =>
  lines.flatMap((line, number) => Array.from({ length: line.count }, (_, at) => make(line, `${number + 1}/${at + 1}`)));

function leadOf(line: Lines['leads'][number], id: string): CostLead {
  const passedAt = (lastDay - line.passedDaysAgo) * millisecondsADay;
  const after = (days: number): number => passedAt + days * millisecondsADay;
  const {
    segment: ofLead,
    campaign,
    traits,
    fits,
    hasPhone,
    promptHours,
    firstAttemptHours,
    attempts,
    reached,
    decision,
    calls,
    talks,
    written,
    deal,
  } = line;
  const actedAfter = firstAttemptHours ?? (decision === 'none' ? null : 0);
  return {
    ...{
      id,
      passedAt,
      segment: ofLead,
      campaign,
      traits: [`segment ${ofLead}`, ...traits],
      fits,
      hasPhone,
      promptHours,
      firstAttemptHours,
    },
    // Lines tell no load: each lead has a rep of its own.
    ...{ attempts, reached, decision, rep: id, rejectedReason: null, work: { calls, talks, written } },
    actedAt: actedAfter === null ? null : passedAt + actedAfter * 3_600_000,
    sqlAt: line.sqlAfterDays === null ? null : after(line.sqlAfterDays),
    deal: deal && {
      state: deal.state,
      closedAt: deal.closedAfterDays === null ? null : after(deal.closedAfterDays),
      amount: deal.amount === null ? null : Number(deal.amount),
    },
  };
}

const dealOf = ({ segment: ofDeal, state, amount, lostReason }: Lines['deals'][number], id: string): ClosedDeal => ({
  ...{ id, leadId: null, segment: ofDeal, state, closedAt: (lastDay - 1) * millisecondsADay, lostReason },
  amount: amount === null ? null : Number(amount),
});

const customerOf = (
  { segment: ofCustomer, fits, sinceDaysAgo, leftDaysAgo, yearly }: Lines['customers'][number],
  id: string,
): CostCustomer => ({
  ...{ id, segment: ofCustomer, fits, since: lastDay - sinceDaysAgo, yearly: Number(yearly) },
  leftOn: leftDaysAgo === null ? null : lastDay - leftDaysAgo,
});
