/** What one run carries from lead to lead, and the life of the lead in hand. */

import { currencyDigits } from '#engine/values/currency.ts';
import type { Campaign } from './campaigns.ts';
import { Chance } from './chance.ts';
import { columnsOf, csvFiles, type CsvFile } from './columns.ts';
import type { Company, Member } from './company.ts';
import type { Prospect } from './curve.ts';
import type { Behaviour } from './parameters.ts';
import type { Account, Contact, Population } from './population.ts';
import type { ReturningLead } from './returning.ts';
import { RowWriter } from './rows.ts';
import type { Truth } from './truth.ts';

export interface Run {
  readonly behaviour: Behaviour;
  readonly chance: Chance;
  readonly company: Company;
  readonly campaigns: readonly Campaign[];
  /** Of every amount: what is called cents are its minor units. */
  readonly currency: string;
  readonly startDay: number;
  readonly endDay: number;
  /** The end of the period, seconds since 1970: nothing at or after it is written. */
  readonly end: number;
  readonly writers: Record<CsvFile, RowWriter>;
  readonly population: Population;
  readonly truth: Truth;
  /** Mean SDR working seconds that one MQL takes out of an SDR's planned time. */
  readonly secondsPerMql: number;
  readonly returning: ReturningLead[];
  /** 1 where a member takes part in a campaign: campaign × members + member. */
  readonly participates: Uint8Array;
  /** Amounts won by month and region: month × 2 + region. */
  readonly wonCents: Float64Array;
  nextSdr: number;
}

/** Times are seconds since 1970, 0 for never. Rows are numbers of rows in the files, −1 for none. */
export interface Lead extends Prospect {
  index: number;
  contact: Contact;
  /** The contact row the lead points to: the contact's own, or its seeded duplicate. */
  contactRow: number;
  account: Account;
  campaign: Campaign | undefined;
  channel: number;
  /** Bit i: channel i is in the journey. */
  journey: number;
  origin: string;
  landingPage: string;
  phone: string;
  cycle: number;
  previous: number;
  /** Would not have come without its campaign (or channel). */
  incremental: boolean;
  sdr: Member | undefined;
  executive: Member | undefined;
  openedAt: number;
  mqlAt: number;
  salAt: number;
  sqlAt: number;
  dealAt: number;
  wonAt: number;
  lostAt: number;
  rejectedAt: number;
  rejectedReason: string;
  recycledAt: number;
  recycledUntil: number;
  disqualifiedAt: number;
  disqualifiedReason: string;
  lostReason: string;
  status: string;
  valueCents: number;
  /** First-year amount of the deal it becomes or would become. */
  amountCents: number;
  /** The draws that decide it after a conversation, the same whatever the follow-up. */
  sqlDraw: number;
  dealDraw: number;
  winDraw: number;
  /** P(a conversation) as it was in fact followed up. */
  reach: number;
  firstAttemptAt: number;
}

export function makeWriters(currency: string): Record<CsvFile, RowWriter> {
  const decimals = currencyDigits(currency) ?? 2;
  return Object.fromEntries(csvFiles.map((file) => [file, new RowWriter(file, columnsOf[file], decimals)])) as Record<CsvFile, RowWriter>;
}

/** Seconds of a uniform stretch of time. */
export const between = (chance: Chance, leastHours: number, mostHours: number): number =>
  Math.floor((leastHours + (mostHours - leastHours) * chance.next()) * 3600);
