/** Pilot, rhythm, criticism, campaigns. */

import type { Material } from './material.ts';

export const pilotMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [10, 'What changes for the pilot group, and what stays for the other', 'One paragraph'],
      [
        15,
        'Who is in which group: halves by chance, or teams, regions or segments that are alike',
        'Two groups that had about the same past',
      ],
      [10, 'By which one measure it is judged, and for how long', 'A measure and a day, settled before'],
      [10, 'What would make us stop early', 'One sentence'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'Who begins, and who is compared: 45 minutes',
    body: `Hello,

we begin at {company} with one group and compare it with another that goes on as before. After eight weeks or more we see what changed beyond what changed for everybody.

Please bring what else begins for your people in the next three months: it would look like an effect.`,
  },
  {
    kind: 'template',
    title: 'Plan of the pilot',
    text: `Pilot group: ____________   Comparison group: ____________
Chosen by: chance / because ________________________________
Begins: ____________   Judged by (one measure): ____________
Weeks on record before it: ____ (12 or more)   Weeks it runs: ____ (8 or more)

What the pilot group does differently: ________________________________
What else happens in that time: ________________________________

It is a success when the range lies above: ____ points
If the range holds both a gain and nothing, we: ________________________________`,
  },
];

export const rhythmMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [5, 'Actions that are not done', 'Done, moved with a day, or dropped'],
      [10, 'The first breach, and the first gap in pace', 'One decision each'],
      [10, 'The rejection that came most often', 'A change of the definition, or of a campaign'],
      [10, 'Contested leads and unanswered feedback', 'Decided here'],
      [5, 'One win, told by the other side', 'Both know what made it'],
      [5, 'Who does what by when', 'Actions with owners, minutes sent'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'Weekly, 45 minutes, with an agenda that the data writes',
    body: `Hello,

sales and marketing at {company} meet every week for 45 minutes. The agenda is written by what happened; you can add to it until the evening before.

Come with your open actions done, or with a new day for them. Whoever can’t come sends somebody who can decide.`,
  },
  {
    kind: 'template',
    title: 'Rules of the room',
    text: `- It begins on time and ends on time; what is not reached goes first next week.
- Numbers are opened, not argued about: behind each stand its records.
- A decision becomes an action, a proposal or a logged decision before the next item.
- Nobody speaks for somebody who is not there.
- The side that keeps the minutes changes every week.`,
  },
];

export const criticismMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [10, 'What criticism cost you here so far, in one sentence each', 'Why nobody says anything'],
      [10, 'Situation, behaviour, impact, next time: two examples from last week', 'Everybody has heard a good and a bad one'],
      [20, 'In pairs across the sides: write one piece of praise and one of criticism in Accord', 'Two pieces each, sent'],
      [10, 'How one answers: accept with an action, explain, or disagree', 'The first answers'],
      [10, 'What stays anonymous, and what the database can’t tell', 'Trust, or questions to clear'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'Say it so that it helps: 60 minutes',
    body: `Hello,

we practise criticism and praise between sales and marketing at {company}: about real leads, campaigns and calls, answered within the agreed time.

Please bring one thing of the other side’s work that helped you last month, and one that did not.`,
  },
  {
    kind: 'template',
    title: 'Four sentences',
    text: `Situation: when, and about which lead, campaign or call? ________________________________
Behaviour: what was done, as a camera would have seen it? ________________________________
Impact: what did it cost, or bring? ________________________________
Next time: what would you like instead? ________________________________

Leave out: always, never, lazy, obviously. It is about what was done, not about who somebody is.`,
  },
];

export const campaignsMaterial: readonly Material[] = [
  {
    kind: 'agenda',
    rows: [
      [10, 'What sales hears on the phone that no campaign says yet', 'Three objections, word for word'],
      [15, 'The offer and the audience: which accounts, named by sales', 'A list both would call'],
      [15, 'Parts: who in sales invites, calls, speaks, follows up, and how much', 'Parts asked for, accepted or changed'],
      [10, 'The brief read by those who call', 'Acknowledged, or sent back'],
      [10, 'When it is looked at again, and by which number', 'A day'],
    ],
  },
  {
    kind: 'invitation',
    subject: 'A campaign that we run together: 60 minutes',
    body: `Hello,

we plan the next campaign at {company} together, before anything is built. Sales names accounts and objections; marketing brings the offer; everybody leaves with a part.

Please bring the last three reasons for which you lost a deal.`,
  },
  {
    kind: 'template',
    title: 'Brief on one page',
    text: `Who it is for: ____________   What hurts them: ____________
What we say (one sentence): ________________________________
What a rep says when they call: ________________________________
Three objections and the answer to each: ________________________________

Parts of sales
- ____________ invites ____ accounts by ____________
- ____________ calls ____ responders within ____ hours
- ____________ speaks or hosts on ____________

It worked when: ________________________________`,
  },
];
