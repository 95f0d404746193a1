/**
 * The causal model's numbers. What is common to all states stands in `world`; a state of a company is
 * one row of `states`. `truth.json` carries both as they were used.
 */

export const world = {
  /** The half-life, in wall-clock hours since the MQL, of a lead's readiness to answer an attempt. */
  halfLifeHours: 20,
  /** P(an attempt reaches the lead) at no delay. */
  reachAtOnce: 0.3,
  /** Share of `reachAtOnce` that never decays. */
  reachFloorShare: 0.15,
  /** Factor on reach when the lead left no phone. */
  reachWithoutPhone: 0.8,
  /** "Prompt": the first attempt after so many working minutes, and so many attempts in all. */
  promptMinutes: 30,
  promptAttempts: 6,
  /** Working minutes of a rep for each thing done. */
  reviewMinutes: 10,
  callMinutes: 9,
  emailMinutes: 6,
  meetingMinutes: 60,
  /** Whole cost of an hour of a sales development representative, minor units. */
  repHourCents: 4800,
  /** Logit of SQL given a conversation, of winning given a deal, and what moves them. */
  sqlBase: -0.55,
  sqlIntent: 0.85,
  sqlMisfit: -1.1,
  winBase: { SMB: -0.75, 'Mid-market': -1.0, Enterprise: -1.35 },
  winIntent: 0.35,
  /** What a rep's part in the lead's campaign adds to each of the two logits. */
  participationLift: 0.45,
  dealShareOfSql: 0.93,
  segmentShare: { SMB: 0.55, 'Mid-market': 0.32, Enterprise: 0.13 },
  /** Median first-year amount in minor units, and the sigma of its logarithm. */
  amountMedianCents: { SMB: 620000, 'Mid-market': 2400000, Enterprise: 8800000 },
  amountSigma: 0.45,
  cycleMedianDays: { SMB: 24, 'Mid-market': 52, Enterprise: 95 },
  cycleSigma: 0.45,
  /** Chance a month that a customer leaves, before fit and state. */
  churnMonthly: { SMB: 0.014, 'Mid-market': 0.008, Enterprise: 0.005 },
  expansionMonthly: 0.012,
  contractionMonthly: 0.004,
  refundShareOfChurn: 0.15,
  /** Of accounts, those whose industry and size tell their fit wrongly. */
  fitLooksWrong: 0.05,
  newAccountShare: 0.72,
  recycleReturnShare: 0.5,
  duplicateShare: 0.02,
  /** Share of leads without a campaign that the channel they came by truly caused. */
  ownIncremental: 0.8,
  /** Leads whose MQL is younger than this at the end of the period are left out of what was lost. */
  settleDays: 30,
  lateRecordedShare: 0.01,
  autoReplyShare: 0.05,
  autoReplyUnmarkedShare: 0.4,
  confirmationShare: 0.5,
  /** Customers at the start, per lead of the run. */
  existingCustomersPerLead: 0.012,
} as const;

export interface Behaviour {
  /** Share of accounts outside the ideal customer profile. */
  readonly misfitShare: number;
  /** Logit of passing as MQL, and how much a misfit lowers it. */
  readonly mqlBase: number;
  readonly mqlMisfit: number;
  /** Weight of the last four days of a month against the others; share of MQLs held back and passed in them. */
  readonly monthEndWeight: number;
  readonly monthEndBatch: number;
  /** Median working hours until an SDR picks a lead up when nothing queues, and sigma of the logarithm. */
  readonly pickupHours: number;
  readonly pickupSigma: number;
  /** Planned SDR work ÷ SDR hours; near 1 a queue grows. A lead that waits beyond `giveUpHours` working hours is dropped. */
  readonly utilisation: number;
  readonly giveUpHours: number;
  readonly routesAroundLeave: boolean;
  /** Share of MQLs nobody ever works: leads of campaigns, and others. */
  readonly ignoredCampaign: number;
  readonly ignoredOther: number;
  /** Share rejected of misfits and of fits. */
  readonly rejectMisfit: number;
  readonly rejectFit: number;
  readonly attemptsLeast: number;
  readonly attemptsMost: number;
  /** Share of worked-out leads nobody gives a disposition. */
  readonly dispositionMissing: number;
  /** Chance that a rep takes part in a joint campaign. */
  readonly participation: number;
  readonly winMisfit: number;
  readonly churnFactor: number;
  readonly churnMisfitFactor: number;
  readonly missingPhone: number;
  readonly blankOrigin: number;
  readonly unknownOrigin: number;
}

const typical: Behaviour = {
  misfitShare: 0.3,
  mqlBase: -0.1,
  mqlMisfit: -0.7,
  monthEndWeight: 1.25,
  monthEndBatch: 0.12,
  pickupHours: 1.8,
  pickupSigma: 1.1,
  utilisation: 0.4,
  giveUpHours: 90,
  routesAroundLeave: false,
  ignoredCampaign: 0.11,
  ignoredOther: 0.06,
  rejectMisfit: 0.42,
  rejectFit: 0.06,
  attemptsLeast: 2,
  attemptsMost: 6,
  dispositionMissing: 0.14,
  participation: 0.45,
  winMisfit: -0.7,
  churnFactor: 1,
  churnMisfitFactor: 2.6,
  missingPhone: 0.12,
  blankOrigin: 0.03,
  unknownOrigin: 0.03,
};

export const states = {
  typical,
  'well-aligned': {
    ...typical,
    misfitShare: 0.14,
    mqlBase: -0.2,
    mqlMisfit: -1.6,
    monthEndWeight: 1,
    monthEndBatch: 0,
    pickupHours: 0.45,
    pickupSigma: 0.6,
    utilisation: 0.3,
    routesAroundLeave: true,
    ignoredCampaign: 0.005,
    ignoredOther: 0.005,
    rejectMisfit: 0.45,
    rejectFit: 0.01,
    attemptsLeast: 5,
    attemptsMost: 8,
    dispositionMissing: 0.02,
    participation: 0.9,
    churnFactor: 0.8,
    missingPhone: 0.05,
    blankOrigin: 0.005,
    unknownOrigin: 0.01,
  },
  'sales-slow': {
    ...typical,
    pickupHours: 20,
    pickupSigma: 0.9,
    ignoredCampaign: 0.24,
    ignoredOther: 0.2,
    attemptsLeast: 1,
    attemptsMost: 3,
    dispositionMissing: 0.5,
    participation: 0.3,
  },
  'marketing-flooding': {
    ...typical,
    misfitShare: 0.52,
    mqlBase: 1.3,
    mqlMisfit: -0.2,
    monthEndWeight: 3.5,
    monthEndBatch: 0.5,
    utilisation: 1.02,
    rejectMisfit: 0.62,
    rejectFit: 0.12,
    missingPhone: 0.35,
    blankOrigin: 0.1,
    unknownOrigin: 0.08,
  },
  'campaigns-ignored': { ...typical, ignoredCampaign: 0.46, ignoredOther: 0.05, participation: 0.05 },
  'retention-bleeding': {
    ...typical,
    misfitShare: 0.46,
    mqlMisfit: -0.1,
    pickupHours: 1.4,
    rejectMisfit: 0.05,
    rejectFit: 0.03,
    winMisfit: 0.1,
    churnFactor: 1.3,
    churnMisfitFactor: 4,
  },
} as const satisfies Record<string, Behaviour>;

export type State = keyof typeof states;
export const stateNames = Object.keys(states) as State[];

export const segments = ['SMB', 'Mid-market', 'Enterprise'] as const;
