/** A plan with every part there is, said in full: nothing of it is left out of the words that people sign. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPlan } from '#engine/payout/check-plan.ts';
import { maximalPlan, somePeople } from '#tests/support/maximal-plan.ts';
import { outcomeWords } from './condition-words.ts';
import { planContentSchema } from './plan-content.ts';
import { planSentences } from './plan-sentences.ts';

const plan = maximalPlan();
const names = {
  members: new Map([
    [somePeople.ae, 'Ada'],
    [somePeople.sdr, 'Ben'],
    [somePeople.lead, 'Eve'],
    [somePeople.marketer, 'Mara'],
  ]),
  campaigns: new Map(),
  clauses: new Map([['first-attempt', 'First attempt']]),
};

test('the plan with everything can be computed, and is the same after the schema read it', () => {
  assert.deepEqual(checkPlan(plan), []);
  assert.deepEqual(planContentSchema.parse(JSON.parse(JSON.stringify(plan))), plan);
});

test('golden: every part in words', () => {
  assert.deepEqual(
    planSentences(plan, names, { members: 3, weight: '3.5' }).map(({ at, says }) => `${at} | ${says}`),
    [
      ' | It pays each month in EUR. What is cancelled within 90 days takes back what it paid. Quotas, targets and caps stand in full, however much of a month somebody is there. For 30 days after leaving, what comes in still counts.',
      'components.0 | Commission, for who is ae, in sales, Ada: 6 % of the amount of won deals and renewed revenue (segment Enterprise or SMB; not type of deal pilot), credited to who owns it (80 %) and the SDR who qualified it (20 %); 10 % beyond 80 % of the quota “won”; 15.5 % beyond 100 % of the quota “won”; added up over the quarter, which the quota is for; nothing below 50 % of the quota “won”, then for what is beyond. Only while one’s own win rate over the half-year is at least 20 %; else 50 % of it. Only while one’s own (SQLs, credited to the SDR who qualified it) ÷ MQLs is at least 40 %; else nothing. While the lowest attainment of what marketing owes over the year is at least 95 %: 110 % of it. At least €500 a month. At most €90,000 a calendar year. Taken back when cancelled within 60 days.',
      'components.1 | SQLs, for who is sdr: €50 for each of SQLs, credited to the SDR who qualified it; €80 for each of all once it reaches 12; nothing below 5, then from the first. While one’s own attainment of the quota “sqls” (SQLs, credited to the SDR who qualified it) is at least 100 %: 120 % of it. At most €1,500 a month. What is cancelled is not taken back.',
      'components.2 | Team, for who is lead: 1 % of the amount of won deals; 1.5 % beyond €100,000; on the credit of who is ae or sdr, in sales, which keeps its 100 %.',
      'components.3 | Value, for who is in marketing: 40 % of target pay by the lowest attainment of what marketing owes: nothing below 80 %, 50 % of it at 80 %, 100 % of it at 100 % and 160 % of it at 120 %, straight between and no more beyond.',
      'components.4 | Goals, for who is in marketing: €600 by objectives: The playbook (60 %) and A new territory (40 %).',
      'components.5 | Spring push, for who is in sales: €100 for each of meetings held from 2026-03-01 to 2026-04-15, first come first served up to €5,000.',
      'components.6 | Share of renewals, for who is in sales: 0.75 % of the amount of renewed revenue from 2026-05-01 to 2026-05-31.',
      'terms.0 | Floor, for who is in marketing: at least €200 a month in all.',
      'terms.1 | Cap, for who is ae: at most €200,000 a calendar year in all.',
      'terms.2 | Draw, for who is ae, in sales: at least €1,200 is paid a month, for the first 3 months; what was advanced is paid back from later earnings.',
      'terms.3 | Holdback, for who is in sales: 10 % is withheld, and released 45 days later while one’s own credit for the amount of new revenue is at least €1,000; lost when not released within 120 days.',
      'pool | Together, for who is ae, sdr or marketer: €10,000 by net revenue retention over the quarter (nothing below 90 %, 50 % of it at 90 % and 150 % of it at 110 %, straight between and no more beyond), plus 2 % of won value beyond €200,000, at least €1,000, at most €40,000 a month. It opens only while the lowest attainment of what marketing owes is at least 90 %, first attempt (sales) is at least 85 % and CAC, blended is at most €2,500. Where only marketing keeps its part, 20 % of it is paid. Where only sales keeps its part, 25 % of it is paid. It is shared 40 % to marketing and 60 % to sales, and there by weight. 3 people share it, with 3.5 of weight in all.',
      'payees.0 | Ada, ae in sales: target pay €1,500 a month; quota “won” €300,000 a quarter; quota “sqls” 12; from 2026-02-10; until 2026-11-30; quotas rise by month: 25 %, 50 %, 75 %, then all; weight 1.5 in the pool.',
      'payees.1 | Ben, sdr in sales: target pay €900 a month; quota “sqls” 12; weight 1 in the pool.',
      'payees.2 | Eve, lead in sales: target pay €2,000 a month; weight 2 in the pool.',
      'payees.3 | Mara, marketer in marketing: target pay €1,200 a month; weight 1 in the pool.',
    ],
  );
});

test('a line of a statement says a condition by its names', () => {
  const [gate] = plan.components[0]!.gates;
  const outcome = { condition: gate!, held: false, value: '18.756', results: [] };
  assert.equal(outcomeWords(outcome, 'EUR', names), 'one’s own win rate over the half-year 18.75 %, asked at least 20 %');
});

test('every value of a plan stands in its words', () => {
  const said = planSentences(plan, names, null)
    .map(({ says }) => says)
    .join('\n');
  for (const figure of ['6 %', '10 %', '15.5 %', '110 %', '120 %', '€500', '€90,000', '60 days', '€80', '€1,500', '45 days', '120 days'])
    assert.ok(said.includes(figure), figure);
});
