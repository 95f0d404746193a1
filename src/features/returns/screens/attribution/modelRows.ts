import type { AttributionAnswer, ModelCredit, ModelName } from '#features/returns/contract/attribution.ts';
import { majorUnits } from '#ui/formats.ts';

type Cell = string | number | null;

/** The table of models for a file: conversions and value of each, exact, with the range of data-driven ones; closing with the proof. */
export function modelRows(answer: AttributionAnswer): Cell[][] {
  const { currency, unattributed, total } = answer;
  const models = answer.models.filter(({ conversions }) => conversions !== null);
  const amount = (minor: string | null | undefined): string | null => (minor ? majorUnits(minor, currency) : null);
  const cellsOf = (credit: ModelCredit | undefined, driven: boolean): Cell[] => [
    credit?.conversions ?? null,
    amount(credit?.value),
    ...(driven ? [amount(credit?.valueInterval?.low), amount(credit?.valueInterval?.high)] : []),
  ];
  const line = (head: Cell[], of: (model: (typeof models)[number]) => Cell[]): Cell[] => [...head, ...models.flatMap(of)];
  const padded = (cells: Cell[], driven: boolean): Cell[] => (driven ? [...cells, null, null] : cells);
  const row = (head: Cell[], credits: Partial<Record<ModelName, ModelCredit>>): Cell[] =>
    line(head, ({ model, kind }) => cellsOf(credits[model], kind === 'driven'));
  return [
    line([answer.by, 'touches', 'conversions met'], ({ label, kind }) => [
      `${label}, conversions`,
      `${label}, ${currency}`,
      ...(kind === 'driven' ? [`${label}, ${currency}, 90 % from`, `${label}, ${currency}, 90 % to`] : []),
    ]),
    ...answer.rows.map(({ label, touches, influenced, models: credits }) => row([label, touches, influenced], credits)),
    ...(answer.notShown ? [row([`${answer.notShown.groups} more`, null, null], answer.notShown.models)] : []),
    line(['Nobody’s', null, null], ({ kind }) => padded([unattributed.conversions, amount(unattributed.value)], kind === 'driven')),
    line(['All conversions', total.touches, null], ({ kind }) => padded([total.conversions, amount(total.value)], kind === 'driven')),
    line(['Difference', null, null], ({ kind, difference }) => padded([null, amount(difference)], kind === 'driven')),
  ];
}
