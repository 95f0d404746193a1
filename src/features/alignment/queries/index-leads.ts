/** Leads as the index asks for them, as of a moment, from the columns that the cost is told from. */

import type { IndexLead } from '#engine/alignment/index/leads.ts';
import { promptMinutes } from '#engine/alignment/index/component.ts';
import { readId } from '#engine/funnel/ids.ts';
import { workingTimes } from '#features/agreement/queries/calendars.ts';
import { evidenceOf, type LeadEvidence } from './cost-evidence.ts';
import { fittingLeads } from './cost-fit.ts';
import { inGround, type IndexGround, type IndexQuestion } from './index-question.ts';

const minute = 60_000;

export interface FoundLead extends IndexLead {
  readonly id: string;
  readonly repId: string | null;
}

/** Those passed, or rejected, in the days, of the segment that is asked for. */
export function readIndexLeads(question: IndexQuestion): Promise<FoundLead[]> {
  const { ground, on, days, segment } = question;
  return ground.once(`leads ${on} ${days} ${JSON.stringify(segment)}`, async () => {
    const fitting = await fittingOf(ground);
    return [...findLeads(question, fitting)];
  });
}

const fittingOf = (ground: IndexGround): Promise<Set<string> | null> =>
  ground.once('fitting', () => inGround(ground, (tx) => fittingLeads(tx, ground.workspaceId, ground.cost.icp)));

function* findLeads(question: IndexQuestion, fitting: ReadonlySet<string> | null): Generator<FoundLead> {
  const { ground, segment } = question;
  const { fresh, rules, calendars } = ground.cost;
  const [from, asOf] = [Math.floor(question.from / minute), Math.floor(question.asOf / minute)];
  const evidence = evidenceOf(fresh, rules, asOf);
  const times = workingTimes(calendars);
  const { numbers, dictionaries, ids } = fresh.leads;
  const known = (moment: number): number | null => (moment >= 0 && moment <= asOf ? moment : null);
  for (let row = 0; row < fresh.leads.count; row++) {
    const passedAt = numbers.start[row]!;
    const rejectedAt = known(numbers.rejected[row]!);
    if (passedAt > asOf || (passedAt < from && (rejectedAt ?? -1) < from)) continue;
    if (segment !== undefined && dictionaries.segment.texts[numbers.segment[row]!] !== segment) continue;
    const id = readId(ids, row);
    const repId = dictionaries.rep.texts[numbers.rep[row]!]!;
    const own = evidence[row]!;
    const due = times.of(repId).deadline(passedAt * minute, promptMinutes * minute);
    const state = dictionaries.state.texts[numbers.state[row]!]!;
    const hasSource = numbers.campaign[row] !== 0 || numbers.channel[row] !== 0 || numbers.origin[row] !== 0;
    yield {
      ...{ id, repId, passedAt, rejectedAt, hasCampaign: numbers.campaign[row] !== 0 },
      hasHistory: numbers.heard[row]! >= 0 && numbers.heard[row]! < passedAt,
      isComplete: numbers.phone[row] === 1 && numbers.company[row] === 1 && hasSource,
      ...attemptsOf(own, due),
      decidedAt: known(numbers.decided[row]!),
      outcomeAt: known(numbers.outcome[row]!),
      isRejectionStanding: state === 'rejected' || state === 'contested',
      hasReason: numbers.reason[row] !== 0,
      fits: fitting === null ? null : fitting.has(id),
    };
  }
}

function attemptsOf({ firstAttempt, attempts, isReached }: LeadEvidence, due: number | null) {
  return {
    firstAttemptAt: firstAttempt,
    isPrompt: firstAttempt === null ? null : due === null || firstAttempt * minute <= due,
    attempts,
    isReached,
  };
}
