import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role, Side } from '#platform/http/route.ts';
import { versionStates, type VersionState } from '../contract.ts';
import { whyNotAsk, whyNotDecide } from './excuses.ts';
import { mayChangeVersion, missingSides, type OwingSide, owingSides, type SigningCase, signingOf } from './signing.ts';

const sides: readonly Side[] = ['marketing', 'sales', 'leadership'];
const roles: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];
const both = { marketing: true, sales: true };
const mara = { side: 'marketing' as const, member: { id: 'mara', name: 'Mara' } };
const sam = { side: 'sales' as const, member: { id: 'sam', name: 'Sam' } };

const proposal = (more: Partial<SigningCase> = {}): SigningCase => ({ status: 'proposed', signatures: [], canSign: both, ...more });
const person = (side: Side, role: Role, memberId = 'me') => ({ side, role, memberId });

/** Every combination of who asks, what was signed and who could sign. */
function* everySituation() {
  for (const side of sides)
    for (const role of roles)
      for (const status of versionStates)
        for (const signatures of [[], [mara], [sam], [mara, sam]])
          for (const marketing of [true, false])
            for (const sales of [true, false])
              for (const wanted of [undefined, ...owingSides])
                yield {
                  who: person(side, role),
                  version: { status, signatures, canSign: { marketing, sales } } satisfies SigningCase,
                  wanted,
                };
}

test('in every situation: who may sign is a head, for an open side, of a proposal; the own side, or one without anybody', () => {
  let may = 0;
  for (const { who, version, wanted } of everySituation()) {
    const signing = signingOf(who, version, wanted);
    const open = owingSides.filter((side) => !version.signatures.some((signature) => signature.side === side));
    const own = who.side === 'leadership' ? open.filter((side) => !version.canSign[side]) : open.filter((side) => side === who.side);
    const possible = own.filter((side) => wanted === undefined || side === wanted);
    const rightRole = who.side === 'leadership' ? who.role === 'owner' || who.role === 'admin' : heads.includes(who.role);
    const expected: OwingSide | null = version.status === 'proposed' && rightRole ? (possible[0] ?? null) : null;
    assert.equal(signing.side, expected, JSON.stringify({ who, version, wanted }));
    assert.equal(signing.onBehalf, expected !== null && who.side === 'leadership');
    assert.equal(signing.whyNot === null, expected !== null);
    may += expected === null ? 0 : 1;
  }
  assert.ok(may > 50, `only ${may} situations in which somebody may sign: this proves nothing`);
});

test('who may not is told why in words', () => {
  const why = (who: ReturnType<typeof person>, version: SigningCase, wanted?: OwingSide) => signingOf(who, version, wanted).whyNot ?? '';
  assert.match(why(person('marketing', 'member'), proposal()), /heads of both sides sign/);
  assert.match(why(person('marketing', 'manager'), proposal({ signatures: [mara] })), /^Mara has signed for marketing\.$/);
  assert.match(why(person('sales', 'manager'), proposal(), 'marketing'), /You sign for sales/);
  assert.match(why(person('leadership', 'owner'), proposal()), /sign for themselves/);
  assert.match(why(person('leadership', 'manager'), proposal({ canSign: { marketing: false, sales: true } })), /owner or an admin/);
  assert.match(
    why(person('leadership', 'owner'), proposal({ signatures: [mara], canSign: { marketing: false, sales: true } }), 'marketing'),
    /^Mara/,
  );
  assert.match(why(person('sales', 'manager'), proposal({ status: 'draft' })), /Only a proposal/);
  assert.match(why(person('sales', 'manager'), proposal({ status: 'signed', signatures: [mara, sam] })), /Both sides/);
});

test('no API token signs, whatever it may do else', () => {
  const signing = signingOf({ ...person('sales', 'owner'), scopes: ['agreement.sign'] }, proposal());
  assert.match(signing.whyNot ?? '', /A person signs/);
});

test('who changed sides doesn’t sign for both', () => {
  const signing = signingOf(person('sales', 'manager', 'mara'), proposal({ signatures: [mara] }));
  assert.equal(signing.side, null);
  assert.match(signing.whyNot ?? '', /somebody else signs for sales/);
});

test('a leader of a company without heads signs for both, one after the other, each on behalf', () => {
  const nobody = { marketing: false, sales: false };
  const lea = person('leadership', 'owner', 'lea');
  assert.deepEqual(signingOf(lea, proposal({ canSign: nobody })), { side: 'marketing', onBehalf: true, whyNot: null });
  const signed = [{ side: 'marketing' as const, member: { id: 'lea', name: 'Lea' } }];
  assert.deepEqual(signingOf(lea, proposal({ canSign: nobody, signatures: signed })), { side: 'sales', onBehalf: true, whyNot: null });
});

test('what is missing is told of drafts and proposals only', () => {
  const missing = (status: VersionState) => missingSides(status, ['sales']);
  assert.deepEqual(versionStates.map(missing), [['marketing'], ['marketing'], [], []]);
});

test('a version is changed by who made it and by heads', () => {
  assert.deepEqual(
    roles.map((role) => mayChangeVersion(person('sales', role), 'somebody')),
    [true, true, true, false, false],
  );
  assert.equal(mayChangeVersion(person('sales', 'member'), 'me'), true);
});

test('an excuse is asked for by the side that owes, decided by a head of the other or of leadership, never by who asked', () => {
  for (const side of sides)
    for (const owing of owingSides) assert.equal(whyNotAsk({ side }, owing) === null, side === owing || side === 'leadership');
  for (const side of sides)
    for (const role of roles)
      for (const owing of owingSides)
        for (const askedBy of ['me', 'somebody'])
          for (const decided of [true, false]) {
            const may = whyNotDecide(person(side, role), { side: owing, askedBy, decided }) === null;
            assert.equal(may, !decided && askedBy !== 'me' && side !== owing && heads.includes(role));
          }
});
