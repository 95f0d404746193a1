/** What only its reader can move, out of each feature’s own question of today: nobody is shown what they would not see there. */

import { sql } from 'kysely';
import { roleKindWords } from '#engine/campaigns/states.ts';
import type { Point } from '#engine/notices/message.ts';
import { answerToday } from '#features/campaigns/queries/today.ts';
import { readFeedbackToday } from '#features/feedback/queries/today.ts';
import { dayWords } from '#features/goals/contract/wording.ts';
import { goalsOfToday } from '#features/goals/queries/today.ts';
import { listInbox } from '#features/handoff/queries/inbox.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { momentIn } from '../../contract/wording.ts';

export interface Reading {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly who: Who;
  readonly timeZone: string;
  /** In that zone. */
  readonly today: string;
  /** The last day the digest looks ahead to: today, or a week on. */
  readonly until: string;
}

/** Late first, then what is due, then what has no day. */
export async function readYours(reading: Reading): Promise<Point[]> {
  const { database, who, sealing } = reading;
  const points = await database.inWorkspace(who.workspaceId, async (tx) => [
    ...(await leadsOf(tx, reading)),
    ...(await actionsOf(tx, reading)),
    ...campaignPoints(await answerToday(tx, who), reading),
    ...feedbackPoints(await readFeedbackToday(tx, who, sealing), reading),
  ]);
  const order = { late: 0, soon: 1 } as const;
  const rank = ({ tone }: Point): number => (tone === 'late' || tone === 'soon' ? order[tone] : 2);
  return [...points, ...goalPoints(await goalsOfToday(database, who))].toSorted((one, other) => rank(one) - rank(other));
}

const most = 8;

async function leadsOf(tx: Tx, { who, timeZone, until }: Reading): Promise<Point[]> {
  const { items, counts } = await listInbox(tx, who, { of: 'me', state: 'open', limit: most });
  const due = items.flatMap(({ leadId, name, company, next }) => {
    if (!next || dayOf(next.dueAt, timeZone) > until) return [];
    const tone = next.overdue ? ('late' as const) : ('soon' as const);
    const detail = `${next.title}, due ${momentIn(next.dueAt, timeZone)}`;
    return [{ text: company ? `${name}, ${company}` : name, detail, tone, opens: `/leads/${leadId}` }];
  });
  const more = counts.overdue - due.filter(({ tone }) => tone === 'late').length;
  return more > 0 ? [...due, { text: `${more} more leads of yours are overdue`, tone: 'late', opens: '/inbox' }] : due;
}

const dayOf = (instant: string, timeZone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();

async function actionsOf(tx: Tx, { who, today, until }: Reading): Promise<Point[]> {
  const { rows } = await sql<{ title: string; dueOn: string }>`SELECT title, due_on AS "dueOn" FROM actions
    WHERE workspace_id = ${who.workspaceId}::uuid AND owner_id = ${who.memberId}::uuid AND status = 'open' AND due_on <= ${until}::date
    ORDER BY due_on, id LIMIT ${most}`.execute(tx);
  return rows.map(({ title, dueOn }) => ({
    text: title,
    detail: `An action of yours, due ${dayWords(dueOn)}`,
    tone: dueOn < today ? 'late' : 'soon',
    opens: '/meetings/actions?mine=true',
  }));
}

function campaignPoints(
  { asked, owed, briefs, counterproposals, responders }: Awaited<ReturnType<typeof answerToday>>,
  { today }: Reading,
): Point[] {
  const dated = (dueOn: string | null) => (dueOn === null ? {} : { tone: dueOn < today ? ('late' as const) : ('soon' as const) });
  const by = (dueOn: string | null): string => (dueOn === null ? '' : `, due ${dayWords(dueOn)}`);
  return [
    ...asked.map(({ campaign, wanted, kind, dueOn, askedBy }) => ({
      text: `${askedBy.name} asks you for a part in ${campaign.name}`,
      detail: `${wanted} ${roleKindWords[kind].unit}${by(dueOn)}`,
      opens: `/campaigns/${campaign.id}`,
    })),
    ...owed.map(({ campaign, wanted, kind, dueOn, evidence }) => ({
      text: `Your part in ${campaign.name}`,
      detail: `${evidence?.evidenced ?? 0} of ${wanted} ${roleKindWords[kind].unit}${by(dueOn)}`,
      ...dated(dueOn),
      opens: `/campaigns/${campaign.id}`,
    })),
    ...briefs.map(({ campaign }) => ({
      text: `The brief of ${campaign.name} waits to be acknowledged`,
      opens: `/campaigns/${campaign.id}`,
    })),
    ...counterproposals.map(({ campaign, member }) => ({
      text: `${member.name} proposes another part in ${campaign.name}`,
      opens: `/campaigns/${campaign.id}`,
    })),
    ...(responders.waiting > 0
      ? [
          {
            text: `${responders.waitingIsAtLeast ? 'More than ' : ''}${responders.waiting} responders of yours have not been called yet`,
            opens: '/campaigns',
          },
        ]
      : []),
  ];
}

/** What it says stays in Accord; who wrote it is told by nobody. */
function feedbackPoints({ toAnswer, toSettle, pulse }: Awaited<ReturnType<typeof readFeedbackToday>>, { timeZone }: Reading): Point[] {
  return [
    ...toAnswer.map(({ id, subject, dueAt, late }) => ({
      text: `Feedback waits for an answer: ${subject.name}`,
      ...(dueAt === null ? {} : { detail: `Due ${momentIn(dueAt, timeZone)}` }),
      tone: late ? ('late' as const) : ('soon' as const),
      opens: `/feedback?id=${id}`,
    })),
    ...toSettle.map(({ id, subject }) => ({ text: `Your feedback was answered: ${subject.name}`, opens: `/feedback?id=${id}` })),
    ...(pulse ? [{ text: `A pulse is open: ${pulse.title}`, detail: `Until ${dayWords(pulse.closesOn)}`, opens: '/feedback/pulse' }] : []),
  ];
}

function goalPoints({ offPace, toSign }: Awaited<ReturnType<typeof goalsOfToday>>): Point[] {
  return [
    ...offPace.map(({ title, says }) => ({ text: `Your goal is off its pace: ${title}`, detail: says, opens: '/goals' })),
    ...toSign.map(({ versionId, title }) => ({ text: `Waits for your signature: ${title}`, opens: `/goals/plans/${versionId}` })),
  ];
}
