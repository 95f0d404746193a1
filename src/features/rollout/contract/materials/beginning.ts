/** Sponsor, diagnosis, data. */

import type { Material } from './material.ts';

export const sponsorMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [
        10,
        'What hurts: each head names one thing the other side’s work costs theirs',
        'Two sentences on the wall, nobody answers them yet',
      ],
      [15, 'One number: which figure would show within a year that it got better for both?', 'One figure, not two'],
      [10, 'What it was: look at it in Returns, or say that nobody knows', 'A baseline, or the task to load the data'],
      [15, 'What it should be, and by when', 'The charter, written and signed by the sponsor'],
      [10, 'Who has which of the next three steps', 'Names and days on the path'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'One number for sales and marketing: 60 minutes',
    body: `Hello,

sales and marketing at {company} will work on one number together. In an hour we choose it, say what it was and what it should be, and {sponsor} signs for it.

Please bring one example, with a date, of what it costs you when the two sides do not work together. No slides.

In the room: the sponsor, the head of marketing, the head of sales.`,
  },
  {
    kind: 'template',
    title: 'Charter on one page',
    text: `Company: {company}
Sponsor: {sponsor}

The one number: {number}
What it was (baseline, twelve months): ____________
What it should be: {aim}

Why now (two sentences): ________________________________

What the sponsor does
- reads the number every month, in the room with both heads
- decides within a week what the two heads could not agree on
- lets nobody be paid for a goal that works against it`,
  },
];

export const diagnosisMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [5, 'How it works: ten sentences, 1 to 5, nobody’s answer is shown', 'Everybody knows what is kept and what is not'],
      [10, 'Each side on its own: answer on your own screen, or fill in one sheet together', 'Answers of both sides'],
      [15, 'Side by side: the three sentences where the two differ most', 'For each, one example from each side'],
      [10, 'The two sentences both think least of', 'Which step of the path mends them'],
      [5, 'What surprised you', 'One sentence a person'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'Ten sentences about how we work together: 5 minutes, no names',
    body: `Hello,

please answer ten sentences about how sales and marketing work together at {company}. It takes five minutes. No answer is stored with a name, and results are shown only of groups of five and more, once it has closed.

You find it in Accord under Feedback, Pulse. Please answer for how it is, not for how it should be.`,
  },
  {
    kind: 'template',
    title: 'Sheet of a side, to fill in together',
    text: `Side: marketing / sales / leadership. Written down by: ____________

For each sentence a number from 1 (not at all) to 5 (fully). If you can’t agree, take the lower one and write down why.

1. Both sides look at the same numbers and believe them. ___
2. We mean the same by a qualified lead. ___
3. We win or miss the same goals together. ___
4. I know what the other side owes us, and what we owe them. ___
5. Leads that are passed are good enough to be worked. ___
6. Leads that are passed are followed up in time. ___
7. Our meetings with the other side lead to decisions. ___
8. I can tell the other side what does not work, and something changes. ___
9. We plan and run campaigns together. ___
10. What I am paid for does not set me against the other side. ___`,
  },
];

export const dataMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [10, 'Export leads and deals of the last twelve months or more from the CRM, as CSV or Excel', 'Two or more files'],
      [
        15,
        'Drop them into Import, check how columns were understood, try without writing',
        'What would be created, and rows that don’t fit with their reason',
      ],
      [10, 'Mend or accept the rows that don’t fit, then run it', 'Leads and deals on record; the import can be taken back'],
      [10, 'Look at the one number, and keep it as the baseline', 'The baseline, which never changes again'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'Two exports, please: leads and deals of the last twelve months',
    body: `Hello,

for the work on {number} at {company} we need two exports from the CRM, as CSV or Excel, with as many columns as you have:

- leads (or contacts): when each was created, from where, whose it is, when it was passed, accepted, rejected, and became an opportunity
- deals (or opportunities): amount, currency, stage, created, closed, won or lost, why lost

The last twelve months or longer. Nothing is written back to the CRM.`,
  },
  {
    kind: 'template',
    title: 'leads.csv',
    file: 'leads.csv',
    text: `Lead ID,Name,Company,Email,Origin,Segment,Created on,MQL,SAL,SQL,Rejected on,Owner
L-1,Ada Nowak,Northwind GmbH,ada@northwind.example,Website,SMB,2026-01-12,2026-01-13,2026-01-14,2026-01-20,,sales@example.com
L-2,Ben Ortega,Southwind SA,ben@southwind.example,Event,Mid-market,2026-01-15,2026-01-16,,,2026-01-19,sales@example.com
`,
  },
  {
    kind: 'template',
    title: 'deals.csv',
    file: 'deals.csv',
    text: `Deal ID,Deal name,Amount,Currency,Status,Created on,Closed,Lost reason
D-1,Northwind: platform,12000.00,EUR,won,2026-01-20,2026-03-02,
D-2,Southwind: starter,4000.00,EUR,lost,2026-01-25,2026-02-20,No budget
`,
  },
];
