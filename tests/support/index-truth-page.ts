/** docs/alignment-index.md, from what the index told of simulated companies whose illness is known. */

import { activityNames, activityTable } from '#engine/alignment/index/activities.ts';
import { type ComponentName, componentOf } from '#engine/alignment/index/table.ts';
import { type State, stateNames } from '#engine/simulate/parameters.ts';
import type { CauseName } from '#engine/alignment/cost/causes.ts';
import type { IndexAnswer } from '#features/alignment/contract/index-answer.ts';

/** In which components the illness of each state may be named; none: it is healthy, and none may be. */
export const illnesses: Readonly<Record<State, readonly ComponentName[]>> = {
  typical: [],
  'well-aligned': [],
  'sales-slow': ['promptFirst', 'leadsWorked', 'triedEnough'],
  'marketing-flooding': ['evenFlow', 'leadQuality'],
  'campaigns-ignored': ['campaignLeadsFollowed'],
  'retention-bleeding': ['fitCustomers', 'customersKept'],
};

export interface ToldState {
  readonly state: State;
  readonly seed: number;
  readonly answer: IndexAnswer;
  /** What is named by its share alone, as if there were no cost. */
  readonly alone: ComponentName | null;
  /** What the cost of the same days names first. */
  readonly cause: CauseName | null;
}

export const isRight = (state: State, first: ComponentName | null): boolean =>
  first === null ? illnesses[state].length === 0 : illnesses[state].includes(first);

interface Size {
  readonly leads: number;
  readonly months: number;
}

export function writtenIndexTruth(
  all: readonly ToldState[],
  { usual, retention, version }: { usual: Size; retention: Size; version: string },
): string {
  const sized = ({ leads, months }: Size): string => `${leads.toLocaleString('en')} leads over ${months} months`;
  const seeds = new Set(all.map(({ seed }) => seed)).size;
  return `# The alignment index of simulated companies

Made by \`UPDATE_TRUTH=1 npm test -- index-truth\` (formulas ${version}; [reference/alignment-index.md](reference/alignment-index.md) has every one). ${seeds} companies of each state of the simulator ([simulator.md](simulator.md)), ${sized(usual)} (retention-bleeding: ${sized(retention)}, since few customers leave, and late), imported as the files such a company would have, with a signed contract and a signed definition of the ideal customer. The index is of the whole time. The product is told none of the simulator’s parameters, nor which state it is.

## Index and sub-scores, mean over the companies

| state | index | measured | ${activityNames.map((name) => activityTable[name].label).join(' | ')} |
|---|---|---|${activityNames.map(() => '---|').join('')}
${stateNames.map((state) => scores(state, all)).join('\n')}

Not measured: files of a CRM say nothing of meetings, pay or feedback.

## What is named first

| state | right | by the index | by shares alone, without the cost | by the cost of the same days |
|---|---|---|---|---|
${stateNames.map((state) => named(state, all)).join('\n')}

Right is the illness the simulator gave the company, and nothing in \`typical\` and \`well-aligned\`. Where the cost names a cause, the index names the component in which it shows; else the share that is surely beneath what is ordinary.

## Every company

| state | seed | index | first | what it says |
|---|---|---|---|---|
${all.map(({ state, seed, answer }) => `| ${state} | ${seed} | ${text(answer.score)} | ${answer.first?.label ?? '–'} | ${answer.first?.says ?? '–'} |`).join('\n')}
`;
}

const ofState = (state: State, all: readonly ToldState[]): ToldState[] => all.filter((one) => one.state === state);
const text = (score: number | null): string => (score === null ? '–' : score.toFixed(2));

function mean(values: readonly (number | null)[]): number | null {
  const told = values.filter((value) => value !== null);
  return told.length === 0 ? null : told.reduce((sum, value) => sum + value, 0) / told.length;
}

function scores(state: State, all: readonly ToldState[]): string {
  const own = ofState(state, all).map(({ answer }) => answer);
  const activities = activityNames.map((name) =>
    text(mean(own.map((answer) => answer.activities.find(({ activity }) => activity === name)!.score))),
  );
  return `| ${state} | ${text(mean(own.map(({ score }) => score)))} | ${mean(own.map(({ measuredPercent }) => measuredPercent))!.toFixed(0)} % | ${activities.join(' | ')} |`;
}

function named(state: State, all: readonly ToldState[]): string {
  const own = ofState(state, all);
  const label = (component: ComponentName | null): string => (component === null ? 'nothing' : componentOf(component).label);
  const right = own.filter(({ answer }) => isRight(state, answer.first?.component ?? null)).length;
  const columns = [
    tally(own.map(({ answer }) => label(answer.first?.component ?? null))),
    tally(own.map(({ alone }) => label(alone))),
    tally(own.map(({ cause }) => (cause === null ? 'nothing' : `\`${cause}\``))),
  ];
  return `| ${state} | ${right} of ${own.length} | ${columns.join(' | ')} |`;
}

function tally(names: readonly string[]): string {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, each]) => ({ name, times: each.length }));
  return counts
    .toSorted((one, other) => other.times - one.times)
    .map(({ name, times }) => `${name} (${times})`)
    .join(', ');
}
