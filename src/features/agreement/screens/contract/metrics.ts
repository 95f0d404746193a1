import { clockMetrics, type Clause, type ExcuseKind, type LadderStep, type Metric } from '#engine/agreement/clause.ts';
import type { OwedSide } from '../asking.ts';

export type MetricKind = Metric['kind'];

/** What a clause can measure, in words, by the side that owes it. */
export const metricWords: Readonly<Record<MetricKind, { side: OwedSide; label: string; about: string }>> = {
  volume: { side: 'marketing', label: 'Volume', about: 'So many leads a period, at an even pace' },
  value: { side: 'marketing', label: 'Value', about: 'Leads worth so much a period' },
  completeness: { side: 'marketing', label: 'Complete records', about: 'Fields that are stated' },
  context: { side: 'marketing', label: 'Context', about: 'What the lead saw and did is on record' },
  quality: { side: 'marketing', label: 'Quality', about: 'Leads that are not rejected' },
  decision: { side: 'sales', label: 'Accept or reject', about: 'A decision in time' },
  firstAttempt: { side: 'sales', label: 'First attempt', about: 'The first evidenced attempt in time' },
  persistence: { side: 'sales', label: 'Persistence', about: 'So many attempts in so many days' },
  disposition: { side: 'sales', label: 'Disposition', about: 'An end with a reason in time' },
};

export const metricsOf = (side: OwedSide): MetricKind[] =>
  (Object.keys(metricWords) as MetricKind[]).filter((kind) => metricWords[kind].side === side);

/** A clock runs for each lead: only then there are a calendar, a ladder and leave. */
export const runsClock = (kind: MetricKind): boolean => (clockMetrics as readonly string[]).includes(kind);

const blanks = (currency: string): Readonly<Record<MetricKind, Metric>> => ({
  volume: { kind: 'volume', leads: 100, period: 'month', tolerancePercent: 15 },
  value: {
    kind: 'value',
    amount: '10000000',
    currency,
    period: 'month',
    tolerancePercent: 15,
    valueOfLead: [{ segment: null, amount: '100000' }],
  },
  completeness: { kind: 'completeness', fields: ['company', 'phone'] },
  context: { kind: 'context', touches: 1, withinDays: 90 },
  quality: { kind: 'quality' },
  decision: { kind: 'decision', withinMinutes: 480 },
  firstAttempt: { kind: 'firstAttempt', withinMinutes: 60 },
  persistence: { kind: 'persistence', attempts: 6, withinDays: 10 },
  disposition: { kind: 'disposition', withinDays: 20 },
});

const remindAndTell: readonly LadderStep[] = [
  { kind: 'remind', atPercent: 75 },
  { kind: 'manager', atPercent: 100 },
];
const ofClocks: readonly ExcuseKind[] = ['outage', 'wrongRouting', 'leave', 'overVolume'];

/** A clause to fill in, with what most take. */
export function blankClause(kind: MetricKind, key: string, currency: string): Clause {
  const { side, label } = metricWords[kind];
  const clock = runsClock(kind);
  return {
    key,
    side,
    title: label,
    metric: blanks(currency)[kind],
    targetPercent: 90,
    scope: { segments: [], channels: [], origins: [], teams: [] },
    calendar: 'rep',
    excuses: clock ? ofClocks : ['outage'],
    ladder: clock ? remindAndTell : [],
    consequence: '',
  };
}
