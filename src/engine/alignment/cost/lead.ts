/** What is known of a lead that marketing passed, as far as its cost rests on it. */

export interface CostDeal {
  readonly state: 'won' | 'lost' | 'open';
  /** When it was closed, epoch milliseconds; null while it is open. */
  readonly closedAt: number | null;
  /** Minor units of one currency, of the first year; null where it isn't stated. */
  readonly amount: number | null;
}

/** How often. */
export interface RepWork {
  readonly calls: number;
  /** Of the calls, those in which somebody was reached. */
  readonly talks: number;
  /** Mails, messages and the like. */
  readonly written: number;
}

export interface CostLead {
  readonly id: string;
  /** When its clock started, epoch milliseconds. */
  readonly passedAt: number;
  readonly segment: string | null;
  readonly campaign: string | null;
  /** What was known of it when it was passed, such as `industry Energy`: leads with the same are held to be comparable. */
  readonly traits: readonly string[];
  /** Whether its company is one that both sides want (the ICP); null where nothing says what they want. */
  readonly fits: boolean | null;
  readonly hasPhone: boolean;
  readonly rep: string | null;
  /** Wall hours from its start to when a prompt attempt would have been due in its rep's calendar. */
  readonly promptHours: number;
  /** Wall hours from its start to the first evidenced attempt; null: never tried. */
  readonly firstAttemptHours: number | null;
  /** Until it was reached, or all of them. */
  readonly attempts: number;
  readonly reached: boolean;
  /** When somebody first tried it or decided on it, epoch milliseconds; null: nobody ever did. */
  readonly actedAt: number | null;
  /** `aside`: recycled or disqualified. `rejected`: and the rejection stands. */
  readonly decision: 'none' | 'accepted' | 'rejected' | 'aside';
  /** Of a rejected lead, in the words of whoever rejected it. */
  readonly rejectedReason: string | null;
  /** What reps did to reach it, until it was reached or decided on. */
  readonly work: RepWork;
  readonly sqlAt: number | null;
  readonly deal: CostDeal | null;
}

export const millisecondsADay = 86_400_000;

/** Old enough to count as worked or not. */
export const isSettled = ({ passedAt }: Pick<CostLead, 'passedAt'>, settledUntil: number): boolean => passedAt < settledUntil;

/** Somebody tried to reach it, or talked to it; a rejected lead tells nothing about that. */
export const isTried = (lead: CostLead): boolean => lead.attempts > 0 && lead.decision !== 'rejected';

/** Nobody tried it, talked to it or decided on it. To accept it alone is not to work it. */
export const isNeverWorked = (lead: CostLead): boolean =>
  lead.attempts === 0 && !lead.reached && lead.sqlAt === null && (lead.decision === 'none' || lead.decision === 'accepted');
