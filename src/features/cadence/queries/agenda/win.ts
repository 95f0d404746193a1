/** One win to end with: the greatest deal of the last two weeks. */

import { sql } from 'kysely';
import { moneyText } from '#engine/values/money.ts';
import { dayWords } from '#features/goals/contract/wording.ts';
import { bookedIn } from '#features/campaigns/queries/ground.ts';
import { type AgendaGround, type Offered, plainly, plusDays } from './offered.ts';

const days = 14;
const most = 200;

interface Won {
  readonly id: string;
  readonly name: string | null;
  readonly company: string | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly on: string;
  readonly ownerId: string | null;
  readonly owner: string | null;
  readonly campaign: string | null;
}

export async function offerWin({ database, workspaceId, asOf, timeZone, currency, heads }: AgendaGround): Promise<Offered[]> {
  const won = await database.inWorkspace(workspaceId, async (tx) => {
    const day = sql`(d.closed_at AT TIME ZONE ${timeZone})::date`;
    const { rows } =
      await sql<Won>`SELECT d.id, d.name, a.name AS company, d.amount, d.currency, ${day} AS on, d.owner_id AS "ownerId", m.name AS owner, c.name AS campaign
      FROM deals d LEFT JOIN accounts a ON a.workspace_id = d.workspace_id AND a.id = d.account_id
      LEFT JOIN members m ON m.workspace_id = d.workspace_id AND m.id = d.owner_id
      LEFT JOIN campaigns c ON c.workspace_id = d.workspace_id AND c.id = d.campaign_id
      WHERE d.workspace_id = ${workspaceId}::uuid AND d.status = 'won' AND d.archived_at IS NULL AND d.closed_at <= now()
        AND ${day} BETWEEN ${plusDays(asOf, -days)}::date AND ${asOf}::date ORDER BY d.closed_at DESC LIMIT ${most}`.execute(tx);
    const booked = await bookedIn(tx, workspaceId, currency);
    const valued = rows.map((deal) => ({ deal, value: booked({ amount: deal.amount, currency: deal.currency, day: deal.on }) ?? 0n }));
    return valued.toSorted((one, other) => (one.value === other.value ? 0 : one.value > other.value ? -1 : 1))[0];
  });
  if (!won) return [];
  const { id, name, company, on, ownerId, owner, campaign } = won.deal;
  const called = company ?? name ?? 'A deal';
  const value = won.value > 0n ? moneyText(String(won.value), currency) : null;
  const opens = `/deals/${id}`;
  return [
    {
      ...plainly,
      ...{ kind: 'win', key: `win:${id}`, opens, ownerId: ownerId ?? heads.sales, weight: 1, minutes: 2 },
      sentence: `${called} was won on ${dayWords(on)}${value === null ? '' : `: ${value}`}. What did both sides do well?`,
      figures: [
        ...(value === null ? [] : [{ label: 'Value', value }]),
        ...(owner === null ? [] : [{ label: 'Sold by', value: owner }]),
        ...(campaign === null ? [] : [{ label: 'Campaign', value: campaign }]),
      ],
      records: [{ kind: 'deal', id, name: called, says: `Won on ${dayWords(on)}`, opens }],
    },
  ];
}
