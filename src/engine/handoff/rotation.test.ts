import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { chooseNext, firstInTurn, give, type Rep, type Rotation, type Terms } from './rotation.ts';

const hour = 3_600_000;
/** Monday 2026-03-30 10:00 in Berlin. */
const monday = Date.parse('2026-03-30T08:00:00Z');
const terms: Terms = { at: monday, workingHoursOnly: true, catchUpLeads: 2, timeZone: 'Europe/Berlin' };

const rep = (name: string, more: Partial<Rep> = {}): Rep => ({
  id: name.toLowerCase(),
  name,
  weight: 1,
  capacity: null,
  open: 0,
  away: null,
  opensAt: monday,
  ...more,
});
const team = (...reps: Rep[]): Rotation => ({ name: 'Inside Sales', reps, turns: new Map() });

/** Gives one lead; who got it, null for nobody. */
function next(rotation: Rotation, asked: Terms = terms): string | null {
  const choice = chooseNext(rotation, asked);
  if (choice.rep) give(choice.rep, asked.at, { rotation, turn: choice.turn });
  return choice.rep?.id ?? null;
}

/** Some milliseconds later each; time goes on from call to call. */
const many = (leads: number, rotation: Rotation, asked: Terms = terms): (string | null)[] =>
  Array.from({ length: leads }, () => next(rotation, { ...asked, at: asked.at + (later += 1) }));
let later = 0;

const countOf = (given: readonly (string | null)[], id: string): number => given.filter((each) => each === id).length;

/** The same team with some of its reps changed; turns are kept. */
const changed = (rotation: Rotation, change: (rep: Rep) => Partial<Rep>): Rotation => ({
  ...rotation,
  reps: rotation.reps.map((each) => ({ ...each, ...change(each) })),
});

describe('Whose turn it is', () => {
  test('equal reps take turns; among equals, the one whose last lead is longest ago', () => {
    assert.deepEqual(many(6, team(rep('Kim'), rep('Sam'), rep('Ola'))), ['kim', 'ola', 'sam', 'kim', 'ola', 'sam']);
  });

  test('a weight of three gets three of four', () => {
    const given = many(8, team(rep('Sam', { weight: 3 }), rep('Kim')));
    assert.equal(countOf(given, 'sam'), 6);
    assert.deepEqual(given.slice(0, 4).toSorted(), given.slice(4).toSorted());
  });

  test('whoever is away, full or without a share is passed over, and it is said why', () => {
    const until = Date.parse('2026-04-03T22:00:00Z'); // midnight after 3 April in Berlin
    const rotation = team(
      rep('Sam', { away: { kind: 'leave', until } }),
      rep('Kim', { capacity: 20, open: 20 }),
      rep('Ada', { weight: 0 }),
      rep('Jo', { away: { kind: 'outOfRotation', reason: 'three late' } }),
      rep('Bo', { opensAt: monday + 23 * hour }),
      rep('Ola'),
      rep('Pia'),
    );
    rotation.turns.set('ola', { turn: 12, given: 12, lastGivenAt: 1 }).set('pia', { turn: 13, given: 13, lastGivenAt: 2 });
    assert.deepEqual(chooseNext(rotation, terms).why, [
      'Jo is out of rotation (three late).',
      'Sam is on leave until 3 April.',
      'Ada has no share in the rotation.',
      'Kim has 20 of at most 20 open leads.',
      'Bo doesn’t work now (again Tue 31 March 09:00).',
      'Ola is next in turn (12 leads so far at weight 1).',
    ]);
  });

  test('several of one kind share a sentence, of many only the first are named', () => {
    const away = (name: string) => rep(name, { opensAt: monday + 23 * hour });
    const [why] = chooseNext(team(rep('Ola'), away('Bo'), away('Cy'), away('Di'), away('Ed'), away('Flo')), terms).why;
    const again = '(again Tue 31 March 09:00)';
    assert.equal(why, `Bo ${again}, Cy ${again}, Di ${again} and 2 others don’t work now.`);
  });

  test('when all are at capacity it waits in the team’s queue, and it is said why', () => {
    const full = { capacity: 5, open: 5 };
    const choice = chooseNext(team(rep('Kim', full), rep('Sam', full)), terms);
    assert.equal(choice.rep, null);
    assert.deepEqual(choice.why, [
      'Kim (5 of at most 5) and Sam (5 of at most 5) have as many open leads as they may have.',
      'Nobody in Inside Sales can take it now: it waits in the team’s queue.',
    ]);
  });

  test('leads given are counted towards the limit at once', () => {
    assert.deepEqual(many(5, team(rep('Kim', { capacity: 2 }), rep('Sam', { capacity: 2 }))), ['kim', 'sam', 'kim', 'sam', null]);
  });

  test('a team without reps says so', () => {
    assert.deepEqual(chooseNext(team(), terms).why, ['Inside Sales has no reps.']);
  });
});

describe('Outside working hours', () => {
  const nine = monday + 23 * hour;

  test('leads of the night go to those who start first, in turn and not all to one', () => {
    const rotation = team(rep('Kim', { opensAt: nine }), rep('Sam', { opensAt: nine + hour / 2 }), rep('Bo', { opensAt: nine + 5 * hour }));
    assert.deepEqual(many(4, rotation), ['kim', 'sam', 'kim', 'sam']);
    assert.equal(chooseNext(rotation, terms).why.at(-2), 'Nobody works now; Kim and Sam start first (Tue 31 March 09:00).');
  });

  test('one who works now comes before all who start later', () => {
    assert.deepEqual(many(3, team(rep('Kim', { opensAt: nine }), rep('Sam'))), ['sam', 'sam', 'sam']);
  });

  test('where the hour is no matter, everybody takes turns', () => {
    const asked = { ...terms, workingHoursOnly: false };
    assert.deepEqual(many(4, team(rep('Kim', { opensAt: nine }), rep('Sam')), asked), ['kim', 'sam', 'kim', 'sam']);
  });

  test('one who never works gets nothing', () => {
    assert.deepEqual(many(2, team(rep('Kim', { opensAt: null }), rep('Sam', { opensAt: nine }))), ['sam', 'sam']);
    const choice = chooseNext(team(rep('Kim', { opensAt: null })), terms);
    assert.deepEqual([choice.rep, choice.why[0]], [null, 'Kim has no working time in the calendar.']);
  });
});

describe('Coming back', () => {
  const onLeave = { away: { kind: 'leave', until: monday + 72 * hour } } as const;

  test('one who was on leave catches up by what is agreed, and then takes turns', () => {
    const rotation = team(rep('Kim'), rep('Sam'), rep('Ola'));
    many(30, rotation);
    const without = changed(rotation, ({ id }) => (id === 'ola' ? onLeave : {}));
    many(40, without);
    const back = many(
      8,
      changed(without, () => ({ away: null })),
    );
    assert.deepEqual(back.slice(0, 2), ['ola', 'ola']);
    assert.equal(countOf(back, 'ola'), 4);
  });

  test('a new rep starts no further behind than that', () => {
    const rotation = team(rep('Kim'), rep('Sam'));
    many(100, rotation);
    const given = many(10, { ...rotation, reps: [...rotation.reps, rep('Ada')] });
    assert.ok(countOf(given, 'ada') <= 5, `Ada got ${countOf(given, 'ada')} of 10`);
  });

  test('without catching up nothing is owed', () => {
    const rotation = team(rep('Kim'), rep('Sam'));
    const alone = changed(rotation, ({ id }) => (id === 'sam' ? onLeave : {}));
    many(50, alone, { ...terms, catchUpLeads: 0 });
    const back = many(
      6,
      changed(alone, () => ({ away: null })),
      { ...terms, catchUpLeads: 0 },
    );
    assert.equal(countOf(back, 'sam'), 3);
  });

  test('the one who held the fort is not made to wait for it', () => {
    const rotation = team(rep('Kim'), rep('Sam'), rep('Ola'));
    const alone = changed(rotation, ({ id }) => (id === 'kim' ? {} : onLeave));
    many(1000, alone);
    const back = many(
      9,
      changed(alone, () => ({ away: null })),
    );
    assert.ok(countOf(back, 'kim') >= 1, 'Kim waits for more than the agreed catching up');
  });

  test('a share that grows tenfold floods nobody', () => {
    const rotation = team(rep('Kim', { weight: 0.1 }), rep('Sam'));
    many(9, rotation);
    const given = many(
      11,
      changed(rotation, ({ id }) => (id === 'kim' ? { weight: 1 } : {})),
    );
    assert.ok(countOf(given, 'kim') <= 3 + 6, `Kim got ${countOf(given, 'kim')} of 11`);
  });
});

// ── properties ──────────────────────────────────────────────────────────────

const weights = fc.array(
  fc.integer({ min: 1, max: 40 }).map((tenths) => tenths / 10),
  { minLength: 1, maxLength: 8 },
);
const teamOf = (shares: readonly number[]): Rotation => team(...shares.map((weight, at) => rep(`R${at}`, { weight })));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

describe('Whatever the team', () => {
  test('nobody who is always there gets less than the share, to the lead', () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 400 }), (shares, leads) => {
        const given = many(leads, teamOf(shares));
        for (const [at, weight] of shares.entries()) {
          const share = Math.floor((leads * weight) / sum(shares) - 1e-6);
          assert.ok(countOf(given, `r${at}`) >= share, `R${at} of weight ${weight} got ${countOf(given, `r${at}`)}, its share is ${share}`);
        }
      }),
    );
  });

  test('shares come nearer to the weights the more leads there are', () => {
    fc.assert(
      fc.property(weights, (shares) => {
        const leads = 2_000;
        const given = many(leads, teamOf(shares));
        for (const [at, weight] of shares.entries())
          assert.ok(Math.abs(countOf(given, `r${at}`) - (leads * weight) / sum(shares)) <= shares.length);
      }),
      { numRuns: 20 },
    );
  });

  test('the order in which reps are named is no matter', () => {
    fc.assert(
      fc.property(weights, fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 60 }), (shares, chance, leads) => {
        const one = teamOf(shares);
        const order = new Map(one.reps.map(({ id }) => [id, chance.next().value]));
        const other = { ...teamOf(shares), reps: teamOf(shares).reps.toSorted((a, b) => order.get(a.id)! - order.get(b.id)!) };
        assert.deepEqual(many(leads, one), many(leads, other));
      }),
    );
  });

  test('counting only those whose turn comes first finds the same one, wherever it finds one that was counted', () => {
    const opens = fc.array(fc.nat(3), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(weights, opens, fc.nat(40), fc.integer({ min: 1, max: 8 }), (shares, open, before, counted) => {
        const rotation = teamOf(shares);
        many(before, rotation);
        const limited = (count: (rep: Rep) => boolean) =>
          changed(rotation, (each) => ({ capacity: 2, open: count(each) ? open[Number(each.id.slice(1))]! : null }));
        const first = new Set(firstInTurn(rotation, terms, counted).map(({ id }) => id));
        const found = chooseNext(
          limited(({ id }) => first.has(id)),
          terms,
        );
        if (found.rep?.open === null) return;
        const whole = chooseNext(
          limited(() => true),
          terms,
        );
        assert.deepEqual([found.rep?.id, found.turn], [whole.rep?.id, whole.turn]);
      }),
    );
  });

  /** Who is there, drawn anew for each lead: leave, hours and limits in any pattern. */
  const isThere = (there: number, id: string): boolean => ((there >> Number(id.slice(1))) & 1) === 1;
  const comings = fc.tuple(weights, fc.integer({ min: 0, max: 5 }), fc.array(fc.nat(255), { minLength: 20, maxLength: 300 }));

  test('one who comes back gets at most the catching up and a fair share', () => {
    fc.assert(
      fc.property(comings, fc.integer({ min: 1, max: 60 }), ([shares, catchUpLeads, pattern], leads) => {
        const asked = { ...terms, catchUpLeads };
        let rotation = teamOf(shares);
        for (const there of pattern) {
          rotation = changed(rotation, ({ id }) => (isThere(there, id) ? { away: null } : { away: { kind: 'inactive' } }));
          next(rotation, asked);
        }
        const back = many(
          leads,
          changed(rotation, () => ({ away: null })),
          asked,
        );
        for (const [at, weight] of shares.entries()) {
          // Each of the others may be owed the catching up as well; the bound is that of the one owed the most.
          const share = weight / sum(shares);
          const most = (1 + catchUpLeads) * (1 - share) + share * (leads + shares.length - 1);
          assert.ok(countOf(back, `r${at}`) <= most + 1e-6, `R${at} got ${countOf(back, `r${at}`)} of ${leads}, at most ${most} is fair`);
        }
      }),
    );
  });

  test('nobody who stays waits longer than all others take to catch up', () => {
    fc.assert(
      fc.property(comings, ([shares, catchUpLeads, pattern]) => {
        const asked = { ...terms, catchUpLeads };
        let rotation = teamOf(shares);
        for (const there of pattern) {
          rotation = changed(rotation, ({ id }) => (isThere(there, id) ? { away: null } : { away: { kind: 'inactive' } }));
          next(rotation, asked);
        }
        for (const [at, weight] of shares.entries()) {
          const others = shares.filter((_, index) => index !== at);
          // Until it is their turn again, each other gets the catching up and what falls due in 1 ÷ weight.
          const longest = sum(others.map((share) => 2 + catchUpLeads + share / weight));
          const given = many(
            Math.ceil(longest) + 1,
            changed(structuredClone(rotation), () => ({ away: null })),
            asked,
          );
          assert.ok(given.includes(`r${at}`), `R${at} of ${shares.join(', ')} got none of ${given.length}`);
        }
      }),
      { numRuns: 50 },
    );
  });
});
