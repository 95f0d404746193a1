/**
 * An attacker who may ask everything that is told, over twelve periods, and who knows everything but the answers: who
 * is in which team, who answered, and what up to three people they are in league with answered. They write one equation
 * a group told and solve them exactly.
 *
 * `ATTACK_COMPANIES=1000` attacks as many companies as that; 200 unless set.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blunt } from './blunt.ts';
import { groupsOf, isSameChoice } from './groups.ts';
import { type Cell, pulseCells, type Response, scale } from './pulse-cells.ts';
import { fewestTold, tellable } from './tellable.ts';

const companies = Number(process.env['ATTACK_COMPANIES'] ?? 200);
const periods = 12;
const questions = ['trust', 'goals'];

// ── companies by chance, the same ones every time ───────────────────────────

function chance(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Person extends Omit<Response, 'scores'> {
  readonly mood: number;
}

/** From six people in one team to sixty in many that overlap; some nearly empty, some that hold a whole side. */
function makeCompany(seed: number): { next: () => number; staff: Person[]; turnout: number } {
  const next = chance(seed);
  const teams = Array.from({ length: 1 + Math.floor(next() * 8) }, (_, at) => `team ${at}`);
  const person = (): Person => ({
    side: next() < 0.45 ? 'sales' : next() < 0.8 ? 'marketing' : 'leadership',
    teams: teams.filter(() => next() < 0.3),
    standing: next() < 0.2 ? 'heads' : 'others',
    mood: next(),
  });
  return { next, staff: Array.from({ length: 6 + Math.floor(next() * 55) }, person), turnout: 0.3 + next() * 0.8 };
}

/** Some come and go; moods differ so that whole teams sometimes answer 5 throughout. */
function answers({ next, staff, turnout }: ReturnType<typeof makeCompany>): Response[] {
  const stay = staff.filter(() => next() > 0.05);
  const agreed = next() < 0.2;
  return stay
    .filter(() => next() < turnout)
    .map((person) => ({
      ...person,
      scores: Object.fromEntries(questions.map((key) => [key, agreed ? 5 : 1 + Math.min(4, Math.floor((person.mood + next()) * 2.5))])),
    }));
}

// ── the attack ──────────────────────────────────────────────────────────────

/** One equation: the sum of these people’s scores. */
type Row = { readonly weights: bigint[]; readonly sum: bigint };

function equations(responses: readonly Response[], cells: readonly Cell[], key: string): Row[] {
  const groups = groupsOf(responses);
  return cells.flatMap(({ answers: count, means, ...choice }) => {
    if (count === null || means === null) return [];
    const within = new Set(groups.find((group) => isSameChoice(group, choice))!.people);
    return [{ weights: responses.map((_, person) => (within.has(person) ? 1n : 0n)), sum: BigInt(Math.round(means[key]! * count)) }];
  });
}

/** Gauss–Jordan over the fractions, each row kept in whole numbers. */
function solve(rows: readonly Row[], unknowns: number): Row[] {
  const left = rows.map(({ weights, sum }) => ({ weights: [...weights], sum }));
  const solved: Row[] = [];
  for (let column = 0; column < unknowns; column++) {
    const at = left.findIndex(({ weights }) => weights[column] !== 0n);
    if (at < 0) continue;
    const [pivot] = left.splice(at, 1) as [Row];
    const without = (row: Row): Row => {
      const factor = row.weights[column]!;
      const by = pivot.weights[column]!;
      return factor === 0n
        ? row
        : shortened(
            row.weights.map((weight, each) => weight * by - pivot.weights[each]! * factor),
            row.sum * by - pivot.sum * factor,
          );
    };
    for (const list of [left, solved]) list.splice(0, list.length, ...list.map(without));
    solved.push(pivot);
  }
  return solved;
}

function shortened(weights: bigint[], sum: bigint): Row {
  let common = 0n;
  for (const value of [...weights, sum]) common = divisor(common, value < 0n ? -value : value);
  return common > 1n ? { weights: weights.map((weight) => weight / common), sum: sum / common } : { weights, sum };
}
const divisor = (one: bigint, other: bigint): bigint => (other === 0n ? one : divisor(other, one % other));

/** Whose score follows from the equations: a solved row with one weight. */
const determined = (rows: readonly Row[], unknowns: number): number[] =>
  solve(rows, unknowns).flatMap(({ weights }) => {
    const people = weights.flatMap((weight, person) => (weight === 0n ? [] : [person]));
    return people.length === 1 ? people : [];
  });

const alone = (person: number, score: number, unknowns: number): Row => ({
  weights: Array.from({ length: unknowns }, (_, each) => (each === person ? 1n : 0n)),
  sum: BigInt(score),
});

// ── what must hold ──────────────────────────────────────────────────────────

test(`the equations of ${companies} companies over ${periods} periods determine nobody, not even in league with three others`, () => {
  let told = 0;
  for (let seed = 1; seed <= companies; seed++) {
    const company = makeCompany(seed);
    for (let period = 0; period < periods; period++) {
      const responses = answers(company);
      const rows = equations(responses, pulseCells(responses, questions), 'trust');
      told += rows.length;
      assert.deepEqual(determined(rows, responses.length), [], `company ${seed}, period ${period}`);
      const friends = new Set(Array.from({ length: fewestTold - 2 }, () => Math.floor(company.next() * responses.length)));
      const known = [...friends].filter((person) => person < responses.length);
      const more = known.map((person) => alone(person, responses[person]!.scores['trust']!, responses.length));
      const found = determined([...rows, ...more], responses.length).filter((person) => !friends.has(person));
      assert.deepEqual(found, [], `company ${seed}, period ${period}, in league with ${known.join()}`);
    }
  }
  assert.ok(told > companies * periods * 2, `only ${told} groups were told: this proves nothing`);
});

test('not even bounds help: for everybody there are two different scores from which exactly the same would be told', () => {
  for (let seed = 1; seed <= companies; seed++) {
    const company = makeCompany(seed);
    for (let period = 0; period < periods; period++) {
      const responses = answers(company);
      const cells = pulseCells(responses, questions);
      const world = asSummed(responses);
      assert.deepEqual(pulseCells(world, questions), cells, 'one in which each scored as they were summed tells the same');
      for (const key of questions)
        assertFree(
          equations(responses, cells, key),
          world.map(({ scores }) => scores[key]!),
        );
    }
  }
});

/** The answers after blunting. */
function asSummed(responses: readonly Response[]): Response[] {
  const { atomOf } = tellable(
    responses.length,
    groupsOf(responses).map(({ people }) => people),
  );
  const summed = new Map(
    questions.map((key) => [
      key,
      blunt(
        responses.map(({ scores }) => scores[key]!),
        atomOf,
        scale,
      ),
    ]),
  );
  return responses.map((response, person) => ({
    ...response,
    scores: Object.fromEntries(questions.map((key) => [key, summed.get(key)![person]!])),
  }));
}

/** Two who stand in the same told groups can trade their scores, or a point of them, and no sum changes. */
function assertFree(rows: readonly Row[], scores: readonly number[]): void {
  const atoms = Map.groupBy(scores.keys(), (person) => rows.map(({ weights }) => weights[person]).join(''));
  for (const [signature, alike] of atoms) {
    if (!signature.includes('1')) continue;
    assert.ok(alike.length >= fewestTold);
    const theirs = alike.map((person) => scores[person]!);
    const canTrade = new Set(theirs).size > 1;
    const canTradePoint = theirs[0]! > scale.lowest && theirs[0]! < scale.highest;
    assert.ok(canTrade || canTradePoint, `all of ${alike.length} gave ${theirs[0]}`);
  }
}

test('the attack works where it can: without the rule it determines people, and finds them right', () => {
  const everybody = [5, 4, 3, 2, 1, 5];
  const rows = [
    { weights: everybody.map(() => 1n), sum: 20n },
    { weights: everybody.map((_, person) => (person < 5 ? 1n : 0n)), sum: 15n },
  ];
  assert.deepEqual(determined(rows, 6), [5]);
  const row = solve(rows, 6).find(({ weights }) => weights.filter((weight) => weight !== 0n).length === 1)!;
  assert.equal(row.sum / row.weights[5]!, 5n);
});
