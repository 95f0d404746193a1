import { handoffStates, leadCan, stateWords, verbs, type HandoffState } from '#engine/handoff/states.ts';

export const file = 'docs/reference/handoff-states.md';

export async function make(): Promise<string> {
  return [
    '# Where a lead stands between the sides',
    '',
    'From the moment marketing passes a lead (MQL). The same table decides on the server, and says on the screens why a button can’t be pressed. `POST /api/v1/leads/:id/…` and `/rejections/:id/…` refuse a verb from any other state with 409 and the sentence in the last column.',
    '',
    '## States',
    '',
    '| state | on screen | |',
    '|---|---|---|',
    ...handoffStates.map((state) => `| \`${state}\` | ${stateWords[state].label} | ${stateWords[state].about} |`),
    '',
    '## Verbs',
    '',
    '| verb | side | from | to | else |',
    '|---|---|---|---|---|',
    ...verbs.map((verb) => {
      const { label, side, from, to, otherwise } = leadCan[verb];
      return `| ${label} (\`${verb}\`) | ${side} | ${listed(from)} | ${listed(to)} | ${otherwise} |`;
    }),
    '',
    'Reps work their own leads; managers, admins and owners of sales, and leadership, all of them. Marketers answer the rejections that came to them, their heads and leadership all. To judge takes one person from each side who is not involved; where the two differ, or a side has nobody left who could, leadership decides. `restart` leaves the lead as it is and begins its next cycle, a new lead. A deal, or its end, brings a lead to `progressed` from anywhere.',
    '',
  ].join('\n');
}

const listed = (states: readonly HandoffState[]): string => states.map((state) => `\`${state}\``).join(', ');
