/** Collective pay, return, renewal. */

import type { Material } from './material.ts';

export const payMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [15, 'What people are paid for today, and what that makes them do to the other side', 'Two lists'],
      [20, 'One pool for both sides, funded by the one number, with gates of both', 'A draft plan in Accord'],
      [15, 'Run it over the last quarters as a shadow: who would have got what', 'Statements nobody is paid by'],
      [10, 'What could be gamed, and what the plan says to it', 'Caps, holdbacks, clawbacks'],
      [15, 'What a quarter of shadow must show before anybody signs', 'A day, and who decides'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'Pay for a joint result: a quarter in the shadow first',
    body: `Hello,

at {company} part of what people of both sides earn shall depend on what they reach together. For a quarter it is computed and shown, and pays nothing. Only then is it signed, by everybody whom it pays.

Please read your shadow statement before we meet, and open the lines you would not have expected.`,
  },
  {
    kind: 'template',
    title: 'Letter to those who are paid',
    text: `From ____________ on your pay has a joint part. Until ____________ it is computed as a shadow: you see every line and the facts behind it, and nothing of it is paid.

It depends on: {number}
It is paid only when: ________________________________
Most you could get by it: ____________   Least: ____________
Whom to ask, and how to dispute a line: ________________________________

Nothing of your present pay changes before you have signed.`,
  },
];

export const returnMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [10, 'All costs of both sides of the last three months: what is missing?', 'A complete ledger'],
      [15, 'What came back: won, kept, left', 'The return, with its range'],
      [15, 'What changed and why', 'Two causes, each with its records'],
      [10, 'Where the next amount would bring most', 'One move of budget'],
      [10, 'Close the month', 'Numbers that stay as they are'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'What both sides spend, and what comes back: 60 minutes, monthly',
    body: `Hello,

we look at what sales and marketing together cost {company} and what came back, with every number open. Finance closes the month at the end.

Please post what is missing of your side until the evening before: media, agencies, events, tools, travel, salaries.`,
  },
  {
    kind: 'template',
    title: 'Return on one page',
    text: `Month: ____________

Spent by marketing: ____________   by sales: ____________
Won: ____________   Kept: ____________ %   Left: ____________ %
The one number: {number}, was ____________, is ____________, should be {aim}

What changed most, and why: ________________________________
What we move next month: from ____________ to ____________`,
  },
];

export const renewalMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [15, 'The one number: what it was, is, should be', 'Met, on the way, or not'],
      [15, 'The diagnosis again, beside the first one', 'Where both agree now, and where not'],
      [20, 'Clause by clause: kept, missed, no longer needed', 'A new version of the contract'],
      [15, 'Goals of the next period', 'A plan to sign'],
      [10, 'One rule to drop', 'Less to keep'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'A quarter later: what we sign again',
    body: `Hello,

a quarter has passed since sales and marketing at {company} signed what they owe each other. We look at what was kept, what it did to {number}, and sign it again, changed.

Please bring the one clause you would drop.`,
  },
  {
    kind: 'template',
    title: 'Review of a quarter',
    text: `Clause | Kept | What we learnt | Keep, change, drop
--- | --- | --- | ---
____________ | ____ % | ____________ | ____________
____________ | ____ % | ____________ | ____________

Where the two sides disagreed most at the beginning: ____________   Now: ____________
What pays for itself: ____________   What does not: ____________
The next one number, if this one is reached: ____________`,
  },
];
