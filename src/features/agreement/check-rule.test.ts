import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type FieldCondition, type Rule, ruleLimits } from '#engine/rules/rule.ts';
import { checkRule, type RuleScope } from './contract/check-rule.ts';
import { ruleSchema } from './contract/rules.ts';
import { type OwnField, subjectFields, vocabularyOf } from './contract/vocabulary.ts';

const customFields: OwnField[] = [{ kind: 'lead', key: 'score', label: 'Score', type: 'number' }];
const scope = (more: Partial<RuleScope> = {}): RuleScope => ({ subject: 'lead', customFields, ...more });
const lead = (field: string, is: FieldCondition['is'], value?: FieldCondition['value']): FieldCondition => ({
  of: 'lead',
  field,
  is,
  value,
});
const reasons = (rule: Rule, more?: Partial<RuleScope>) => checkRule(rule, scope(more)).map(({ path, reason }) => `${path}: ${reason}`);

describe('A rule is refused', () => {
  test('at the very condition', () => {
    const rule: Rule = {
      all: [
        lead('segment', 'eq', 'SMB'),
        { any: [lead('nothing', 'blank'), { not: lead('segment', 'gte', 'a') }] },
        {
          touches: { where: [{ of: 'touch', field: 'kind', is: 'eq', value: 'fax' }, lead('segment', 'blank')], withinDays: 3 },
          is: 'gte',
          value: 1,
        },
        { points: [{ when: lead('custom.score', 'gte', 'many'), points: 3 }], is: 'gte', value: 1 },
        { stage: 'nowhere', is: 'reached' },
        { of: 'touch', field: 'kind', is: 'eq', value: 'call' },
      ],
    };
    assert.deepEqual(
      checkRule(rule, scope()).map(({ path }) => path),
      ['all.1.any.0', 'all.1.any.1.not', 'all.2.touches.where.0', 'all.2.touches.where.1', 'all.3.points.0.when', 'all.4', 'all.5'],
    );
  });

  test('when a value is not of the field’s type', () => {
    for (const [field, is, value] of [
      ['openedAt', 'gte', '2026-02-30'],
      ['openedAt', 'gte', 5],
      ['cycle', 'gte', 1.5],
      ['cycle', 'in', [1, 'two']],
      ['ownerId', 'eq', 'Sam'],
      ['accountId', 'eq', '0197a0c0-1111-7abc-8def-0123456789ab'],
      ['custom.score', 'eq', true],
      ['segment', 'contains', ' '],
      ['segment', 'eq', 'a\0b'],
      ['custom.gone', 'blank', undefined],
      ['openedAt', 'between', ['2026-03-02', '2026-03-01']],
    ] as const)
      assert.equal(checkRule(lead(field, is, value), scope()).length, 1, `${field} ${is} ${String(value)}`);
  });

  test('when it asks for what is known only after a lead was judged', () => {
    assert.match(reasons(lead('wonAt', 'notBlank'), { term: 'mql' })[0]!, /known only afterwards/);
    assert.match(reasons({ stage: 'mql', is: 'reached' }, { term: 'icp' })[0]!, /known only afterwards/);
    assert.equal(reasons(lead('status', 'eq', 'Open'), { term: 'sal' }).length, 1);
    assert.equal(reasons(lead('mqlAt', 'notBlank'), { term: 'sal' }).length, 0);
    assert.equal(
      reasons(
        {
          all: [
            { stage: 'mql', is: 'reached' },
            { stage: 'sal', is: 'reached' },
          ],
        },
        { term: 'sal' },
      ).length,
      0,
    );
    assert.equal(reasons({ stage: 'deal', is: 'reached' }, { term: 'sql' }).length, 1);
    assert.equal(reasons({ stage: 'won', is: 'reached' }, { term: 'customer' }).length, 0);
    assert.equal(reasons(lead('wonAt', 'notBlank')).length, 0);
  });

  test('when it is about a touch and asks for more', () => {
    assert.equal(reasons({ of: 'touch', field: 'kind', is: 'in', value: ['call'] }, { subject: 'touch' }).length, 0);
    assert.equal(reasons(lead('segment', 'blank'), { subject: 'touch' }).length, 1);
    assert.equal(reasons({ stage: 'mql', is: 'reached' }, { subject: 'touch' }).length, 1);
    assert.equal(reasons({ touches: { where: [], withinDays: null }, is: 'gte', value: 1 }, { subject: 'touch' }).length, 1);
  });

  test('when it is too large', () => {
    const nested = (depth: number): Rule => (depth === 1 ? lead('segment', 'blank') : { not: nested(depth - 1) });
    assert.deepEqual([reasons(nested(ruleLimits.depth)), reasons(nested(ruleLimits.depth + 1)).length], [[], 1]);
    const many = (count: number): Rule => ({ all: Array.from({ length: count }, () => lead('segment', 'blank')) });
    assert.deepEqual([reasons(many(ruleLimits.conditions)), reasons(many(ruleLimits.conditions + 1)).length], [[], 1]);
  });
});

test('what is no rule is told where and why', () => {
  const told = (rule: unknown) => ruleSchema.safeParse(rule).error?.issues[0]?.message;
  assert.match(told({})!, /^is no rule: it has one of all, any, not/);
  assert.match(told({ all: [{ any: [{ stage: 5, is: 'reached' }] }] })!, /^all\.0: any\.0: stage: /);
  assert.equal(told({ all: [{ of: 'lead', field: 'segment', is: 'between', value: 'a' }] }), '“between” takes two values');
  assert.equal(told({ all: [] }), undefined);
});

test('whatever the vocabulary offers can be kept', () => {
  const sample: Record<string, FieldCondition['value']> = {
    integer: 5,
    number: 0.5,
    percent: 5,
    boolean: true,
    instant: '2026-03-27',
    day: '2026-03-27',
    amount: '100',
    member: '0197a0c0-1111-7abc-8def-0123456789ab',
    campaign: '0197a0c0-1111-7abc-8def-0123456789ab',
  };
  for (const subject of ['lead', 'touch'] as const)
    for (const { of, name, type, choices, comparisons } of vocabularyOf(subject, customFields).fields)
      for (const is of comparisons) {
        const value = (choices?.[0] ?? sample[type] ?? 'EUR') as string | number | boolean;
        const condition: FieldCondition = {
          of,
          field: name,
          is,
          ...(is.toLowerCase().endsWith('blank')
            ? {}
            : { value: is === 'between' || is === 'in' || is === 'notIn' ? [value, value] : value }),
        };
        const rule: Rule =
          of === 'touch' && subject === 'lead' ? { touches: { where: [condition], withinDays: null }, is: 'gte', value: 1 } : condition;
        assert.deepEqual(checkRule(rule, scope({ subject })), [], JSON.stringify(condition));
      }
  assert.ok(subjectFields('lead', customFields).some(({ name }) => name === 'custom.score'));
});
