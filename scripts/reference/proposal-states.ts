import { proposalCan, proposalStates, proposalStateWords, proposalVerbs, type ProposalState } from '#engine/campaigns/proposal-states.ts';

export const file = 'docs/reference/proposal-states.md';

const whose = { proposer: 'who proposed it', others: 'everybody else', anybody: 'anybody', marketing: 'marketing' };

export async function make(): Promise<string> {
  return [
    '# Where a proposal stands',
    '',
    'What sales, or anybody, asks of marketing. The same table decides on the server, and says on the screens why a button can’t be pressed. `/api/v1/proposals/:id/…` refuses a verb from any other state with 409 and the sentence in the last column.',
    '',
    '## States',
    '',
    '| state | on screen | |',
    '|---|---|---|',
    ...proposalStates.map((state) => `| \`${state}\` | ${proposalStateWords[state].label} | ${proposalStateWords[state].about} |`),
    '',
    '## Verbs',
    '',
    '| verb | whose | from | to | else |',
    '|---|---|---|---|---|',
    ...proposalVerbs.map((verb) => {
      const { label, by, from, to, otherwise } = proposalCan[verb];
      return `| ${label} (\`${verb}\`) | ${whose[by]} | ${listed(from)} | ${to === null ? 'the same' : `\`${to}\``} | ${otherwise} |`;
    }),
    '',
    'What is the proposer’s may be done by a head of their side, or of leadership, too; what is marketing’s by leadership, too. Those who look on change nothing. The first answer of a round is in time or late by the due moment (the end of the n-th working day of the company’s calendar after it was proposed, n as agreed, 10 unless said) and stays so. Reopening begins the next round with a new due moment; votes, cases and everything said stay.',
    '',
  ].join('\n');
}

const listed = (states: readonly ProposalState[]): string => states.map((state) => `\`${state}\``).join(', ');
