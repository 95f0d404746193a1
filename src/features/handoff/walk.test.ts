/** Whatever people do with leads, in whatever order: what is stored stays one truth. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import fc from 'fast-check';
import { leadCan, type HandoffState, type Verb } from '#engine/handoff/states.ts';
import { Problem } from '#platform/errors.ts';
import type { Tx } from '#platform/db/database.ts';
import { type Company, openHandingOver, whoIs } from '#tests/support/handing-over.ts';
import { answerRejection } from './actions/answer-rejection.ts';
import { claimLead } from './actions/claim-lead.ts';
import { acceptLead, disqualifyLead, recycleLead } from './actions/decide.ts';
import { judgeRejection } from './actions/judge-rejection.ts';
import { qualifyLead } from './actions/qualify.ts';
import { reassignLead } from './actions/reassign.ts';
import { rejectLead } from './actions/reject.ts';
import { restartLead } from './actions/restart.ts';
import type { Rejection } from './contract.ts';
import { getLeadAtHand } from './queries/lead-at-hand.ts';
import { rejectionsOf } from './queries/rejections.ts';

let company: Company;
before(async () => {
  company = await openHandingOver({ reviewSamplePercent: 50 });
});
after(() => company.close());

const note = 'As we walk.';
const moves = [
  'claim',
  'accept',
  'reject',
  'recycle',
  'disqualify',
  'qualify',
  'reassign',
  'correct',
  'agree',
  'mend',
  'contest',
  'uphold',
  'overturn',
  'restart',
] as const;
type Move = (typeof moves)[number];
const verbOf = (move: Move): Verb =>
  (({ uphold: 'rule', overturn: 'rule', correct: 'reassign' }) as const)[move as 'uphold'] ?? (move as Verb);
const persons = ['sam', 'sue', 'hal', 'mara', 'mia', 'milo', 'lea'] as const;

/** Mostly what can be done from where the lead is, by somebody who may; now and then anything by anybody. */
const step = fc.record({ isWild: fc.nat(3).map((chance) => chance === 0), move: fc.nat(999), person: fc.nat(999) });
type Step = { isWild: boolean; move: number; person: number };

const ends: readonly Move[] = ['recycle', 'disqualify', 'qualify'];
const suited = (move: Move): readonly (typeof persons)[number][] => {
  const { side } = leadCan[verbOf(move)];
  if (move === 'claim') return ['sam', 'sue'];
  if (verbOf(move) === 'reassign') return ['hal', 'lea'];
  if (verbOf(move) === 'rule') return ['sue', 'mia', 'hal', 'milo', 'lea'];
  return side === 'marketing' ? ['mara', 'milo', 'lea'] : ['sam', 'hal', 'lea'];
};
const pick = <Of>(from: readonly Of[], at: number): Of => from[at % from.length]!;

function choose({ isWild, move, person }: Step, state: HandoffState): { move: Move; person: (typeof persons)[number] } {
  const able = moves.filter((each) => leadCan[verbOf(each)].from.includes(state));
  const middle = able.filter((each) => !ends.includes(each) || move % 8 === 0);
  const chosen = pick(isWild || middle.length === 0 ? moves : middle, move);
  return { move: chosen, person: pick(isWild ? persons : suited(chosen), person) };
}

/** @returns the lead that the walk goes on with */
async function take(tx: Tx, leadId: string, { move, person }: ReturnType<typeof choose>): Promise<string> {
  const who = whoIs(company.people[person]);
  const latest = async (): Promise<string> => {
    const id = (await getLeadAtHand(tx, who.workspaceId, leadId)).rejection?.id;
    if (!id) throw new Problem('conflict', 'It was never rejected.');
    return id;
  };
  const reassign = (wrongRouting: boolean) =>
    reassignLead(tx, who, leadId, { memberId: company.people[person === 'hal' ? 'sue' : 'sam'].memberId, reason: note, wrongRouting });
  if (move === 'claim') await claimLead(tx, who, leadId);
  else if (move === 'accept') await acceptLead(tx, who, leadId, {});
  else if (move === 'reject') await rejectLead(tx, who, leadId, { clauses: ['all.0'], comment: note });
  else if (move === 'recycle') await recycleLead(tx, who, leadId, { until: '2199-01-01', reason: note });
  else if (move === 'disqualify') await disqualifyLead(tx, who, leadId, { reason: note });
  else if (move === 'qualify') await qualifyLead(tx, who, leadId, { comment: note });
  else if (move === 'reassign' || move === 'correct') await reassign(move === 'correct');
  else if (move === 'agree') await answerRejection(tx, who, await latest(), { answer: 'agreed', comment: note });
  else if (move === 'mend') await answerRejection(tx, who, await latest(), { answer: 'mended', comment: note, sets: { city: 'Berlin' } });
  else if (move === 'contest') await answerRejection(tx, who, await latest(), { answer: 'contested', comment: note });
  else if (move === 'uphold') await judgeRejection(tx, who, await latest(), { verdict: 'upheld', reason: note });
  else if (move === 'overturn') await judgeRejection(tx, who, await latest(), { verdict: 'overturned', reason: note });
  else return restartLead(tx, who, leadId, { reason: note });
  return leadId;
}

/** Where a move that was made may lead. */
function reachable(move: Move, from: HandoffState): readonly HandoffState[] {
  const { to } = leadCan[verbOf(move)];
  return verbOf(move) === 'rule' ? [from, ...to] : to; // one verdict of two decides nothing yet
}

interface Seen {
  readonly state: HandoffState | null;
  readonly ownerId: string | null;
  readonly rejections: readonly Rejection[];
  readonly stored: { state: string; owner_id: string | null } | undefined;
}

const look = (leadId: string): Promise<Seen> =>
  company.within(async (tx, ws) => {
    const { state, ownerId } = await getLeadAtHand(tx, ws, leadId);
    const { rows } = await sql<NonNullable<Seen['stored']>>`SELECT state, owner_id FROM handoffs WHERE lead_id = ${leadId}::uuid`.execute(
      tx,
    );
    return { state, ownerId, rejections: await rejectionsOf(tx, whoIs(company.people.lea), leadId), stored: rows[0] };
  });

function assertInvariants({ state, ownerId, rejections, stored }: Seen): void {
  assert.deepEqual([stored?.state, stored?.owner_id ?? null], [state, ownerId], 'the projection is where the facts are');
  assert.ok(rejections.filter((each) => each.state === 'unanswered').length <= 1, 'at most one waits for an answer');
  assert.ok(rejections.filter((each) => each.missing.length > 0).length <= 1, 'at most one is judged');
  for (const { rulings, ruling } of rejections) {
    assert.equal(new Set(rulings.map(({ side }) => side)).size, rulings.length, 'a side judges once');
    assert.ok(ruling === null || rulings.some(({ verdict }) => verdict === ruling), 'nothing is decided that nobody said');
  }
  if (state === 'contested') assert.equal(rejections[0]!.state, 'toJudge');
  if (state === 'waiting' || state === 'accepted') assert.notEqual(ownerId, null);
}

const made = new Map<Move, number>();

async function walk(steps: readonly Step[], isRouted: boolean): Promise<void> {
  let leadId = await company.passed(isRouted ? {} : { ownerId: null });
  await company.talked(leadId);
  let seen = await look(leadId);
  for (const each of steps) {
    const chosen = choose(each, seen.state!);
    const moved = await company
      .within((tx) => take(tx, leadId, chosen))
      .catch((error: unknown) => {
        if (error instanceof Problem && ['conflict', 'forbidden', 'bad-input'].includes(error.code)) return null;
        throw error;
      });
    leadId = moved ?? leadId;
    const now = await look(leadId);
    assertInvariants(now);
    if (moved === null) assert.deepEqual(now, seen, 'what is refused changes nothing');
    else {
      assert.ok(reachable(chosen.move, seen.state!).includes(now.state!), `${chosen.move} from ${seen.state} to ${now.state}`);
      made.set(chosen.move, (made.get(chosen.move) ?? 0) + 1);
    }
    seen = now;
  }
}

test('a walk of verbs by anybody, in any order', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), fc.boolean(), walk), { numRuns: 15 });
  const total = [...made.values()].reduce((sum, each) => sum + each, 0);
  assert.ok(total > 40 && made.size > 7, `${total} moves of ${made.size} kinds: this proves nothing`);
  await company.assertVerified();
});
