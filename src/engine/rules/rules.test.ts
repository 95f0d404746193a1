import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { looksAutomatic } from './automatic.ts';
import { evaluateRule, evaluateTouchRule } from './evaluate.ts';
import { explainRule, failedClauses } from './explain.ts';
import { capitalsOf, folded } from './fold.ts';
import type { RuleReading, RuleRecord, RuleType } from './reading.ts';
import type { FieldCondition, Rule } from './rule.ts';
import { clauseSentences, ruleSentence } from './sentence.ts';
import type { RuleLabels } from './words.ts';

const types: Record<string, RuleType> = {
  'lead.segment': 'text',
  'lead.value': 'amount',
  'lead.openedAt': 'instant',
  'lead.campaignId': 'id',
  'lead.custom.score': 'number',
  'lead.recycledUntil': 'day',
  'account.employees': 'integer',
  'account.industry': 'text',
  'contact.phone': 'text',
  'touch.kind': 'choice',
  'touch.side': 'choice',
  'touch.direction': 'choice',
  'touch.subject': 'text',
  'touch.automated': 'boolean',
};
const reading: RuleReading = {
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  typeOf: (of, field) => types[`${of}.${field}`] ?? null,
  sameAs: (id) => [id],
};
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const now = at('2026-03-31T12:00:00Z');
const record = (more: Partial<RuleRecord> = {}): RuleRecord => ({
  reading,
  lead: {},
  account: null,
  contact: null,
  touches: [],
  stages: {},
  revenue: [],
  ...more,
});
const lead = (field: string, is: FieldCondition['is'], value?: FieldCondition['value']): Rule => ({ of: 'lead', field, is, value });
const holds = (rule: Rule, more: Partial<RuleRecord> = {}) => evaluateRule(rule, record(more), now);

describe('What is not stated', () => {
  test('compares with nothing, and is not the value', () => {
    for (const is of ['eq', 'in', 'gte', 'lte', 'between', 'contains', 'notBlank'] as const)
      assert.equal(
        holds(lead('segment', is, is === 'in' || is === 'between' ? ['a', 'b'] : is === 'notBlank' ? undefined : 'a')),
        false,
        is,
      );
    for (const is of ['ne', 'notIn', 'blank'] as const)
      assert.equal(holds(lead('segment', is, is === 'notIn' ? ['a'] : is === 'blank' ? undefined : 'a')), true, is);
  });

  test('is all of an account that isn’t there, and of a field that has gone', () => {
    assert.equal(holds({ of: 'account', field: 'employees', is: 'lte', value: 50 }), false);
    assert.equal(holds({ of: 'account', field: 'employees', is: 'ne', value: 50 }), true);
    assert.equal(holds(lead('custom.gone', 'eq', 'x'), { lead: { 'custom.gone': 'x' } }), false);
    assert.equal(holds(lead('constructor', 'notBlank')), false);
  });
});

describe('Values', () => {
  test('texts compare letter for letter, and contain without regard to case', () => {
    const segment = (value: string) => ({ lead: { segment: value } });
    assert.equal(holds(lead('segment', 'eq', 'Mid-Market'), segment('mid-market')), false);
    assert.equal(holds(lead('segment', 'contains', 'MÜLLER'), segment('Autohaus Müller')), true);
    assert.equal(holds(lead('segment', 'contains', 'σας'), segment('ΣΑΣ')), false, 'a small final sigma is a letter of its own');
  });

  test('a day given for an instant is that whole day in the workspace’s zone', () => {
    const opened = (openedAt: string) => ({ lead: { openedAt } });
    const onChange = lead('openedAt', 'eq', '2026-03-29');
    assert.equal(holds(onChange, opened('2026-03-28T22:59:59.999999Z')), false);
    assert.equal(holds(onChange, opened('2026-03-28T23:00:00Z')), true, 'winter time begins the day');
    assert.equal(holds(onChange, opened('2026-03-29T21:59:59.999999Z')), true);
    assert.equal(holds(onChange, opened('2026-03-29T22:00:00Z')), false, 'summer time ends it');
    assert.equal(holds(lead('openedAt', 'lte', '2026-03-29'), opened('2026-03-29T21:00:00Z')), true);
    assert.equal(holds(lead('openedAt', 'lte', '2026-03-29T20:00:00Z'), opened('2026-03-29T21:00:00Z')), false);
    assert.equal(holds(lead('openedAt', 'between', ['2026-03-28', '2026-03-29']), opened('2026-03-28T12:00:00Z')), true);
  });

  test('amounts are compared to the minor unit, in the workspace’s currency', () => {
    const atLeast = lead('value', 'gte', '900719925474099299');
    assert.equal(holds(atLeast, { lead: { value: '900719925474099299', currency: 'EUR' } }), true);
    assert.equal(holds(atLeast, { lead: { value: '900719925474099298', currency: 'EUR' } }), false);
    assert.equal(holds(atLeast, { lead: { value: '900719925474099299', currency: 'USD' } }), false);
    assert.equal(holds(lead('value', 'notBlank'), { lead: { value: '1', currency: 'USD' } }), true);
  });

  test('an id means what was merged with it as well', () => {
    const [kept, merged] = ['0197a0c0-1111-7abc-8def-0123456789ab', '0197a0c0-1111-7abc-8def-0123456789ac'];
    const told = { ...reading, sameAs: () => [kept, merged] };
    assert.equal(evaluateRule(lead('campaignId', 'eq', kept), record({ reading: told, lead: { campaignId: merged } }), now), true);
  });
});

describe('Touches, stages, revenue, points', () => {
  const touch = (occurredAt: string, more: Record<string, unknown> = {}) => ({ occurredAt: at(occurredAt), kind: 'webinar', ...more });
  const counting = (value: number, withinDays: number | null = 30): Rule => ({
    touches: { where: [{ of: 'touch', field: 'kind', is: 'in', value: ['webinar', 'form'] }], withinDays },
    is: 'gte',
    value,
  });

  test('touches count in the window, both ends included, and never after the moment', () => {
    const touches = [
      touch('2026-03-01T12:00:00Z'), // exactly 30 days before
      touch('2026-03-01T11:59:59.999Z'),
      touch('2026-03-31T12:00:00Z'),
      touch('2026-03-31T12:00:00.001Z'),
      touch('2026-03-20T12:00:00Z', { kind: 'call' }),
    ];
    assert.equal(holds(counting(2), { touches }), true);
    assert.equal(holds(counting(3), { touches }), false);
    assert.equal(holds(counting(3, null), { touches }), true);
  });

  test('a stage is reached when it was entered by the moment', () => {
    const stages = { mql: now, sal: now + 1, sql: null };
    assert.equal(holds({ stage: 'mql', is: 'reached' }, { stages }), true);
    assert.equal(holds({ stage: 'sal', is: 'reached' }, { stages }), false);
    assert.equal(holds({ stage: 'sql', is: 'notReached' }, { stages }), true);
  });

  test('revenue within n days is that of the day and the n − 1 before it', () => {
    const revenue = [
      { occurredOn: '2026-03-31', amount: 100n },
      { occurredOn: '2026-03-02', amount: 10n },
      { occurredOn: '2026-03-01', amount: 1n },
      { occurredOn: '2026-04-01', amount: 1_000n },
      { occurredOn: '2026-03-15', amount: -50n },
    ];
    const within = (withinDays: number | null, value: string): Rule => ({ revenue: { withinDays }, is: 'gte', value });
    assert.equal(holds(within(30, '60'), { revenue }), true);
    assert.equal(holds(within(30, '61'), { revenue }), false);
    assert.equal(holds(within(null, '61'), { revenue }), true);
  });

  test('points of what holds are added up', () => {
    const rule: Rule = {
      points: [
        { when: lead('segment', 'eq', 'SMB'), points: 20 },
        { when: { not: lead('segment', 'notBlank') }, points: 100 },
        { when: lead('custom.score', 'gte', 5), points: -5 },
      ],
      is: 'gte',
      value: 15,
    };
    assert.equal(holds(rule, { lead: { segment: 'SMB', 'custom.score': 7 } }), true);
    assert.equal(holds({ ...rule, value: 16 }, { lead: { segment: 'SMB', 'custom.score': 7 } }), false);
  });

  test('a rule about a touch knows the touch alone', () => {
    const attempt: Rule = {
      all: [
        { of: 'touch', field: 'kind', is: 'in', value: ['call', 'email'] },
        { not: { of: 'touch', field: 'direction', is: 'eq', value: 'in' } },
      ],
    };
    assert.equal(evaluateTouchRule(attempt, { occurredAt: now, kind: 'call' }, reading), true);
    assert.equal(evaluateTouchRule(attempt, { occurredAt: now, kind: 'call', direction: 'in' }, reading), false);
    assert.equal(evaluateTouchRule(lead('segment', 'blank'), { occurredAt: now }, reading), true);
    assert.equal(evaluateTouchRule({ stage: 'mql', is: 'notReached' }, { occurredAt: now }, reading), false);
  });
});

const labels: RuleLabels = {
  fields: {
    'lead.segment': { label: 'Segment', type: 'text' },
    'lead.value': { label: 'Value', type: 'amount' },
    'lead.openedAt': { label: 'Created (inquiry)', type: 'instant' },
    'lead.ownerId': { label: 'Rep', type: 'id' },
    'lead.qualifierId': { label: 'SDR', type: 'id' },
    'account.employees': { label: 'Employees', type: 'integer' },
    'contact.phone': { label: 'Phone', type: 'text' },
  },
  names: { '0197a0c0-1111-7abc-8def-0123456789ab': 'Sam Okafor' },
  stages: { mql: 'MQL' },
  currency: 'EUR',
};

describe('A rule as a sentence', () => {
  const sentence = (rule: Rule) => ruleSentence(rule, labels);
  const touches = (where: FieldCondition[], value = 1, is: 'gte' | 'lte' = 'gte', withinDays: number | null = 30): Rule => ({
    touches: { where, withinDays },
    is,
    value,
  });
  const of = (field: string, is: FieldCondition['is'], value: FieldCondition['value']): FieldCondition => ({
    of: 'touch',
    field,
    is,
    value,
  });

  test('reads as it will be signed', () => {
    assert.equal(
      sentence({
        all: [
          { of: 'account', field: 'employees', is: 'gte', value: 50 },
          lead('segment', 'in', ['Mid-Market', 'Enterprise']),
          touches([of('kind', 'in', ['webinar', 'form'])], 2),
        ],
      }),
      'the account has at least 50 employees, and the segment is Mid-Market or Enterprise, and at least 2 touches of kind webinar or form within 30 days',
    );
  });

  test('“and” within “or” stands in brackets', () => {
    assert.equal(
      sentence({
        any: [
          { all: [lead('segment', 'eq', 'SMB'), { stage: 'mql', is: 'notReached' }] },
          { of: 'contact', field: 'phone', is: 'notBlank' },
        ],
      }),
      '(the segment is SMB, and the lead has not reached MQL), or the contact’s phone is stated',
    );
    assert.equal(
      sentence({ not: { any: [lead('segment', 'blank'), lead('segment', 'eq', 'SMB')] } }),
      'not: (the segment is not stated, or the segment is SMB)',
    );
  });

  test('names, money, days and doubtful words', () => {
    assert.equal(sentence(lead('ownerId', 'eq', '0197a0c0-1111-7abc-8def-0123456789ab')), 'the rep is Sam Okafor');
    assert.equal(sentence(lead('qualifierId', 'notBlank')), 'the SDR is stated');
    assert.equal(sentence(lead('value', 'between', ['100000', '1200050'])), 'the value is between €1,000 and €12,000.50');
    assert.equal(sentence(lead('openedAt', 'gte', '2026-03-27')), 'the created (inquiry) is on or after 2026-03-27');
    assert.equal(sentence(lead('segment', 'notIn', ['this or that', 'b'])), 'the segment is neither “this or that” nor b');
  });

  test('touches, revenue and points', () => {
    assert.equal(
      sentence(touches([of('direction', 'eq', 'in'), of('side', 'eq', 'customer')])),
      'at least 1 incoming touch by the customer within 30 days',
    );
    assert.equal(sentence(touches([of('automated', 'eq', true)], 0, 'lte', null)), 'no automated touches');
    assert.equal(
      sentence(touches([of('subject', 'contains', 'demo'), of('kind', 'eq', 'email'), of('channel', 'ne', 'paid')], 3, 'lte', 1)),
      'at most 3 touches of kind email whose subject contains “demo” and whose channel is not paid within 1 day',
    );
    assert.equal(sentence({ revenue: { withinDays: 365 }, is: 'lte', value: '0' }), 'the account’s revenue within 365 days is at most €0');
    assert.equal(
      sentence({
        points: [
          { when: lead('segment', 'eq', 'SMB'), points: 1_000 },
          { when: lead('segment', 'blank'), points: -5 },
        ],
        is: 'gte',
        value: 1,
      }),
      'at least 1 point: 1,000 if the segment is SMB; -5 if the segment is not stated',
    );
    assert.equal(sentence({ all: [] }), 'every lead');
  });

  test('without labels it still reads', () => {
    assert.equal(ruleSentence(lead('landingPage', 'eq', '/demo')), 'the landing page is /demo');
    assert.deepEqual(clauseSentences({ all: [lead('segment', 'blank')] }), [{ path: 'all.0', sentence: 'the segment is not stated' }]);
  });
});

test('what was found is told clause by clause', () => {
  const rule: Rule = {
    all: [
      { of: 'account', field: 'employees', is: 'gte', value: 50 },
      { any: [lead('value', 'gte', '1'), lead('openedAt', 'gte', '2026-01-01')] },
      { touches: { where: [], withinDays: 30 }, is: 'gte', value: 1 },
      { stage: 'mql', is: 'reached' },
      { of: 'contact', field: 'phone', is: 'notBlank' },
    ],
  };
  const one = record({
    account: { employees: 12 },
    lead: { value: '1200050', openedAt: '2026-03-28T23:30:00Z' },
    touches: [{ occurredAt: now }],
    stages: { mql: at('2026-03-29T12:00:00Z') },
  });
  assert.deepEqual(explainRule(rule, one, now, labels), [
    { path: 'all.0', met: false, found: 'Account, Employees: 12' },
    { path: 'all.1', met: true, found: 'Value: €12,000.50; Created (inquiry): 2026-03-29' },
    { path: 'all.2', met: true, found: '1 touch' },
    { path: 'all.3', met: true, found: 'MQL: 2026-03-29' },
    { path: 'all.4', met: false, found: 'No contact' },
  ]);
  assert.deepEqual(failedClauses(rule, one, now), ['all.0', 'all.4']);
});

describe('Case, letter by letter', () => {
  /** What SQL does: ASCII folded by the database, the letters looked for by name. */
  const foldedInSql = (text: string, part: string): string => {
    const { from, to } = capitalsOf(part);
    const [capitals, smalls] = [[...from], [...to]];
    return [...text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())]
      .map((letter) => smalls[capitals.indexOf(letter)] ?? letter)
      .join('');
  };
  const letters = fc.string({ unit: fc.constantFrom(...'aAäÄßẞiIİıkKKåÅÅσΣςжЖ𐐀𐐨ǄǅǆΩωΩ '), maxLength: 12 });

  test('folding only the capitals of what is looked for finds it in the same texts', () => {
    fc.assert(
      fc.property(
        letters,
        letters.map((part) => part.slice(0, 3)).filter((part) => part.isWellFormed()),
        (text, part) => {
          const small = folded(part);
          assert.equal(foldedInSql(text, small).includes(small), folded(text).includes(small));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test('is idempotent for all of Unicode', () => {
    for (let code = 0; code < 0x1_f000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const letter = String.fromCodePoint(code);
      assert.equal(folded(folded(letter)), folded(letter));
    }
  });
});

test('automatic messages are known by their subjects, in the languages of Europe', () => {
  const automatic = [
    'Automatic reply: Your proposal',
    'AW: Automatische Antwort: Angebot',
    '[EXTERNAL] Re: Out of Office',
    'Out of office: back on Monday',
    'Out of office until 3 May',
    'OOO – Re: Demo',
    'Abwesenheitsnotiz: Re: Demo',
    'Abwesend bis 12.4.',
    'Réponse automatique : Votre offre',
    'Absent du bureau du 3 au 7 mai',
    'Respuesta automática: Propuesta',
    'Fuera de la oficina',
    'Resposta automática: Proposta',
    'Risposta automatica: Offerta',
    'Fuori sede dal 3 al 7',
    'Automatisch antwoord: Offerte',
    'Automatiskt svar: Offert',
    'Autosvar: Tilbud',
    'Automatisk svar: Tilbud',
    'Automaattinen vastaus: Tarjous',
    'Odpowiedź automatyczna: Oferta',
    'Automatická odpověď: Nabídka',
    'Automatická odpoveď: Ponuka',
    'Automatikus válasz: Ajánlat',
    'Răspuns automat: Ofertă',
    'Samodejni odgovor: Ponudba',
    'Automatski odgovor: Ponuda',
    'Автоматический ответ: Предложение',
    'Автоматична відповідь: Пропозиція',
    'Автоматичен отговор: Оферта',
    'Αυτόματη απάντηση: Προσφορά',
    'Otomatik yanıt: Teklif',
    'Undeliverable: Your proposal',
    'Delivery Status Notification (Failure)',
    'Unzustellbar: Angebot',
  ];
  for (const subject of automatic) assert.equal(looksAutomatic(subject), true, subject);
  const written = [
    null,
    '',
    'Re: Your proposal',
    'Your automatic reply system',
    'Out of office furniture: a new offer',
    'Absence management for 200 people',
    'Absence de réponse de votre part',
    'Follow-up after our call',
    'Urlaubsplanung: ein Vorschlag',
    'AW: Termin am Montag',
    'Automation of replies',
  ];
  for (const subject of written) assert.equal(looksAutomatic(subject), false, String(subject));
});
