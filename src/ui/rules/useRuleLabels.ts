import { useQueries } from '@tanstack/react-query';
import type { FieldCondition, Rule } from '#engine/rules/rule.ts';
import type { RuleLabels } from '#engine/rules/words.ts';
import { ruleTypeOf } from '#features/agreement/contract/vocabulary.ts';
import { leadStages } from '#features/records/contract.ts';
import { get } from '#ui/api/client.ts';
import { useMembers } from '#ui/api/members.ts';
import { useMe } from '#ui/api/session.ts';
import { nameOf, pathOfKind, type RecordItem } from '#ui/records.ts';
import { conditionsIn } from './tree.ts';
import { fieldOf, type RuleVocabulary } from './vocabulary.ts';

const stages = Object.fromEntries(leadStages.map(({ stage, label }) => [stage, label]));

/** The names behind what a rule says: labels of fields, names of members and records by id. */
export function useRuleLabels(rule: Rule, vocabulary: RuleVocabulary): RuleLabels {
  const me = useMe();
  const members = useMembers(true);
  const named = namedRecords(rule, vocabulary);
  const records = useQueries({
    queries: named.map(({ path, id }) => ({
      queryKey: ['record', path, id],
      queryFn: () => get<RecordItem>(`/${path}/${id}`),
      staleTime: 300_000,
    })),
  });
  const names = [
    ...(members.data?.items ?? []).map(({ id, name }) => [id, name] as const),
    ...records.flatMap(({ data }) => (data ? [[data.id, nameOf(data)] as const] : [])),
  ];
  return {
    fields: Object.fromEntries(vocabulary.fields.map(({ of, name, label, type }) => [`${of}.${name}`, { label, type: ruleTypeOf(type) }])),
    names: Object.fromEntries(names),
    stages,
    currency: me.workspace.currency,
    timeZone: me.workspace.timeZone,
  };
}

function namedRecords(rule: Rule, vocabulary: RuleVocabulary): { path: string; id: string }[] {
  const found = conditionsIn(rule).flatMap((condition: FieldCondition) => {
    const path = pathOfKind[fieldOf(vocabulary, condition.of, condition.field)?.type ?? ''];
    const values = condition.value === undefined ? [] : [condition.value].flat();
    return path ? values.filter((value) => value !== '').map((id) => ({ path, id: String(id) })) : [];
  });
  return [...new Map(found.map((each) => [each.id, each])).values()].slice(0, 50);
}
