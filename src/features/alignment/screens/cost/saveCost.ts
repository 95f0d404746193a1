/** The cost as files: of causes, and of the records of one. Amounts are exact, in whole units of the currency. */

import type { CostAnswer, CostCause, CostRecords } from '#features/alignment/contract/cost.ts';
import { majorUnits } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { sideWords } from './costWords.ts';

const major = (minor: string | null, currency: string): string | null => (minor === null ? null : majorUnits(minor, currency));

export function saveCauses({ causes, currency, start, end, asOf, version }: CostAnswer): void {
  saveCsv(`cost-of-misalignment-${start}-${end}.csv`, [
    ['cause', 'mended by', 'amount', 'low', 'high', 'currency', 'records', 'share', 'ordinary up to', 'above', 'why no amount', 'formula'],
    ...causes.map(({ label, side, amount, low, high, count, share, whyNot, formula }) => [
      ...[label, sideWords[side], major(amount, currency), major(low, currency), major(high, currency), currency, count],
      ...[share?.value ?? null, share?.threshold ?? null, share ? String(share.above) : null, whyNot, formula],
    ]),
    [],
    [`${start} to ${end}; as of ${asOf}; formulas ${version}`],
  ]);
}

export function saveRecords({ cause, label }: CostCause, items: CostRecords['items'], currency: string): void {
  saveCsv(`${cause}.csv`, [
    ['cause', 'name', 'company', 'segment', 'day', 'owner', 'amount', 'currency', 'why', 'id'],
    ...items.map(({ name, company, segment, on, owner, amount, why, id }) => [
      ...[label, name, company, segment, on, owner?.name ?? null, majorUnits(amount, currency), currency, why, id],
    ]),
  ]);
}
