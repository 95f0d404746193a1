import { sql } from 'kysely';
import { isOfRejected, judgeLead, type LeadComponent } from '#engine/alignment/index/leads.ts';
import { evenFlow } from '#engine/alignment/index/leads.ts';
import { indexAheadDays } from '../contract/index-answer.ts';
import { type FoundLead, readIndexLeads } from './index-leads.ts';
import type { IndexQuestion } from './index-question.ts';
import type { IndexRow, IndexSource } from './index-row.ts';

const minute = 60_000;
const minutesADay = 1440;

/** Leads of the period, each for one component. */
export const leadRows =
  (component: LeadComponent): IndexSource =>
  async (_tx, question) => {
    const ask = {
      asOf: Math.floor(question.asOf / minute),
      ahead: indexAheadDays * minutesADay,
      attempts: question.ground.cost.agreed.attempts,
    };
    const rows: IndexRow[] = [];
    for (const lead of await leadsOf(question, isOfRejected(component))) {
      const { isDue, isMet, isOpen, dueAt } = judgeLead(component, lead, ask);
      if (!isDue && !isOpen) continue;
      rows.push({
        ...rowOf(question, lead, isOfRejected(component)),
        ...{ count: isDue && isMet ? 1 : 0, of: isDue ? 1 : 0, open: isOpen ? 1 : 0, openOf: isOpen && !isDue ? 1 : 0 },
        dueAt: dueAt === null ? null : dueAt * minute,
        why: why[component][isMet ? 'met' : 'missed'],
      });
    }
    return rows;
  };

async function leadsOf(question: IndexQuestion, areRejected: boolean): Promise<FoundLead[]> {
  const from = Math.floor(question.from / minute);
  const leads = await readIndexLeads(question);
  return leads.filter(({ passedAt, rejectedAt }) => (areRejected ? rejectedAt !== null && rejectedAt >= from : passedAt >= from));
}

function rowOf({ ground }: IndexQuestion, { id, repId, passedAt, rejectedAt }: FoundLead, isRejected: boolean) {
  const day = ground.dayOf((isRejected ? rejectedAt! : passedAt) * minute);
  return { key: id, id, kind: 'lead' as const, name: null, day, memberId: repId };
}

const why: Readonly<Record<LeadComponent, { met: string; missed: string }>> = {
  contextPassed: { met: 'A touch was on record when it was passed.', missed: 'No touch was on record when it was passed.' },
  marketingRecords: {
    met: 'Phone number, company and where it came from are on record.',
    missed: 'Phone number, company or where it came from is missing.',
  },
  outcomesReturned: { met: 'What became of it is on record.', missed: 'What became of it is not on record.' },
  reasonsGiven: { met: 'Rejected with a reason.', missed: 'Rejected without a reason.' },
  campaignLeadsFollowed: { met: 'Tried or decided on.', missed: 'Nobody tried to reach it or decided on it.' },
  leadsWorked: { met: 'Tried or decided on.', missed: 'Nobody tried to reach it or decided on it.' },
  promptFirst: { met: 'First tried within a working day.', missed: 'First tried later than within a working day.' },
  triedEnough: { met: 'Reached, decided on, or tried as often as agreed.', missed: 'Not reached, and tried less often than agreed.' },
  leadQuality: { met: 'Decided on and not rejected.', missed: 'Rejected, and the rejection stands.' },
  rejectionsFair: { met: 'Rejected, and not of the companies both want.', missed: 'Rejected, although of the companies both want.' },
};

/** Rejected leads, by whether a clause was named. Without any rejection by clause it is not measured: an imported CRM knows no clauses. */
export const clauseRows: IndexSource = async (tx, question) => {
  const { rows } = await sql<{
    id: string;
  }>`SELECT DISTINCT lead_id AS id FROM rejections WHERE workspace_id = ${question.ground.workspaceId}::uuid
    AND cardinality(clauses) > 0 AND rejected_at <= ${new Date(question.asOf).toISOString()}::timestamptz`.execute(tx);
  const byClause = new Set(rows.map(({ id }) => id));
  const leads = await leadsOf(question, true);
  if (!leads.some(({ id }) => byClause.has(id))) return [];
  return leads.map((lead): IndexRow => {
    const isMet = byClause.has(lead.id);
    const row = rowOf(question, lead, true);
    const said = isMet ? 'Rejected by a clause of the signed definition.' : 'Rejected without naming a clause.';
    return { ...row, count: isMet ? 1 : 0, of: 1, open: 0, openOf: 0, dueAt: null, why: said };
  });
};

/** Leads by how evenly they came: what lies within an even week is met. Weeks are of seven days, counted back from the last day. */
export const flowRows: IndexSource = async (_tx, question) => {
  const weeks = Math.floor(question.days / 7);
  const leads = await leadsOf(question, false);
  const byWeek = Array.from({ length: weeks }, (): IndexRow[] => []);
  for (const lead of leads) {
    const row = rowOf(question, lead, false);
    const week = Math.floor((question.onDay - row.day) / 7);
    byWeek[week]?.push({ ...row, count: 0, of: 1, open: 0, openOf: 0, dueAt: null, why: '' });
  }
  const even = evenFlow(byWeek.map(({ length }) => length));
  if (!even) return [];
  const within = evenShares(
    byWeek.map(({ length }) => length),
    even,
  );
  return byWeek.flatMap((rows, week) =>
    rows.map((row, at) => {
      const isMet = at < within[week]!;
      return {
        ...row,
        count: isMet ? 1 : 0,
        why: isMet ? 'Within an even week.' : `Beyond an even week: ${rows.length} leads came in seven days.`,
      };
    }),
  );
};

/** Of each week, how many lie within an even one: together the count of the component. */
function evenShares(byWeek: readonly number[], { count, of }: { readonly count: number; readonly of: number }): number[] {
  const even = of / byWeek.length;
  const shares = byWeek.map((leads) => Math.min(leads, Math.floor(even)));
  let left = count - shares.reduce((sum, each) => sum + each, 0);
  for (const [week, leads] of byWeek.entries())
    if (left > 0 && leads > shares[week]!) {
      shares[week]!++;
      left--;
    }
  return shares;
}
