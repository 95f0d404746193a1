/** What one side put before the other and waits: versions to sign, and what sales asked of marketing. */

import { sql } from 'kysely';
import { missingSignatures } from '#features/agreement/queries/signing.ts';
import { signaturesOf } from '#features/agreement/queries/versions.ts';
import { dayWords } from '#features/goals/contract/wording.ts';
import { type AgendaGround, countOf, type Offered, plainly, weighed } from './offered.ts';

const most = 10;

export async function offerProposals(ground: AgendaGround): Promise<Offered[]> {
  return [...(await unsigned(ground)), ...(await asked(ground))];
}

interface Unsigned {
  readonly kind: 'definition' | 'agreement' | 'goal';
  readonly id: string;
  readonly name: string;
  readonly on: string;
  readonly opens: string;
  readonly madeBy: string | null;
}

async function unsigned({ database, workspaceId, heads, timeZone }: AgendaGround): Promise<Offered[]> {
  const day = sql`(v.proposed_at AT TIME ZONE ${timeZone})::date`;
  return database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<Unsigned>`
      SELECT 'definition' AS kind, v.id, 'the definition of ' || coalesce(t.name, upper(v.term)) || ', version ' || v.number AS name, ${day} AS on,
          '/agreement/definitions/' || v.term || '?version=' || v.id AS opens, v.made_by AS "madeBy"
        FROM definition_versions v LEFT JOIN terms t ON t.workspace_id = v.workspace_id AND t.key = v.term
        WHERE v.workspace_id = ${workspaceId}::uuid AND v.status = 'proposed'
      UNION ALL SELECT 'agreement', v.id, 'version ' || v.number || ' of the contract', ${day}, '/agreement/contracts/' || v.id, v.made_by
        FROM agreement_versions v WHERE v.workspace_id = ${workspaceId}::uuid AND v.status = 'proposed'
      UNION ALL SELECT 'goal', v.id, 'the plan of goals “' || (v.content->>'title') || '”', ${day}, '/goals/plans/' || v.id, v.made_by
        FROM goal_plans v WHERE v.workspace_id = ${workspaceId}::uuid AND v.status = 'proposed'
      ORDER BY 4, 2 LIMIT ${most}`.execute(tx);
    const signatures = await signaturesOf(
      tx,
      workspaceId,
      rows.map(({ id }) => id),
    );
    return rows.map(({ kind, id, name, on, opens, madeBy }) => {
      const missing = missingSignatures('proposed', signatures.get(id) ?? []);
      const says =
        missing.length === 0 ? 'waits to be signed' : `${missing.join(' and ')} ${missing.length > 1 ? 'have' : 'has'} not signed`;
      return {
        ...plainly,
        ...{ kind: 'proposal', key: `proposal:${id}`, opens, ownerId: madeBy ?? heads.marketing, weight: 0.7, minutes: 8 },
        sentence: `Since ${dayWords(on)} ${name} lies before both sides: ${says}.`,
        figures: missing.length === 0 ? [] : [{ label: 'Not signed', value: missing.join(', ') }],
        records: [{ kind, id, name, says, opens }],
      };
    });
  });
}

/** Campaigns, content and answers to objections that sales asked for. */
async function asked({ database, workspaceId, heads }: AgendaGround): Promise<Offered[]> {
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<{
      open: number;
      late: number;
      title: string | null;
    }>`SELECT count(*)::int AS open, count(*) FILTER (WHERE due_at < now())::int AS late,
        (array_agg(title ORDER BY due_at, id))[1] AS title
      FROM proposals WHERE workspace_id = ${workspaceId}::uuid AND state = 'open' AND first_answer_at IS NULL`.execute(tx),
  );
  const { open, late, title } = rows[0]!;
  if (open === 0 || title === null) return [];
  return [
    {
      ...plainly,
      ...{ kind: 'proposal', key: 'proposals', opens: '/campaigns/proposals', ownerId: heads.marketing, minutes: 4 },
      sentence: `${countOf(open, 'proposal')} of sales ${open === 1 ? 'waits' : 'wait'} for an answer${late > 0 ? `, ${late} past the agreed time` : ''}; the first is “${title}”.`,
      figures: [
        { label: 'Open', value: String(open) },
        { label: 'Late', value: String(late) },
      ],
      weight: weighed(0.2 + late / 10),
    },
  ];
}
