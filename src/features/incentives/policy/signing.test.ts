import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role, Side } from '#platform/http/route.ts';
import { type Signer, signers } from '../contract/sign-off.ts';
import { planStates } from '../contract/states.ts';
import { headSigners, headsWanted, missingHeads, type SigningCase, waysToSign } from './signing.ts';

const sides: readonly Side[] = ['marketing', 'sales', 'leadership'];
const roles: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const both = { marketing: true, sales: true };
const signed = (signsAs: Signer, id: string) => ({ signsAs, member: { id, name: id } });
const proposal = (more: Partial<SigningCase> = {}): SigningCase => ({
  status: 'proposed',
  payeeIds: [],
  wants: headSigners,
  signatures: [],
  canSign: both,
  ...more,
});
const person = (side: Side, role: Role, memberId = 'me') => ({ side, role, memberId });

/** Every combination of who asks, whom it pays, what was signed by others, and which sides have a head. */
function* everySituation() {
  for (const side of sides)
    for (const role of roles)
      for (const status of planStates)
        for (const payeeIds of [[], ['me'], ['other']])
          for (const signatures of [
            [],
            [signed('marketing', 'mara')],
            [signed('sales', 'sam'), signed('payee', 'other')],
            [signed('sponsor', 'lea')],
          ])
            for (const canSign of [both, { marketing: false, sales: true }, { marketing: false, sales: false }])
              for (const wants of [headSigners, ['sales', 'sponsor']] as const)
                yield { who: person(side, role), version: { status, payeeIds, wants, signatures, canSign } satisfies SigningCase };
}

test('in every situation: payees sign for themselves, heads for their side, the sponsor the whole, nobody else anything', () => {
  let may = 0;
  for (const { who, version } of everySituation()) {
    const wants: readonly Signer[] = version.wants;
    const open = (signer: Signer): boolean => wants.includes(signer) && !version.signatures.some(({ signsAs }) => signsAs === signer);
    const head = who.role === 'owner' || who.role === 'admin' || who.role === 'manager';
    const sponsor = who.role === 'owner' || (who.side === 'leadership' && head);
    const expected = new Set<Signer>();
    if ((version.status === 'proposed' || version.status === 'signed') && version.payeeIds.includes('me')) expected.add('payee');
    if (version.status === 'proposed') {
      if (sponsor && open('sponsor')) expected.add('sponsor');
      for (const side of ['marketing', 'sales'] as const)
        if (open(side) && ((head && who.side === side) || (sponsor && who.side !== side && !version.canSign[side]))) expected.add(side);
    }
    const found = waysToSign(who, version);
    assert.deepEqual(new Set(found.ways.map(({ signsAs }) => signsAs)), expected, JSON.stringify({ who, version }));
    assert.equal(found.whyNot === null, expected.size > 0);
    for (const { signsAs, onBehalf } of found.ways)
      assert.equal(onBehalf, (signsAs === 'marketing' || signsAs === 'sales') && signsAs !== who.side);
    for (const wanted of signers) assert.equal(waysToSign(who, version, wanted).whyNot === null, expected.has(wanted));
    may += expected.size;
  }
  assert.ok(may > 300, `only ${may} ways to sign: this proves nothing`);
});

test('who may not is told why in words', () => {
  const why = (who: ReturnType<typeof person>, version: SigningCase, wanted?: Signer) => waysToSign(who, version, wanted).whyNot ?? '';
  assert.match(why(person('sales', 'member'), proposal()), /Whom it pays signs/);
  assert.match(why(person('sales', 'member'), proposal(), 'payee'), /not paid by this plan/);
  assert.match(why(person('sales', 'manager'), proposal({ status: 'draft' })), /draft/);
  assert.match(why(person('sales', 'manager'), proposal({ status: 'withdrawn' })), /withdrawn/);
  assert.match(why(person('sales', 'manager'), proposal({ signatures: [signed('sales', 'Sam')] })), /^Sam has signed for sales\.$/);
  assert.match(why(person('sales', 'manager'), proposal({ signatures: [signed('sales', 'me')] })), /You have signed/);
  assert.match(
    why(person('sales', 'member'), proposal({ payeeIds: ['me'], signatures: [signed('payee', 'me')] }), 'payee'),
    /You have signed/,
  );
  assert.match(
    why(person('leadership', 'owner'), proposal({ signatures: [signed('sponsor', 'Lea')] }), 'sponsor'),
    /^Lea has signed as the sponsor\.$/,
  );
  assert.match(why(person('sales', 'manager'), proposal(), 'marketing'), /Each side signs for itself/);
});

test('no API token signs, whatever it may do else', () => {
  const token = { ...person('sales', 'owner'), scopes: ['incentives.sign'] };
  assert.match(waysToSign(token, proposal({ payeeIds: ['me'] })).whyNot ?? '', /A person signs/);
});

test('an owner of a side signs as its head or as the sponsor, never as both', () => {
  const owner = person('sales', 'owner');
  const ways = (signatures: SigningCase['signatures']) => waysToSign(owner, proposal({ signatures })).ways.map(({ signsAs }) => signsAs);
  assert.deepEqual(ways([]), ['sponsor', 'sales']);
  assert.deepEqual(ways([signed('sales', 'me')]), []);
  assert.deepEqual(ways([signed('sponsor', 'me')]), []);
});

test('a payee signs also once the heads have; before, their signatures are wanted', () => {
  const all = headSigners.map((each) => signed(each, each));
  assert.deepEqual(missingHeads({ status: 'proposed', wants: headSigners, signatures: all.slice(0, 2) }), ['sponsor']);
  assert.deepEqual(missingHeads({ status: 'signed', wants: headSigners, signatures: all }), []);
  const late = waysToSign(person('sales', 'member'), proposal({ status: 'signed', payeeIds: ['me'], signatures: all }));
  assert.deepEqual(late.ways, [{ signsAs: 'payee', onBehalf: false }]);
});

test('the heads of the sides it pays sign, of both where there is a pool, and the sponsor always', () => {
  const payees = [{ id: 'sam', side: 'sales' }] as unknown as Parameters<typeof headsWanted>[0]['payees'];
  const pool = {} as unknown as NonNullable<Parameters<typeof headsWanted>[0]['pool']>;
  assert.deepEqual(headsWanted({ payees, pool: null }), ['sales', 'sponsor']);
  assert.deepEqual(headsWanted({ payees, pool }), ['marketing', 'sales', 'sponsor']);
  const why = waysToSign(person('marketing', 'manager'), proposal({ wants: ['sales', 'sponsor'] })).whyNot ?? '';
  assert.match(why, /nothing to sign/);
});
