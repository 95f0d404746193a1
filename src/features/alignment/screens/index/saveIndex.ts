/** The index as files: of its components, of the records of one, of what it was. */

import type { IndexAnswer, IndexComponentAnswer } from '#features/alignment/contract/index-answer.ts';
import type { IndexHistory } from '#features/alignment/contract/index-history.ts';
import type { IndexRecords } from '#features/alignment/contract/index-records.ts';
import { saveCsv } from '#ui/kit/csv.ts';

export function saveIndex({ activities, score, start, on, version, measuredPercent }: IndexAnswer): void {
  saveCsv(`alignment-index-${on}.csv`, [
    [
      'activity',
      'part',
      'mended by',
      'share %',
      'target %',
      'floor %',
      'score',
      'points',
      'points at target',
      'why not measured',
      'formula',
    ],
    ...activities.flatMap(({ label, score: ofActivity, components }) => [
      [label, '', '', null, null, null, ofActivity, null, null, '', ''],
      ...components.map((part) => [
        ...[label, part.label, part.side, part.sharePercent, part.targetPercent, part.floorPercent, part.score, part.points],
        ...[part.pointsAtTarget, part.notYet, part.formula],
      ]),
    ]),
    ['Index', '', '', null, null, null, score, score, null, '', ''],
    [],
    [`${start} to ${on}; ${measuredPercent} % of the weights measured; formulas ${version}`],
  ]);
}

export function saveIndexRecords({ component, label }: IndexComponentAnswer, items: IndexRecords['items']): void {
  saveCsv(`${component}.csv`, [
    ['part', 'name', 'company', 'day', 'state', 'met', 'of', 'due', 'why', 'id'],
    ...items.map(({ name, company, on, state, count, of, dueAt, why, id }) => [label, name, company, on, state, count, of, dueAt, why, id]),
  ]);
}

export function saveHistory({ points, start, end }: IndexHistory): void {
  const names = points[0]?.activities.map(({ activity }) => activity) ?? [];
  saveCsv(`alignment-index-${start}-${end}.csv`, [
    ['day', 'index', 'formulas', 'kind', 'measured %', ...names],
    ...points.map(({ on, score, version, kind, measuredPercent, activities }) => [
      ...[on, score, version, kind, measuredPercent],
      ...names.map((name) => activities.find(({ activity }) => activity === name)?.score ?? null),
    ]),
  ]);
}
