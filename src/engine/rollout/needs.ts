/** What each step of the way in needs, in the order in which it is done. */

import { enough, type Evidence } from './evidence.ts';
import type { StepName } from './steps.ts';

/** Where something is done that a step needs. */
export const places = [
  'charter',
  'diagnosis',
  'import',
  'baseline',
  'terms',
  'goals',
  'contract',
  'routing',
  'inbox',
  'pilot',
  'meetings',
  'feedback',
  'campaigns',
  'pay',
  'payRuns',
  'costs',
  'returns',
  'periods',
] as const;
export type Place = (typeof places)[number];

export interface Need {
  readonly met: boolean;
  /** How it stands, in a sentence: what is there, or what is missing. */
  readonly says: string;
  readonly place: Place;
}

/** What a step asks for. */
export interface Asked {
  readonly needs: readonly Need[];
  /** Something is on record, though no need is met yet. */
  readonly begun: boolean;
}

const need = (met: boolean, place: Place, done: string, missing: string): Need => ({ met, place, says: met ? done : missing });
const some = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
const side = { marketing: 'Marketing', sales: 'Sales' } as const;
const bothSides = ['marketing', 'sales'] as const;
const share = (part: number, of: number): number => (of === 0 ? 0 : Math.floor((part * 100) / of));

/** One need a side. */
const perSide = (there: readonly string[], place: Place, done: string, missing: string): Need[] =>
  bothSides.map((each) => need(there.includes(each), place, `${side[each]} ${done}`, `${side[each]} ${missing}`));

export const needsOf: Readonly<Record<StepName, (evidence: Evidence) => Asked>> = {
  sponsor: ({ sponsor }) => ({
    needs: [
      need(
        sponsor.signed,
        'charter',
        'The sponsor has signed the charter with the one number.',
        sponsor.charters > 0 ? 'The charter waits for the sponsor’s signature.' : 'Nobody has named a sponsor and the one number yet.',
      ),
    ],
    begun: sponsor.charters > 0,
  }),
  diagnosis: ({ diagnosis }) => ({
    needs: perSide(
      diagnosis.told,
      'diagnosis',
      'has answered the diagnosis.',
      diagnosis.closesOn === null ? 'has not answered the diagnosis.' : `is being asked until ${diagnosis.closesOn}.`,
    ),
    begun: diagnosis.closesOn !== null,
  }),
  data: ({ data }) => ({ needs: dataNeeds(data), begun: data.leads + data.decided > 0 }),
  language: ({ language }) => ({
    needs: enough.language.map((term) =>
      need(
        language.inForce.includes(term),
        'terms',
        `Both sides have signed what ${termWords[term]} is.`,
        language.proposed.includes(term)
          ? `What ${termWords[term]} is waits for signatures.`
          : `What ${termWords[term]} is has not been proposed.`,
      ),
    ),
    begun: language.proposed.length + language.drafted > 0,
  }),
  goals: ({ goals }) => ({
    needs: [
      need(
        goals.inForce > 0,
        'goals',
        'A plan of goals is signed by both sides.',
        goals.proposed > 0 ? 'A plan of goals waits for signatures.' : 'No plan of goals is in force.',
      ),
      need(
        goals.ownedByBoth > 0,
        'goals',
        `${some(goals.ownedByBoth, 'goal')} in force ${goals.ownedByBoth === 1 ? 'has an owner' : 'have owners'} on both sides.`,
        'No goal in force has an owner on both sides.',
      ),
    ],
    begun: goals.proposed > 0,
  }),
  agreement: ({ agreement }) => ({
    needs: perSide(
      agreement.owing,
      'contract',
      'owes clauses of a contract that both signed.',
      agreement.proposed > 0 ? 'owes nothing yet: the contract waits for signatures.' : 'owes nothing that both sides signed.',
    ),
    begun: agreement.proposed > 0,
  }),
  handoff: ({ handoff }) => ({ needs: handoffNeeds(handoff), begun: handoff.passed > 0 }),
  pilot: ({ pilot }) => ({
    needs: [
      need(pilot.planned, 'pilot', 'A pilot has its group and its comparison group.', 'No pilot with a comparison group is planned.'),
      need(pilot.told, 'pilot', 'Before and after can be told.', pilot.whyNot ?? 'Before and after are told once it has run.'),
    ],
    begun: pilot.begun,
  }),
  rhythm: ({ rhythm }) => ({ needs: rhythmNeeds(rhythm), begun: rhythm.held > 0 }),
  criticism: ({ criticism }) => ({
    needs: [
      ...perSide(criticism.gave, 'feedback', 'has given feedback in the last 60 days.', 'has given no feedback in the last 60 days.'),
      answersNeed(criticism),
    ],
    begun: criticism.due > 0,
  }),
  campaigns: ({ campaigns }) => ({
    needs: [
      need(
        campaigns.launched > 0 && campaigns.accepted > 0,
        'campaigns',
        `Sales has accepted ${some(campaigns.accepted, 'part')} in launched campaigns.`,
        campaigns.launched > 0 ? 'In no launched campaign has sales accepted a part.' : 'No campaign was planned together and launched.',
      ),
      need(
        campaigns.acted > 0,
        'campaigns',
        `${some(campaigns.acted, 'sales person', 'sales people')} with a part ${campaigns.acted === 1 ? 'has' : 'have'} acts of it on record.`,
        'No act of sales for a campaign it took part in is on record.',
      ),
    ],
    begun: campaigns.launched > 0,
  }),
  pay: ({ pay }) => ({ needs: payNeeds(pay), begun: pay.signed > 0 }),
  return: (evidence) => ({ needs: returnNeeds(evidence.return), begun: false }),
  renewal: ({ renewal }) => ({
    needs: [
      need(
        renewal.versions > 1 && renewal.days >= enough.renewal.days,
        'contract',
        `The contract was signed anew after ${some(renewal.days, 'day')}.`,
        `The contract has not been signed anew after a quarter (${enough.renewal.days} days) of use.`,
      ),
      need(renewal.goalsAgain, 'goals', 'Goals of a second period are signed.', 'No goals of a second period are signed.'),
    ],
    begun: renewal.versions > 1,
  }),
};

const termWords: Readonly<Record<(typeof enough.language)[number], string>> = { mql: 'an MQL', attempt: 'an attempt', sql: 'an SQL' };

function dataNeeds({ leads, decided, days, baseline }: Evidence['data']): Need[] {
  const few = enough.data;
  return [
    need(leads >= few.leads, 'import', `${some(leads, 'lead')} on record.`, `${some(leads, 'lead')} on record; ${few.leads} are needed.`),
    need(
      decided >= few.decided,
      'import',
      `${some(decided, 'deal')} won or lost.`,
      `${some(decided, 'deal')} won or lost on record; ${few.decided} are needed.`,
    ),
    need(
      days >= few.days,
      'import',
      `The record spans ${some(days, 'day')}.`,
      `The record spans ${some(days, 'day')}; ${few.days} are needed.`,
    ),
    need(
      baseline === true,
      'baseline',
      'The baseline of the one number is kept.',
      baseline === null ? 'There is no one number yet to take a baseline of.' : 'The baseline of the one number is not taken.',
    ),
  ];
}

function handoffNeeds({ routing, passed, decided }: Evidence['handoff']): Need[] {
  const { handoff: few } = enough;
  return [
    need(routing, 'routing', 'Leads are routed by a rule.', 'No routing says whose a lead is.'),
    need(
      passed >= few.passed,
      'inbox',
      `${some(passed, 'lead')} passed in four weeks.`,
      `${some(passed, 'lead')} passed in four weeks; ${few.passed} are needed to judge.`,
    ),
    need(
      passed >= few.passed && share(decided, passed) >= few.percent,
      'inbox',
      `${share(decided, passed)} % of them were accepted or rejected by clause.`,
      passed < few.passed
        ? 'Too few were passed to judge how many are accepted or rejected by clause.'
        : `${share(decided, passed)} % of them were accepted or rejected by clause; ${few.percent} % is the gate.`,
    ),
  ];
}

function rhythmNeeds({ weekly, due, held }: Evidence['rhythm']): Need[] {
  const { rhythm: few } = enough;
  return [
    need(weekly, 'meetings', 'A weekly meeting of both sides is in the calendar.', 'No weekly meeting of both sides is in the calendar.'),
    need(
      due >= few.due && held >= few.held,
      'meetings',
      `${held} of the last ${due} weekly meetings were held.`,
      due < few.due
        ? `${some(due, 'weekly meeting')} so far; ${few.held} of ${few.due} in a row are the gate.`
        : `Only ${held} of the last ${due} weekly meetings were held; ${few.held} are the gate.`,
    ),
  ];
}

function answersNeed({ due, inTime }: Evidence['criticism']): Need {
  const { criticism: few } = enough;
  return need(
    due >= few.due && share(inTime, due) >= few.percent,
    'feedback',
    `${inTime} of ${some(due, 'answer')} came in time.`,
    due < few.due
      ? `${some(due, 'answer')} fell due in 60 days; ${few.due} are needed to judge.`
      : `${inTime} of ${some(due, 'answer')} came in time; ${few.percent} % is the gate.`,
  );
}

function payNeeds({ signed, collective, shadowMonths }: Evidence['pay']): Need[] {
  const { shadowMonths: few } = enough.pay;
  return [
    need(
      shadowMonths >= few,
      'payRuns',
      `A plan that pays people of both sides ran ${some(shadowMonths, 'month')} as a shadow.`,
      shadowMonths === 0
        ? 'No plan that pays people of both sides has run as a shadow; a quarter is the gate.'
        : `A plan that pays people of both sides ran ${some(shadowMonths, 'month')} as a shadow; a quarter is the gate.`,
    ),
    need(
      collective > 0,
      'pay',
      `${some(collective, 'plan')} that ${collective === 1 ? 'pays' : 'pay'} people of both sides ${collective === 1 ? 'is' : 'are'} signed.`,
      signed > 0 ? 'What is signed pays one side alone.' : 'No plan of pay is signed.',
    ),
  ];
}

function returnNeeds({ costs, margin, closed }: Evidence['return']): Need[] {
  return [
    ...perSide(
      costs,
      'costs',
      'has costs on record in each of the last three months.',
      'has no costs on record in some of the last three months.',
    ),
    need(margin, 'returns', 'The gross margin is known.', 'The gross margin is not known: without it there is no return.'),
    need(closed > 0, 'periods', `${some(closed, 'month')} ${closed === 1 ? 'is' : 'are'} closed.`, 'No month is closed yet.'),
  ];
}
