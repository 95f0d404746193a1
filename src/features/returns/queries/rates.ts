import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { exchangeRate, rateList, RatesQuery } from '../contract/ledger.ts';
import { payVisible } from '../contract/pay.ts';
import { plainDecimal } from './costs.ts';
import { ledgerNow } from './ledger-now.ts';
import { visibleCosts } from './visible-costs.ts';

type RateList = z.output<typeof rateList>;

/** By day, the latest first. With the currencies whose entries wait. @throws Problem bad-input for a made-up cursor */
export async function listRates(tx: Tx, who: Who, asked: RatesQuery): Promise<RateList> {
  const after = readCursor(asked.cursor);
  const { currency: into } = await ledgerNow(tx, who.workspaceId);
  const mine = sql`r.workspace_id = ${who.workspaceId}::uuid ${asked.currency ? sql`AND r.currency = ${asked.currency}` : sql``}`;
  const { rows } = await sql<z.output<typeof exchangeRate>>`
    SELECT r.id, r.currency, r.into_currency AS "intoCurrency", r.on_day AS "onDay", r.rate, r.source, r.recorded_at AS "recordedAt",
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "recordedBy",
      r.into_currency = ${into} AND NOT EXISTS (SELECT FROM exchange_rates o WHERE o.workspace_id = ${who.workspaceId}::uuid AND o.currency = r.currency
        AND o.into_currency = r.into_currency AND o.on_day = r.on_day AND (o.recorded_at, o.id) > (r.recorded_at, r.id)) AS counts
    FROM exchange_rates r LEFT JOIN members m ON m.workspace_id = r.workspace_id AND m.id = r.recorded_by
    WHERE ${mine} ${after ? sql`AND (r.on_day, r.id) < (${after.day}::date, ${after.id}::uuid)` : sql``}
    ORDER BY r.on_day DESC, r.id DESC LIMIT ${asked.limit + 1}`.execute(tx);
  const items = rows.slice(0, asked.limit).map((row) => ({ ...row, rate: plainDecimal(row.rate) }));
  const last = items.at(-1);
  const { rows: counted } = await sql<{ total: bigint }>`SELECT count(*) AS total FROM exchange_rates r WHERE ${mine}`.execute(tx);
  return {
    items,
    next: rows.length > asked.limit && last ? `${last.onDay}~${last.id}` : null,
    total: after ? null : Number(counted[0]!.total),
    wanted: await wantedRates(tx, who),
  };
}

async function wantedRates(tx: Tx, who: Who): Promise<RateList['wanted']> {
  const { rows } = await sql<{ currency: string; entries: bigint; firstOn: string }>`
    SELECT c.currency, count(*) AS entries, min(c.occurred_on) AS "firstOn" FROM ${visibleCosts(who.workspaceId, payVisible(who))} c
    WHERE c.booked IS NULL GROUP BY 1 ORDER BY 1`.execute(tx);
  return rows.map((row) => ({ ...row, entries: Number(row.entries) }));
}

function readCursor(text: string | undefined): { day: string; id: string } | null {
  if (text === undefined) return null;
  const [day = '', id = '', ...more] = text.split('~');
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !isId(id) || more.length > 0)
    throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
      fields: [{ at: 'cursor', reason: 'unknown' }],
    });
  return { day, id };
}
