import { causeNames, causeTable } from '#engine/alignment/cost/causes.ts';
import { costConfidencePercent, costVersion } from '#features/alignment/contract/cost.ts';

export const file = 'docs/reference/misalignment-cost.md';

export async function make(): Promise<string> {
  return [
    '# The cost of misalignment',
    '',
    `Formulas \`${costVersion}\`, from the one table that server and screens read (\`src/engine/alignment/cost/causes.ts\`). Every amount names its place here (\`formulaAt\`); [the decision](../decisions/misalignment-cost.md) has the reasoning, \`bin/accord calc misalignment-cost\` computes it from lines.`,
    '',
    `A lead, a deal or a customer falls to the first cause that holds, in this order; nothing is counted twice. A range holds the truth in ${costConfidencePercent} of 100 draws.`,
    '',
    '<a id="first"></a>',
    '',
    '**Named first** is the cause furthest above its threshold, as a multiple of it, that is above it even at the low end of its range; none where none is.',
    '',
    ...causeNames.flatMap((name, at) => {
      const { label, kind, side, holds, formula, against, thresholdPercent, of } = causeTable[name];
      return [
        `<a id="${name}"></a>`,
        `## ${at + 1}. ${label}`,
        '',
        `${holds}`,
        '',
        `**Amount:** ${formula}.`,
        '',
        `${kind === 'lostRevenue' ? 'Lost revenue' : 'Spent for nothing'} · ${side} · held against ${against}: up to ${thresholdPercent} %${of === 'account' ? ' a year' : ''} is ordinary.`,
        '',
      ];
    }),
  ].join('\n');
}
