/** Rejections that marketing contested, or that were drawn, and that wait for a verdict. */

import { listRejections } from '#features/handoff/queries/rejections.ts';
import { type AgendaGround, countOf, type Offered, nobodyIn, plainly, weighed } from './offered.ts';

const most = 20;

export async function offerContested({ database, workspaceId, now, heads }: AgendaGround): Promise<Offered[]> {
  const { items, total } = await database.inWorkspace(workspaceId, (tx) =>
    listRejections(tx, nobodyIn(workspaceId), { state: 'toJudge', mine: false, limit: most }),
  );
  const [oldest] = items;
  if (!oldest) return [];
  const count = total ?? items.length;
  const days = Math.floor((now - Date.parse(oldest.rejectedAt)) / 86_400_000);
  const named = items.map(({ id, lead, clauses, missing }) => ({
    ...{ kind: 'rejection' as const, id, name: lead.company ? `${lead.name}, ${lead.company}` : lead.name },
    says: `${clauses.map(({ sentence }) => `“${sentence}”`).join(', ')}${missing.length > 0 ? `; the verdict of ${missing.join(' and ')} is missing` : ''}`,
    opens: `/rejections?${new URLSearchParams({ tab: 'toJudge', at: id })}`,
  }));
  return [
    {
      ...plainly,
      ...{ kind: 'contested', key: 'contested', opens: '/rejections?tab=toJudge', ownerId: heads.sales ?? heads.leadership },
      sentence:
        count === 1
          ? `The rejection of ${named[0]!.name} is contested and waits for a verdict${since(days)}.`
          : `${countOf(count, 'rejection')} wait for a verdict, the oldest${since(days) || ' since today'}.`,
      figures: [{ label: 'Waiting', value: String(count) }],
      records: named,
      weight: weighed(count / 10),
      daysLate: days,
      minutes: Math.min(20, 3 + 2 * Math.min(count, items.length)),
    },
  ];
}

const since = (days: number): string => (days < 1 ? '' : ` for ${countOf(days, 'day')}`);
