/** What sales rejects most often, by the clause it names. */

import { readQuality } from '#features/handoff/queries/quality.ts';
import { lastFourWeeks } from './breaches.ts';
import { type AgendaGround, countOf, type Offered, percentOf, plainly, weighed } from './offered.ts';

const [fewest, shown] = [2, 3];

export async function offerRejections({ database, workspaceId, asOf, heads }: AgendaGround): Promise<Offered[]> {
  const days = lastFourWeeks(asOf);
  const { total, rows } = await database.inWorkspace(workspaceId, (tx) => readQuality(tx, workspaceId, { ...days, by: 'clause' }));
  const top = rows
    .filter(({ group, rejected }) => group !== null && rejected >= fewest)
    .toSorted((one, other) => other.rejected - one.rejected);
  if (top.length === 0) return [];
  const opens = '/rejections?tab=quality';
  const clauses = top.slice(0, shown);
  return [
    {
      ...plainly,
      ...{ kind: 'rejections', key: 'rejections', opens, ownerId: heads.marketing, minutes: 7 },
      sentence: `Sales rejected ${countOf(total.rejected, 'lead')} of ${total.decided} it decided on in four weeks, most often because of “${clauses[0]!.label}” (${clauses[0]!.rejected}).`,
      why:
        total.lost === total.rejected
          ? null
          : `${countOf(total.rejected - total.lost, 'rejection')} of them did not stand: mended or overturned.`,
      figures: [
        { label: 'Rejected', value: `${total.rejected} of ${total.decided}` },
        ...(total.leadQuality === null ? [] : [{ label: 'Lead quality', value: percentOf(total.leadQuality) }]),
        ...(total.rejectAccuracy === null ? [] : [{ label: 'Reject accuracy', value: percentOf(total.rejectAccuracy) }]),
      ],
      records: clauses.map(({ group, label, rejected }) => ({
        ...{ kind: 'clause' as const, id: group!, name: label, says: `${countOf(rejected, 'rejection')} in four weeks`, opens },
      })),
      weight: weighed(total.decided === 0 ? 0 : total.rejected / total.decided),
    },
  ];
}
