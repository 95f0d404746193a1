/** `accord campaigns participation|lift`: what the pages show, for scripts and for whoever checks it by hand. */

import { sql } from 'kysely';
import type { CommandArgs, WorkspaceCommand, WorkspaceIo } from '#platform/cli/command.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { LiftAnswer, ParticipationAnswer, ParticipationCounts } from './contract/participation.ts';
import { answerLift } from './queries/lift.ts';
import { answerParticipation } from './queries/participation.ts';

const verbs = ['participation', 'lift'] as const;
const usage = 'accord campaigns participation|lift CAMPAIGN';

/** `accord campaigns lift "Autumn webinar"`. */
export const campaignsCommand: WorkspaceCommand = {
  name: 'campaigns',
  summary: 'who of sales took part in a campaign, by evidence, and what that changed',
  needs: 'workspace',
  positionals: 'participation|lift CAMPAIGN',
  options: {},
  async run(args, io) {
    const { verb, campaign } = calledWith(args);
    const who = operator(io);
    const id = await idOf(io, campaign);
    const answer = verb === 'lift' ? await answerLift(io.database, who, id) : await answerParticipation(io.database, who, id);
    if (io.json) io.out(JSON.stringify(answer));
    else for (const line of 'outcomes' in answer ? liftLines(answer) : participationLines(answer)) io.out(line);
    return 0;
  },
};

function calledWith({ positionals }: CommandArgs): { verb: (typeof verbs)[number]; campaign: string } {
  const [given, campaign, ...more] = positionals;
  const verb = verbs.find((each) => each === given);
  if (!verb || !campaign || more.length > 0) throw new Problem('bad-input', `It is called as: ${usage}`);
  return { verb, campaign };
}

/** Who has the machine sees what the head of sales sees. */
const operator = ({ workspaceId }: WorkspaceIo): Who => ({
  workspaceId,
  memberId: '00000000-0000-0000-0000-000000000000',
  name: 'The operator',
  side: 'sales',
  role: 'owner',
});

/** By id, or by its whole name. */
async function idOf(io: WorkspaceIo, campaign: string): Promise<string> {
  const is = isId(campaign)
    ? sql`c.id = ${campaign}::uuid`
    : sql`lower(c.name COLLATE "default") = lower(${campaign}::text COLLATE "default")`;
  const { rows } = await io.database.inWorkspace(io.workspaceId, (tx) =>
    sql<{
      id: string;
    }>`SELECT c.id FROM campaigns c WHERE c.workspace_id = ${io.workspaceId}::uuid AND c.merged_into IS NULL AND ${is} LIMIT 2`.execute(tx),
  );
  if (rows.length === 1) return rows[0]!.id;
  throw new Problem(
    'bad-input',
    rows.length === 0 ? `There is no campaign “${campaign}” here.` : `Several campaigns are called “${campaign}”: name one by its id.`,
  );
}

const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`);

function participationLines({ campaign, total, teams, rest, persons, notes }: ParticipationAnswer): string[] {
  const line = (label: string, counts: ParticipationCounts): string =>
    `${label}: ${counts.evidenced} of ${counts.reps} reps took part (${percent(counts.share)}); asked ${counts.asked}, accepted ${counts.accepted}, declined ${counts.declined}, done ${counts.done}`;
  return [
    campaign.name,
    ...(total ? [line('All', total)] : []),
    ...teams.map(({ team, ...counts }) => line(team.name, counts)),
    ...(rest && teams.length > 0 ? [line('The rest', rest)] : []),
    '',
    ...persons
      .filter(({ touches, asked }) => touches + asked > 0)
      .map(
        ({ member, touches, people, done, missed }) =>
          `${member.name}: ${touches} touches with ${people} people; done ${done}, missed ${missed}`,
      ),
    '',
    ...notes,
  ];
}

function liftLines({ campaign, outcomes, sentences, caveats, formula, asOf }: LiftAnswer): string[] {
  return [
    `${campaign?.name ?? 'All campaigns'}, as of ${asOf}`,
    ...outcomes.flatMap(({ outcome, withinDays, worked, compared, leftOut, tooYoung }, at) => [
      '',
      sentences[at]!,
      `${outcome} within ${withinDays} days of MQL: ${percent(worked?.share ?? null)} of ${worked?.leads ?? 0} leads with a part, ${percent(compared?.share ?? null)} of ${compared?.leads ?? 0} without; ${leftOut} not comparable, ${tooYoung} too young`,
    ]),
    '',
    formula,
    ...caveats,
  ];
}
