/** Who took part in one campaign of very many people: the page, first and again, beside the same in SQL. */

import { sql } from 'kysely';
import { familiesOf } from '#features/campaigns/queries/campaign-at-hand.ts';
import { type AllEvidence, passEvidence } from '#features/campaigns/queries/evidence-pass.ts';
import { countEvidence } from '#features/campaigns/queries/role-counts.ts';
import { listTookPart, type TookPart } from '#features/campaigns/queries/took-part.ts';
import { type Company, company, newCompany, settle } from './support/company.ts';
import type { Ground } from './support/ground.ts';
import { openServer } from './support/http.ts';
import { campaignSize, type LargeCampaign, writeLargeCampaign } from './support/large-campaign.ts';
import { repeat, rounded, timed } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';

export async function measureParticipation(ground: Ground): Promise<Outcome> {
  const made = await newCompany(ground);
  const people = Math.max(1_000, Math.round(ground.leads / 5));
  ground.say(`participation: writing a campaign of ${people.toLocaleString('en')} people`);
  const campaign = await writeLargeCampaign(made, people);
  await settle(made);
  const pages = await measurePages(ground, made, campaign);
  const { rows, found, bySql } = await measureEvidence(ground, made, campaign);
  await made.close();
  if (textOf(found) !== textOf(bySql)) throw new Error('The pass over touches and the SQL found different things.');
  return {
    measured: `one campaign of ${people.toLocaleString('en')} people, ${campaignSize.reps} reps with ${campaignSize.partsEach} accepted parts each, ${campaign.touches.toLocaleString('en')} touches`,
    tables: [
      { title: 'pages, the first time and again', rows: pages },
      { title: 'evidence of all parts, and of taking part', rows },
    ],
    notes: ['What took longer than 1.5 s is kept for five minutes.'],
  };
}

async function measurePages(ground: Ground, made: Company, { campaignId }: LargeCampaign): Promise<Row[]> {
  const { get, close } = await openServer(made);
  const rows: Row[] = [];
  try {
    for (const page of ['participation', 'lift']) {
      ground.say(`participation: ${page}`);
      const [first, again] = [
        await timed(() => get(`/campaigns/${campaignId}/${page}`)),
        await timed(() => get(`/campaigns/${campaignId}/${page}`)),
      ];
      rows.push({ page: `/campaigns/:id/${page}`, 'first ms': rounded(first), 'again ms': rounded(again) });
    }
  } finally {
    await close();
  }
  return rows;
}

type BySql = Pick<AllEvidence, 'roles'> & { readonly tookPart: readonly TookPart[] };

async function measureEvidence({ say }: Ground, { database, workspaceId }: Company, { campaignId }: LargeCampaign) {
  const inWorkspace = <T>(work: Parameters<typeof database.inWorkspace<T>>[1]) =>
    database.inWorkspace(workspaceId, work, { statementTimeout: 0 });
  const campaigns = await inWorkspace((tx) => familiesOf(tx, workspaceId, [campaignId]));
  const found: AllEvidence[] = [];
  say('participation: one pass');
  const pass = await repeat(3, async () => void found.push(await passEvidence(database, workspaceId, company.timeZone, campaigns)));
  say('participation: SQL');
  let bySql: BySql | undefined;
  const joined = await timed(async () => {
    bySql = await inWorkspace(async (tx) => {
      const { rows } = await sql<{ id: string }>`SELECT id FROM campaign_roles WHERE workspace_id = ${workspaceId}::uuid`.execute(tx);
      const roles = await countEvidence(
        tx,
        workspaceId,
        company.timeZone,
        rows.map(({ id }) => id),
      );
      return { roles, tookPart: await listTookPart(tx, workspaceId, company.timeZone, campaigns) };
    });
  });
  const bare = await repeat(3, () =>
    inWorkspace((tx) =>
      sql`SELECT member_id, count(*), count(DISTINCT coalesce(contact_id, lead_id)) FROM touches
        WHERE workspace_id = ${workspaceId}::uuid AND side = 'sales' GROUP BY 1`.execute(tx),
    ),
  );
  const ours = pass.medianMs / 1000;
  const row = (what: string, seconds: number): Row => ({ what, seconds: rounded(seconds, 2), 'ours takes ×': rounded(ours / seconds, 2) });
  const rows = [
    row('one pass over the touches', ours),
    row('SQL that joins touches, parts and people, once', joined / 1000),
    row('SQL that only counts the touches and people of each rep', bare.medianMs / 1000),
  ];
  return { rows, found: found.at(-1)!, bySql: bySql! };
}

const textOf = ({ roles, tookPart }: BySql): string =>
  JSON.stringify([
    [...roles].map(([id, { evidenced }]) => `${id} ${evidenced}`).sort(),
    tookPart.map(({ campaignId, memberId, touches, people }) => `${campaignId} ${memberId} ${touches} ${people}`).sort(),
  ]);
