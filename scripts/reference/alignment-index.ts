import { activityNames, activityTable } from '#engine/alignment/index/activities.ts';
import { componentOfCause, leastObserved } from '#engine/alignment/index/first.ts';
import { type ComponentName, componentOf, componentsOf, indexVersion } from '#engine/alignment/index/table.ts';
import { causeNames, causeTable } from '#engine/alignment/cost/causes.ts';
import { indexAheadDays, indexDays, indexSinceDays } from '#features/alignment/contract/index-answer.ts';

export const file = 'docs/reference/alignment-index.md';

export async function make(): Promise<string> {
  return [
    '# The alignment index',
    '',
    `Formulas \`${indexVersion}\`, from the one table that server and screens read (\`src/engine/alignment/index\`). Every number of the index names its place here (\`formulaAt\`); \`bin/accord calc alignment-index\` computes it from counts, and [simulated companies](../alignment-index.md) show that it names what ails them.`,
    '',
    '<a id="index"></a>',
    '## The whole',
    '',
    `Of the ${indexDays} days up to a day. Every component is a share, \`met ÷ due\`, held against a target: \`score = 100 × (share − floor) ÷ (target − floor)\`, not below 0 and not above 100. A sub-score is the mean of its components by their weights. The index is the mean of all components by their weights, each activity counting for a sixth as far as it is measured.`,
    '',
    '- **Not measured yet** is not zero: where nothing is due, a component has no score and its weight is shared out among what is measured. How much of the formula is measured is told beside every number.',
    '- **To the hundredth**: the points of all components add up to the index exactly (largest remainder).',
    '<a id="moved"></a>',
    '',
    `**What moved it** between two days (unsaid: ${indexSinceDays} days): of a component measured on both days \`(weight before + weight now) ÷ 2 × (score now − score before)\`; what remains comes from what is measured at all. The parts add up to the change to the hundredth.`,
    '',
    '<a id="next"></a>',
    '',
    `**What would move it most**: of each component the index with all its open items of the next ${indexAheadDays} days met, less the index as it is.`,
    '',
    '<a id="first"></a>',
    '',
    `**First** is the component in which the cause shows that the cost of misalignment names first (table below), over twelve months. Where the cost names none, it is the component whose share, of at least ${leastObserved} observations, lies beneath its alarm even at the high end of its 95 % interval (Wilson), by the greatest \`(1 − share) ÷ (1 − alarm)\`; leads that come in floods are named before what the flood does. In a healthy company there is none.`,
    '',
    ...activityNames.flatMap((name) => [
      `## ${activityTable[name].label}`,
      '',
      activityTable[name].about,
      '',
      ...componentsOf(name).flatMap(described),
    ]),
    '## Where a cause of cost shows',
    '',
    '| cause | component |',
    '|---|---|',
    ...causeNames.map(
      (cause) =>
        `| [${causeTable[cause].label}](misalignment-cost.md#${cause}) | [${componentOf(componentOfCause[cause]).label}](#${componentOfCause[cause]}) |`,
    ),
    '',
  ].join('\n');
}

function described(name: ComponentName): string[] {
  const { label, side, weight, formula, targetPercent, floorPercent, alarmPercent, notYet, begin, bySegment } = componentOf(name);
  const alarm = alarmPercent === 0 ? 'never named first by itself' : `alarm beneath ${alarmPercent} %`;
  const segments = bySegment ? 'by segment too' : 'not by segment';
  return [
    `<a id="${name}"></a>`,
    `### ${label}`,
    '',
    `${formula.charAt(0).toUpperCase()}${formula.slice(1)}.`,
    '',
    `Weight ${weight} of 100 · ${side} · target ${targetPercent} %, floor ${floorPercent} %, ${alarm} · ${segments}. ${notYet.replace(/\.$/, '')}: not measured yet. To begin: ${begin}`,
    '',
  ];
}
