/** One language, mutual goals, the agreement. */

import type { Material } from './material.ts';

export const languageMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [10, 'Each side writes down alone: a lead is qualified when …', 'Two texts, read aloud'],
      [10, 'Five leads of last month, chosen blindly: would you pass it, would you take it?', 'Where the two texts judge differently'],
      [25, 'Write the rule in Accord and run the back-test', 'How many would have been passed, and how many customers kept or lost'],
      [15, 'Change one condition at a time until both can sign', 'A proposal with its back-test'],
      [10, 'The same for an attempt: what counts as trying to reach somebody?', 'A second proposal'],
      [5, 'From which day both count', 'Signatures'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'What is a qualified lead here? 75 minutes, both sides',
    body: `Hello,

we write down what a qualified lead is at {company}, as a rule that both sides sign. We try it on the leads we already have before anybody signs.

Please bring three leads of last month: one that was good, one that was not, and one that we should argue about.`,
  },
  {
    kind: 'template',
    title: 'Worksheet of a term',
    text: `Term: ____________   From: ____________

In one sentence: ________________________________

Must be true of the company: ________________________________
Must be true of the person: ________________________________
Must have happened: ________________________________
Never, even if all of this is true: ________________________________

A lead that is one: ____________   A lead that is not: ____________
What sales may reject it for, by condition: ________________________________`,
  },
];

export const goalsMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [10, 'What revenue and what retention the year asks for', 'One line a segment'],
      [20, 'Work it back in Accord: deals, SQLs, MQLs, and how sure that is', 'A range, not a single number'],
      [15, 'What each side can carry: capacity of sales, reach of marketing', 'Where the plan does not fit'],
      [20, 'For every goal one owner on each side', 'Two names beside each goal'],
      [10, 'Who signs, and what happens when a goal is missed', 'Signatures, and the day of the next look'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'Goals that both sides own: 75 minutes',
    body: `Hello,

we set the goals of the next period at {company} together: worked back from revenue and retention to deals and leads, each with an owner in marketing and one in sales.

Please bring what your side has promised for the period so far, to whom, and who is away when.`,
  },
  {
    kind: 'template',
    title: 'A goal on a card',
    text: `Goal: ____________   Number: ____________   By: ____________

Owner in marketing: ____________ does: ________________________________
Owner in sales: ____________ does: ________________________________

It is off pace when: ____________   Then we: ________________________________
What we stop doing for it: ________________________________`,
  },
];

export const agreementMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [10, 'Marketing says what it needs from sales to keep its half', 'Three clauses at most'],
      [10, 'Sales says what it needs from marketing to keep its half', 'Three clauses at most'],
      [20, 'Put numbers to them in Accord, from your own past', 'Clauses with a target and a clock'],
      [15, 'What excuses a breach, and who is told when', 'Excuses and ladders'],
      [10, 'Can it be kept? Capacity against the leads to come', 'Targets that hold in a bad week'],
      [10, 'Read it aloud, sign', 'A contract in force from a day'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'What each side owes the other: 75 minutes, then signatures',
    body: `Hello,

sales and marketing at {company} sign what each owes the other: how many leads of which worth, how complete, how soon called, how often, and what happens when it is not kept.

Please bring the one promise of the other side that would change your week most.`,
  },
  {
    kind: 'template',
    title: 'Clauses to begin with',
    text: `Marketing owes
- value: leads worth ____________ a month, no more than ____ % above or below at any day
- completeness: company, e-mail, phone and ____________ are known of each
- context: at least ____ touches of the last ____ days are on record when a lead is passed

Sales owes
- decision: accepted or rejected by condition within ____ working hours
- first attempt: within ____ working minutes, on record as a call, mail or meeting
- persistence: ____ attempts within ____ working days
- disposition: an outcome within ____ working days

Excused: leave, an outage, leads beyond what was agreed.`,
  },
];

export const handoffMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [
        10,
        'Whose is a lead? Rules for routing, and what happens when somebody is away',
        'Routing in Accord, tried on ten leads of last week',
      ],
      [15, 'Each rep works three leads in the inbox: accept, or reject by condition', 'Everybody has done it once'],
      [10, 'What marketing does with a rejected lead', 'Mended, agreed or contested, by whom and in what time'],
      [10, 'What the clock counts and what it does not', 'No surprise on the first breach'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'The inbox, hands on: 45 minutes for everybody who works leads',
    body: `Hello,

from ____________ on leads at {company} are passed with a clock, and accepted or rejected by the conditions both sides signed. We do it together once.

Please be signed in to Accord, and have your phone with you: the first three leads are real.`,
  },
  {
    kind: 'template',
    title: 'Card for the desk',
    text: `A lead comes
1. Open it: what is known, which touches, why it was passed.
2. Accept it, or reject it by the condition that is not met, with a sentence.
3. Call. An attempt counts when the call, mail or meeting is on record.
4. Not reached: again, as often as agreed. Reached: say what came of it.

A lead comes back
1. Marketing reads why, within the agreed time.
2. Mend it and pass it again, agree, or contest it.
3. A contested one goes on the next agenda.`,
  },
];
