/** Which model is asked for, and with what. */

import { type RuleModel, ruleModels } from '#engine/attribution/models.ts';
import { wrongCall } from './problems.ts';

export const models = [...ruleModels, 'markov', 'shapley'] as const;
export type Model = RuleModel | 'markov' | 'shapley';

export interface AskedModels {
  readonly models: readonly Model[];
  /** All of them were asked for at once: what can't be calculated is left out and said. */
  readonly all: boolean;
  /** Of Markov. */
  readonly order: number;
  /** Of time decay. */
  readonly halfLifeDays: number;
  readonly lookBackDays: number | null;
}

/** Names that others use. */
const otherNames: Readonly<Record<string, Model>> = {
  first_touch: 'first',
  last_touch: 'last',
  u_shaped: 'u',
  w_shaped: 'w',
  full_path: 'z',
  j_shaped: 'j',
};

/** Options as they were written; null: not given. */
export interface WrittenOptions {
  readonly model: string | null;
  readonly order: string | null;
  readonly halfLifeDays: string | null;
  readonly lookBackDays: string | null;
}

export const longestDays = 36_500;

/** @throws Problem that says which option is wrong and what would be fine */
export function readModels(written: WrittenOptions): AskedModels {
  const name = written.model?.toLowerCase().replaceAll('-', '_') ?? '';
  const all = name === 'all';
  const model = models.find((each) => each === (otherNames[name] ?? name));
  if (!all && !model)
    throw wrongCall(
      '--model',
      `${written.model === null ? 'is missing' : `there is no “${written.model}”`}; give ${models.join(', ')} or all`,
    );
  const asked = all ? models : [model as Model];
  const takes = (option: string, one: Model) => {
    if (!asked.includes(one)) throw wrongCall(option, `is for --model ${one}, not for ${name}; leave it out`);
  };
  if (written.order !== null) takes('--order', 'markov');
  if (written.halfLifeDays !== null) takes('--half-life-days', 'time_decay');
  return {
    models: asked,
    all,
    order: readOrder(written.order),
    halfLifeDays: readDays('--half-life-days', written.halfLifeDays) ?? 7,
    lookBackDays: readDays('--look-back-days', written.lookBackDays),
  };
}

function readOrder(written: string | null): number {
  if (written !== null && !/^[1-4]$/.test(written)) throw wrongCall('--order', `“${written}” is no order; give 1, 2, 3 or 4`);
  return Number(written ?? 1);
}

function readDays(option: string, written: string | null): number | null {
  if (written === null) return null;
  const days = Number(written);
  const isFine = /^\d+(\.\d+)?$/.test(written) && days * 86_400 >= 1 && days <= longestDays;
  if (!isFine) throw wrongCall(option, `“${written}” can’t be used; give a number of days such as 7, at most ${longestDays}`);
  return days;
}
