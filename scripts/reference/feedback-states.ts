import { feedbackCan, feedbackStates, type FeedbackState, feedbackStateWords, feedbackVerbs } from '#engine/feedback/states.ts';

export const file = 'docs/reference/feedback-states.md';

export async function make(): Promise<string> {
  return [
    '# Where feedback stands',
    '',
    'The same table decides on the server, and says on the screens why something can’t be done. `POST /api/v1/feedback/:id/…` refuses a verb from any other state with 409 and the sentence in the last column. Whoever gave feedback anonymously uses `POST /api/v1/feedback/receipts/entries`; what they decide is shown with the next batch (decisions/candour.md).',
    '',
    '## States',
    '',
    '| state | on screen | |',
    '|---|---|---|',
    ...feedbackStates.map((state) => `| \`${state}\` | ${feedbackStateWords[state].label} | ${feedbackStateWords[state].about} |`),
    '',
    '## Verbs',
    '',
    '| verb | whose | of | from | to | else |',
    '|---|---|---|---|---|---|',
    ...feedbackVerbs.map((verb) => {
      const { label, by, tone, from, to, otherwise } = feedbackCan[verb];
      return `| ${label} (\`${verb}\`) | ${whose[by]} | ${tone ?? 'both'} | ${listed(from)} | ${to === null ? 'stays' : `\`${to}\``} | ${otherwise} |`;
    }),
    '',
    'The receiver is the one it is to; where nobody has the thing alone, the whole side; and always the heads of that side. Nobody answers what they gave.',
    '',
  ].join('\n');
}

const whose = { receiver: 'receiver', giver: 'who gave it', both: 'both' } as const;
const listed = (states: readonly FeedbackState[]): string => states.map((state) => `\`${state}\``).join(', ');
