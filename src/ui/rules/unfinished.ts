import { ruleLimits, type FieldCondition, type Rule } from '#engine/rules/rule.ts';
import { asGroup, countConditions, depthOf, pathOfMember } from './tree.ts';
import { isBare, type RuleError } from './vocabulary.ts';

/** What is still missing in a rule before it can be kept: told beside the condition. Empty: it is whole. */
export function unfinished(rule: Rule): RuleError[] {
  return [...tooLarge(rule), ...gapsIn(rule)];
}

function tooLarge(rule: Rule): RuleError[] {
  const conditions = countConditions(rule);
  if (conditions > ruleLimits.conditions)
    return [
      { path: '', reason: `${conditions} conditions: a rule has at most ${ruleLimits.conditions}. A list of values is one condition.` },
    ];
  if (depthOf(rule) > ruleLimits.depth) return [{ path: '', reason: `Groups are nested at most ${ruleLimits.depth} deep.` }];
  return [];
}

/** Conditions that ask nothing yet, or to which no value was given. */
export function gapsIn(rule: Rule, path = ''): RuleError[] {
  const group = asGroup(rule);
  if (group) return group.members.flatMap((member, index) => gapsIn(member, pathOfMember(rule, path, index)));
  if ('of' in rule) return missingIn(rule, path);
  if ('touches' in rule) return rule.touches.where.flatMap((condition, index) => missingIn(condition, at(path, `touches.where.${index}`)));
  if ('stage' in rule) return rule.stage ? [] : [{ path, reason: 'Choose a stage.' }];
  if ('revenue' in rule) return rule.value ? [] : [{ path, reason: 'Say how much.' }];
  if ('points' in rule) return rule.points.flatMap(({ when }, index) => gapsIn(when, at(path, `points.${index}.when`)));
  return [];
}

function missingIn({ field, is, value }: FieldCondition, path: string): RuleError[] {
  if (!field) return [{ path, reason: 'Choose what to ask about.' }];
  if (isBare(is)) return [];
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
  const blank = values.length === 0 || values.some((each) => each === '');
  return blank ? [{ path, reason: is === 'between' ? 'Say from what to what.' : 'Say a value.' }] : [];
}

const at = (path: string, step: string): string => (path ? `${path}.${step}` : step);
