/** What the sample company's people say: an announcement that most have acknowledged, and comments that mention each other. */

import { sql } from 'kysely';
import { acknowledge, announce } from '#features/notices/actions/announce.ts';
import { say } from '#features/notices/actions/comment.ts';
import type { CommentSubject } from '#features/notices/contract/subjects.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { SamplePeople } from './sample-campaigns.ts';

const daysToAcknowledge = 5;

/** In the names of both heads and a rep; done twice it changes nothing. */
export async function talkTogether(database: Database, owner: Who, people: SamplePeople): Promise<void> {
  await database.inWorkspace(owner.workspaceId, async (tx) => {
    if (await hasTalked(tx, owner)) return;
    await announceTogether(tx, people);
    for (const { about, said } of await talks(tx, owner, people)) for (const [who, text] of said) await say(tx, who, { ...about, text });
  });
}

async function hasTalked(tx: Tx, { workspaceId }: Who): Promise<boolean> {
  const { rows } = await sql`SELECT FROM announcements WHERE workspace_id = ${workspaceId}::uuid LIMIT 1`.execute(tx);
  return rows.length > 0;
}

/** All but every third have acknowledged it. */
async function announceTogether(tx: Tx, { mara, everybody }: SamplePeople): Promise<void> {
  const id = await announce(tx, mara, {
    title: 'From Monday every rejection names its clause',
    text: 'A rejection that names the clause it rests on can be answered, mended or contested within a day. Please read the definition of an MQL once more before you reject: what is not in it is a proposal to change it, not a rejection.',
    audience: { sides: [], teams: [], members: [] },
    needsAcknowledgement: true,
    acknowledgeBy: await dayFromNow(tx, mara),
  });
  for (const who of everybody.filter((each, place) => each.memberId !== mara.memberId && place % 3 !== 0)) await acknowledge(tx, who, id);
}

async function dayFromNow(tx: Tx, { workspaceId }: Who): Promise<string> {
  const { rows } = await sql<{ day: string }>`SELECT (now() AT TIME ZONE time_zone)::date + ${daysToAcknowledge}::int AS day FROM workspaces
    WHERE id = ${workspaceId}::uuid`.execute(tx);
  return rows[0]!.day;
}

interface Talk {
  readonly about: CommentSubject;
  readonly said: readonly (readonly [Who, string])[];
}

async function talks(tx: Tx, owner: Who, { mara, sam, reps }: SamplePeople): Promise<Talk[]> {
  const at = ({ memberId }: Who): string => `@[${memberId}]`;
  const rep = reps[0] ?? sam;
  const lead = await firstOf(
    tx,
    sql`SELECT id FROM leads WHERE workspace_id = ${owner.workspaceId}::uuid AND campaign_id IS NOT NULL ORDER BY opened_at DESC NULLS LAST, id LIMIT 1`,
  );
  const campaign = await firstOf(
    tx,
    sql`SELECT campaign_id AS id FROM campaign_plans WHERE workspace_id = ${owner.workspaceId}::uuid ORDER BY campaign_id LIMIT 1`,
  );
  return [
    ...(lead
      ? [
          {
            about: { subjectKind: 'lead', subjectKey: lead } as const,
            said: [
              [rep, `${at(mara)} they ask about delivery in spring. Do we have something to send?`],
              [mara, 'The case study on short lead times; it is in the library. Tell me if they open it.'],
            ] as const,
          },
        ]
      : []),
    ...(campaign
      ? [
          {
            about: { subjectKind: 'campaign', subjectKey: campaign } as const,
            said: [[sam, `${at(mara)} my people can call in the second week, not in the first: the quarter closes.`]] as const,
          },
        ]
      : []),
    {
      about: { subjectKind: 'page', subjectKey: 'scoreboard' },
      said: [
        [sam, `${at(owner)} the fall in accepted leads is the week of the fair: nobody was at a desk.`],
        [mara, 'Then we plan the next fair with somebody who stays behind.'],
      ],
    },
  ];
}

async function firstOf(tx: Tx, query: ReturnType<typeof sql>): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`${query}`.execute(tx);
  return rows[0]?.id ?? null;
}
