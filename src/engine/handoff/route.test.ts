import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RuleReading, RuleRecord } from '#engine/rules/reading.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { type Desk, followRoute, planRoute, type AccountOfLead, type RoutingPlan, type Target } from './route.ts';
import type { Rep, Rotation } from './rotation.ts';

const at = Date.parse('2026-03-30T08:00:00Z');
const reading: RuleReading = { timeZone: 'Europe/Berlin', currency: 'EUR', typeOf: () => 'text', sameAs: (id) => [id] };
const record = (lead: Record<string, unknown>): RuleRecord => ({
  reading,
  lead,
  account: null,
  contact: null,
  touches: [],
  stages: {},
  revenue: [],
});
const countryIs = (value: string): Rule => ({ of: 'lead', field: 'country', is: 'eq', value });

const rep = (id: string, more: Partial<Rep> = {}): Rep => ({
  id,
  name: `${id.charAt(0).toUpperCase()}${id.slice(1)}`,
  weight: 1,
  capacity: null,
  open: 0,
  away: null,
  opensAt: at,
  ...more,
});
const toTeam = (teamId: string): Target => ({ teamId, memberId: null });
const toMember = (memberId: string): Target => ({ teamId: null, memberId });
const openQueue: Target = { teamId: null, memberId: null };

function deskOf(...reps: Rep[]): Desk {
  const inside: Rotation = { name: 'Inside Sales', reps: reps.filter(({ id }) => id !== 'mara'), turns: new Map() };
  return {
    reps: new Map(reps.map((each) => [each.id, each])),
    rotations: new Map([['inside', inside]]),
    terms: { at, workingHoursOnly: true, catchUpLeads: 2, timeZone: 'Europe/Berlin' },
  };
}

const plan = (more: Partial<RoutingPlan> = {}): RoutingPlan => ({
  accountOwnerKeeps: true,
  rules: [],
  otherwise: toTeam('inside'),
  labels: {},
  ...more,
});
const rule = (name: string, country: string, to: Target) => ({
  name,
  when: countryIs(country),
  to,
});

function route(desk: Desk, given: RoutingPlan, lead: Record<string, unknown> = {}, accounts: AccountOfLead[] = []) {
  return followRoute(planRoute({ record: record(lead), accounts }, given, at), desk);
}

const samsAccount: AccountOfLead = { name: 'Acme', owner: { id: 'sam', name: 'Sam' }, byDomain: null };

describe('To whom a lead goes', () => {
  test('the owner of the account keeps it, whatever the hour and the limit', () => {
    const desk = deskOf(rep('sam', { capacity: 1, open: 1, opensAt: null }), rep('kim'));
    assert.deepEqual(route(desk, plan(), {}, [samsAccount]), {
      memberId: 'sam',
      teamId: null,
      why: ['Its account Acme belongs to Sam.', 'Sam keeps it.'],
    });
  });

  test('an owner on leave does not, and it is said until when', () => {
    const desk = deskOf(rep('sam', { away: { kind: 'leave', until: Date.parse('2026-04-03T22:00:00Z') } }), rep('kim'));
    const routed = route(desk, plan(), {}, [samsAccount]);
    assert.equal(routed.memberId, 'kim');
    assert.deepEqual(routed.why.slice(0, 3), [
      'Its account Acme belongs to Sam.',
      'Sam is on leave until 3 April.',
      'It goes to Inside Sales, in turn.',
    ]);
  });

  test('an owner who is no rep does not', () => {
    const desk = deskOf(rep('mara', { away: { kind: 'notSales' } }), rep('kim'));
    const routed = route(desk, plan(), {}, [{ name: 'Acme', owner: { id: 'mara', name: 'Mara' }, byDomain: null }]);
    assert.deepEqual([routed.memberId, routed.why[1]], ['kim', 'Mara is not a rep of sales.']);
  });

  test('an account known by the e-mail’s domain counts, and is said to; one domain of two owners does not', () => {
    const byDomain = { ...samsAccount, byDomain: 'acme.example' };
    assert.equal(route(deskOf(rep('sam')), plan(), {}, [byDomain]).why[0], 'Its account Acme (by the domain acme.example) belongs to Sam.');
    const two = route(deskOf(rep('sam'), rep('kim')), plan(), {}, [byDomain, { ...byDomain, owner: { id: 'kim', name: 'Kim' } }]);
    assert.equal(two.why[0], '2 accounts have the domain acme.example and not the same owner: none counts.');
    assert.equal(two.teamId, 'inside');
  });

  test('accounts’ owners have no say where that is not agreed', () => {
    assert.equal(route(deskOf(rep('sam'), rep('kim')), plan({ accountOwnerKeeps: false }), {}, [samsAccount]).memberId, 'kim');
  });

  test('the first rule that holds says, and those before it are named', () => {
    const rules = [rule('UK', 'GB', toMember('sam')), rule('DACH', 'DE', toMember('kim')), rule('Germany', 'DE', toMember('sam'))];
    assert.deepEqual(route(deskOf(rep('sam'), rep('kim')), plan({ rules }), { country: 'DE' }), {
      memberId: 'kim',
      teamId: null,
      why: ['Rule “UK” doesn’t hold.', 'Rule “DACH” holds: the country is DE.', 'It goes to Kim.'],
    });
  });

  test('one who is named and can’t have it leaves it to the next rule that holds', () => {
    const rules = [rule('DACH', 'DE', toMember('kim')), rule('Germany', 'DE', toMember('sam'))];
    const routed = route(deskOf(rep('sam'), rep('kim', { capacity: 20, open: 20 })), plan({ rules }), { country: 'DE' });
    assert.deepEqual([routed.memberId, routed.why[1]], ['sam', 'Kim has 20 of at most 20 open leads.']);
  });

  test('one who is named has it outside working hours and without a share in the rotation', () => {
    const desk = deskOf(rep('kim', { weight: 0, opensAt: at + 1 }));
    assert.equal(route(desk, plan({ rules: [rule('DACH', 'DE', toMember('kim'))] }), { country: 'DE' }).memberId, 'kim');
  });

  test('when no rule holds, it goes where all others go', () => {
    const rules = [rule('UK', 'GB', toMember('sam')), rule('DACH', 'DE', toMember('sam'))];
    const routed = route(deskOf(rep('kim')), plan({ rules }), { country: 'FR' });
    assert.deepEqual(routed, {
      memberId: 'kim',
      teamId: 'inside',
      why: ['No rule holds.', 'It goes to Inside Sales, in turn.', 'Kim is the only one who can take it.'],
    });
  });

  test('a rule can leave leads to whoever claims them', () => {
    const rules = [rule('Small', 'FR', openQueue)];
    assert.deepEqual(route(deskOf(rep('kim')), plan({ rules }), { country: 'FR' }), {
      memberId: null,
      teamId: null,
      why: ['Rule “Small” holds: the country is FR.', 'It waits in the open queue until somebody claims it.'],
    });
  });

  test('a team that can’t have it keeps it in its queue', () => {
    const routed = route(deskOf(rep('kim', { capacity: 1, open: 1 })), plan());
    assert.deepEqual([routed.memberId, routed.teamId], [null, 'inside']);
    assert.equal(routed.why.at(-1), 'Nobody in Inside Sales can take it now: it waits in the team’s queue.');
  });

  test('what is gone sends nothing astray', () => {
    assert.deepEqual(route(deskOf(), plan({ otherwise: toTeam('gone') })).why, [
      'The team that should have it is no longer here.',
      'It waits in the open queue until somebody claims it.',
    ]);
    assert.equal(route(deskOf(), plan({ otherwise: toMember('gone') })).why[0], 'Who should have it is no longer here.');
  });

  test('leads one after another are shared and counted', () => {
    const desk = deskOf(rep('sam', { capacity: 2 }), rep('kim'));
    assert.deepEqual(
      Array.from({ length: 6 }, () => route(desk, plan()).memberId),
      ['kim', 'sam', 'kim', 'sam', 'kim', 'kim'],
    );
    assert.equal(desk.reps.get('kim')!.open, 4);
  });
});
