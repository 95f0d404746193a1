/** What the sample company says to itself: a weekly meeting with its past, and feedback given and answered. */

import { sql } from 'kysely';
import type { FeedbackVerb } from '#engine/feedback/states.ts';
import { keepPast, type PastAction, type PastMeeting } from '#features/cadence/actions/keep-past.ts';
import { makeSeries } from '#features/cadence/actions/write-series.ts';
import { seriesDraft } from '#features/cadence/contract/series.ts';
import { usualSeries } from '#features/cadence/contract/usual.ts';
import { prepareFeedback } from '#features/feedback/actions/prepare.ts';
import { takeFeedback, writeStep } from '#features/feedback/actions/take-feedback.ts';
import { writeFeedback } from '#features/feedback/actions/write-feedback.ts';
import { type NewFeedback, newFeedback } from '#features/feedback/contract/feedback.ts';
import { dueFrom } from '#features/feedback/queries/due.ts';
import type { Database, Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import type { Who } from '#platform/http/route.ts';
import type { SamplePeople } from './sample-campaigns.ts';

/** In the names of the sample's people; done twice it changes nothing. */
export async function meetTogether(database: Database, people: SamplePeople): Promise<void> {
  const { workspaceId } = people.mara;
  await database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{
      has: boolean;
    }>`SELECT EXISTS (SELECT FROM meeting_series WHERE workspace_id = ${workspaceId}::uuid) AS has`.execute(tx);
    if (rows[0]!.has || people.reps.length < 3) return;
    const weekly = await beginWeekly(tx, people);
    await keepPast(tx, people.mara, weekly, pastMeetings(people));
    await giveAndAnswer(tx, people);
  });
}

// ── meetings ────────────────────────────────────────────────────────────────

async function beginWeekly(tx: Tx, { mara, sam, reps }: SamplePeople): Promise<string> {
  const { purpose, name, recurrence, at, minutes, kinds } = usualSeries.find((usual) => usual.purpose === 'weekly')!;
  const startsOn = Temporal.Now.plainDateISO('UTC').subtract({ days: 63 }).toString();
  const attendees = { memberIds: [mara, sam, ...reps.slice(0, 4)].map(({ memberId }) => memberId), sides: ['marketing', 'leadership'] };
  const times = { recurrence, startsOn, at };
  return makeSeries(tx, mara, seriesDraft.parse({ name, purpose, times, minutes, location: 'Room Elbe, and online', attendees, kinds }));
}

/** The oldest first. */
function pastMeetings({ mara, sam, reps }: SamplePeople): PastMeeting[] {
  const [ann, ben, cleo] = reps as [Who, Who, Who];
  const action = (title: string, owner: Who, dueAfter: number, doneAfter: number | null): PastAction => ({
    title,
    owner,
    dueAfter,
    doneAfter,
  });
  const item = (sentence: string, notes: string, decisions: readonly string[] = [], actions: readonly PastAction[] = []) => ({
    ...{ sentence, notes, decisions, actions, minutes: 12 },
  });
  const held = (missing: readonly Who[], startedLateMinutes: number, ...items: ReturnType<typeof item>[]): PastMeeting => ({
    ...{ items, startedLateMinutes, missing: missing.map(({ memberId }) => memberId) },
  });
  return [
    held(
      [cleo],
      3,
      item('What we owe each other, read aloud once', 'Both sides had read it before; two questions about the clock on Fridays.', [
        'We meet every Tuesday, and begin on time.',
      ]),
      item(
        'Who calls a lead from a fair first',
        'The team that stood at the stand knows the people.',
        [],
        [action('List who met whom at the fair', ann, 3, 2)],
      ),
    ),
    held(
      [],
      0,
      item(
        'First attempts after four in the afternoon',
        'Leads after four wait until the next morning.',
        [],
        [action('Try a late shift until six, two days a week', sam, 7, 6), action('Send webinars’ leads in the morning', mara, 7, 9)],
      ),
      item('Rejections without a comment', 'A clause alone doesn’t help marketing to mend anything.', [
        'Every rejection says in a sentence what was found.',
      ]),
    ),
    held(
      [ben, cleo],
      11,
      item(
        'The guide on production planning: who asks for it',
        'Planners, not buyers. They want to talk, but later.',
        [],
        [action('Write a second mail for planners', mara, 10, 8)],
      ),
    ),
    { items: null, missing: [], startedLateMinutes: 0 },
    held(
      [ann],
      2,
      item(
        'What became of the late shift',
        'Most late leads are reached on the same day now.',
        ['The late shift stays, Tuesday to Thursday.'],
        [action('Put the late shift into the calendar', sam, 2, 1)],
      ),
      item(
        'Price sheet: the last page is for reps alone',
        'Two customers had it.',
        [],
        [action('Split the sheet into two files', mara, 7, 7)],
      ),
    ),
    held(
      [cleo],
      0,
      item(
        'Leads of partners: when do they count',
        'Partners send names, not leads.',
        ['A partner’s name counts once somebody has spoken to them.'],
        [action('Tell the partners how we count', ben, 7, 12)],
      ),
    ),
    held(
      [],
      4,
      item(
        'Customer story of the pump maker',
        'Reps use it in second calls, and ask for one from food.',
        [],
        [action('Ask two food producers for a story', mara, 14, 13), action('Collect what food producers ask', cleo, 5, null)],
      ),
      item('Calls that nobody picks up', 'Mornings are better than noon.', ['Third attempts are made before ten.']),
    ),
    held(
      [ben],
      1,
      item(
        'The spring campaign: who takes which part',
        'Two reps have said yes, one is asked again.',
        [],
        [action('Ask the third rep in person', sam, 4, null), action('Show the invitation to two customers first', mara, 9, null)],
      ),
      item(
        'What stands in the way of second meetings',
        'Prices come too early.',
        ['Prices are talked about from the second meeting on.'],
        [action('Write down how we answer “send me a price”', ann, 10, null)],
      ),
    ),
  ];
}

// ── feedback ────────────────────────────────────────────────────────────────

interface Piece {
  readonly from: Who;
  readonly given: Partial<NewFeedback> & Pick<NewFeedback, 'tone' | 'subjectKind' | 'behaviour'>;
  /** Which of its kind it is about, the latest first. */
  readonly nth: number;
  readonly daysAgo: number;
  /** What was answered, and whether whoever gave it found that settled; by a head of the side it is to. */
  readonly answer?: {
    readonly verb: FeedbackVerb;
    readonly text: string;
    readonly action?: string;
    readonly after: number;
    readonly confirmed?: boolean;
  };
}

async function giveAndAnswer(tx: Tx, people: SamplePeople): Promise<void> {
  const subjects = await findSubjects(tx, people.mara);
  for (const piece of pieces(people)) {
    const subjectId = subjects[piece.given.subjectKind as keyof typeof subjects]?.[piece.nth];
    if (subjectId !== undefined) await giveOne(tx, people, piece, subjectId);
  }
}

/** The latest that both sides have a hand in; hand-offs and rejections are made of the files only later. */
async function findSubjects(tx: Tx, { workspaceId }: Who): Promise<Record<'lead' | 'campaign', string[]>> {
  const idsOf = async (query: ReturnType<typeof sql>): Promise<string[]> =>
    (await sql<{ id: string }>`${query}`.execute(tx)).rows.map(({ id }) => id);
  const leads = sql`FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.owner_id IS NOT NULL AND l.campaign_id IS NOT NULL AND l.archived_at IS NULL`;
  return {
    lead: await idsOf(sql`SELECT l.id ${leads} ORDER BY l.opened_at DESC, l.id DESC LIMIT 8`),
    campaign:
      await idsOf(sql`SELECT id FROM campaigns WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL AND merged_into IS NULL
      ORDER BY starts_on DESC NULLS LAST, id DESC LIMIT 4`),
  };
}

async function giveOne(tx: Tx, { mara, sam }: SamplePeople, { from, given, daysAgo, answer }: Piece, subjectId: string): Promise<void> {
  const { workspaceId } = from;
  const feedback = await prepareFeedback(tx, from, newFeedback.parse({ ...given, subjectId }));
  const id = newId();
  const at = Date.now() - daysAgo * dayMilliseconds;
  const dueAt = feedback.tone === 'criticism' ? await dueFrom(tx, workspaceId, at) : null;
  await writeFeedback(tx, workspaceId, feedback, {
    id,
    on: dayOf(at),
    dueAt,
    origin: { memberId: from.memberId, side: from.side, at: iso(at) },
  });
  if (!answer) return;
  const head = feedback.toSide === 'marketing' ? mara : sam;
  const answeredAt = at + answer.after * dayMilliseconds;
  const row = await takeFeedback(tx, head, answer.verb, id);
  await writeStep(tx, workspaceId, row, {
    ...{ verb: answer.verb, text: answer.text, on: dayOf(answeredAt), by: { memberId: head.memberId, at: iso(answeredAt) } },
    sets: {
      ...{
        answeredBy: head.memberId,
        answeredAt: iso(answeredAt),
        answeredInTime: dueAt === null ? null : answeredAt <= Date.parse(dueAt),
      },
      ...(answer.action === undefined ? {} : { action: answer.action, actionDueOn: dayOf(answeredAt + 7 * dayMilliseconds) }),
    },
  });
  if (!answer.confirmed) return;
  const confirmedAt = answeredAt + dayMilliseconds;
  await writeStep(tx, workspaceId, await takeFeedback(tx, from, 'confirm', id), {
    ...{ verb: 'confirm', text: 'That settles it.', on: dayOf(confirmedAt), by: { memberId: from.memberId, at: iso(confirmedAt) } },
  });
}

function pieces({ mara, sam, reps }: SamplePeople): Piece[] {
  const [ann, ben, cleo] = reps as [Who, Who, Who];
  const criticism = { tone: 'criticism' } as const;
  const late = 'The first call came two days after the form.';
  return [
    {
      ...{ from: mara, nth: 0, daysAgo: 41 },
      given: {
        ...criticism,
        subjectKind: 'lead',
        situation: 'A lead of the webinar',
        behaviour: late,
        impact: 'They had asked two others by then.',
        nextTime: 'Hand it back on the same day when the week is full.',
        tags: ['first attempt'],
      },
      answer: {
        verb: 'accept',
        text: 'True: nobody had it that day.',
        action: 'Name who stands in when somebody is away',
        after: 1,
        confirmed: true,
      },
    },
    {
      ...{ from: ann, nth: 1, daysAgo: 36 },
      given: {
        ...criticism,
        subjectKind: 'lead',
        situation: 'A lead from last week’s list',
        behaviour: 'The telephone number was that of the reception.',
        impact: 'Three calls went nowhere.',
        nextTime: 'Ask for a direct number in the form.',
        tags: ['missing number'],
      },
      answer: { verb: 'accept', text: 'The form asks for it from Monday on.', action: 'Change the form', after: 2, confirmed: true },
    },
    {
      ...{ from: sam, nth: 0, daysAgo: 30 },
      given: {
        tone: 'praise',
        subjectKind: 'campaign',
        situation: 'The invitation',
        behaviour: 'Every lead came with what they had asked at the stand.',
        impact: 'The first calls began in the middle.',
      },
      answer: { verb: 'thank', text: 'The team that stood there wrote it down.', after: 1 },
    },
    {
      ...{ from: ben, nth: 2, daysAgo: 26 },
      given: {
        ...criticism,
        subjectKind: 'lead',
        situation: 'Two leads of one company',
        behaviour: 'Both came on the same day to two of us.',
        impact: 'The customer was called twice.',
        nextTime: 'Put both to whoever has the company.',
        tags: ['twice'],
      },
      answer: { verb: 'explain', text: 'They filled in two forms with two addresses; the second was joined an hour later.', after: 5 },
    },
    {
      ...{ from: mara, nth: 3, daysAgo: 22 },
      given: {
        ...criticism,
        subjectKind: 'lead',
        situation: 'A lead of the price page',
        behaviour: late,
        impact: 'The meeting they wanted fell into the next quarter.',
        nextTime: 'Call leads of the price page first.',
        tags: ['first attempt'],
      },
      answer: { verb: 'accept', text: 'They come first now.', action: 'Put leads of the price page on top', after: 2, confirmed: true },
    },
    {
      ...{ from: mara, nth: 4, daysAgo: 18 },
      given: {
        ...criticism,
        subjectKind: 'lead',
        situation: 'A rejection of this month',
        behaviour: 'The comment says only “no fit”.',
        impact: 'Nobody here can mend that.',
        nextTime: 'Say what was found in a sentence.',
        tags: ['comment'],
      },
      answer: { verb: 'disagree', text: 'The clause says it: the company has four people.', after: 3 },
    },
    {
      ...{ from: cleo, nth: 1, daysAgo: 13 },
      given: {
        tone: 'praise',
        subjectKind: 'campaign',
        situation: 'The customer story',
        behaviour: 'It names figures that customers ask about.',
        impact: 'Two second meetings came from it.',
      },
    },
    {
      ...{ from: mara, nth: 5, daysAgo: 9 },
      given: {
        ...criticism,
        subjectKind: 'lead',
        situation: 'A lead of the guide',
        behaviour: late,
        impact: 'They no longer knew what they had asked for.',
        nextTime: 'Send a mail on the same day where a call has to wait.',
        tags: ['first attempt'],
      },
      answer: {
        verb: 'accept',
        text: 'The mail is written and goes out by itself.',
        action: 'Look in two weeks whether it helps',
        after: 1,
      },
    },
    {
      ...{ from: ann, nth: 6, daysAgo: 6 },
      given: {
        ...criticism,
        subjectKind: 'lead',
        situation: 'A lead of Tuesday',
        behaviour: 'It came without the pages they had read.',
        impact: 'The first question was one they had answered already.',
        nextTime: 'Pass on the last three pages.',
        tags: ['context'],
      },
    },
    {
      ...{ from: mara, nth: 7, daysAgo: 1 },
      given: {
        ...criticism,
        subjectKind: 'lead',
        situation: 'A lead of the fair',
        behaviour: 'There were two attempts, both at noon.',
        impact: 'Nobody picks up at noon.',
        nextTime: 'Try once before ten.',
        tags: ['attempts'],
      },
    },
  ];
}

const dayMilliseconds = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();
const dayOf = (at: number): string => iso(at).slice(0, 10);
