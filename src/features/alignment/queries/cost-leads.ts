/** Leads as the engine asks for them, from the columns. */

import { type CostDeal, type CostLead } from '#engine/alignment/cost/lead.ts';
import { readId } from '#engine/funnel/ids.ts';
import { workingTimes } from '#features/agreement/queries/calendars.ts';
import type { FreshCost } from './cost-columns.ts';
import { evidenceOf, type LeadEvidence } from './cost-evidence.ts';
import type { CostGround } from './cost-ground.ts';

const minute = 60_000;
const hour = 60 * minute;

/** @param fitting ids of the leads that fit; null: nothing says who does */
export function costLeads(ground: CostGround, fitting: ReadonlySet<string> | null, deals: ReadonlyMap<string, CostDeal>): CostLead[] {
  const { fresh, rules, calendars, agreed } = ground;
  const evidence = evidenceOf(fresh, rules);
  const times = workingTimes(calendars);
  const text = textReader(fresh);
  const { start, decided, sql, phone, cycle } = fresh.leads.numbers;
  return Array.from({ length: fresh.leads.count }, (_, row): CostLead => {
    const id = readId(fresh.leads.ids, row);
    const passedAt = start[row]! * minute;
    const rep = text('rep', row);
    const own = evidence[row]!;
    const fits = fitting === null ? null : fitting.has(id);
    const due = times.of(rep).deadline(passedAt, agreed.promptMinutes * minute) ?? passedAt;
    return {
      ...{ id, passedAt, rep, fits, segment: text('segment', row), campaign: text('campaign', row), hasPhone: phone[row] === 1 },
      traits: traitsOf(text, row, fits, cycle[row]! > 1),
      promptHours: (due - passedAt) / hour,
      firstAttemptHours: own.firstAttempt === null ? null : ((own.firstAttempt - start[row]!) * minute) / hour,
      ...{ attempts: own.attempts, reached: own.isReached, work: own.work, actedAt: actedAt(own, decided[row]!) },
      decision: decisionOf(text('state', row)),
      rejectedReason: text('reason', row),
      sqlAt: sql[row]! < 0 ? null : sql[row]! * minute,
      deal: deals.get(id) ?? null,
    };
  });
}

type LeadText = 'state' | 'campaign' | 'rep' | 'segment' | 'industry' | 'channel' | 'origin' | 'reason';
type TextReader = (field: LeadText, row: number) => string | null;
const textReader =
  ({ leads }: FreshCost): TextReader =>
  (field, row) =>
    leads.dictionaries[field].texts[leads.numbers[field][row]!]!;

/** What makes leads comparable: segment, fit, industry, where they came from, whether they had been here before. */
function traitsOf(text: TextReader, row: number, fits: boolean | null, cameBack: boolean): string[] {
  const source = text('campaign', row) ?? text('channel', row) ?? text('origin', row);
  return [
    `segment ${text('segment', row)}`,
    ...(fits === null ? [] : [`fits ${fits}`]),
    `industry ${text('industry', row)}`,
    `source ${source}`,
    ...(cameBack ? ['came back'] : []),
  ];
}

function actedAt({ firstAttempt }: LeadEvidence, decided: number): number | null {
  const acts = [...(firstAttempt === null ? [] : [firstAttempt]), ...(decided < 0 ? [] : [decided])];
  return acts.length === 0 ? null : Math.min(...acts) * minute;
}

/** By where it stands: a state of the hand-off, else its stage. A rejection that is contested has not been decided yet. */
function decisionOf(state: string | null): CostLead['decision'] {
  switch (state) {
    case 'rejected':
      return 'rejected';
    case 'recycled':
    case 'disqualified':
    case 'contested':
      return 'aside';
    case null:
    case 'inquiry':
    case 'mql':
    case 'unrouted':
    case 'waiting':
      return 'none';
    default:
      return 'accepted';
  }
}
