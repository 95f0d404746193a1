import { Autocomplete, Button, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { RuleDeeds } from '#ui/rules/RuleDeeds.tsx';
import type { KeyboardEvent } from 'react';
import type { ChannelGroupsAnswer } from '#features/returns/contract/channel-groups.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { GroupCondition } from './GroupCondition.tsx';
import { type DraftRule, newCondition, ruleWords } from './groupRulesDraft.ts';

interface GroupRuleProps {
  rule: DraftRule;
  place: { at: number; of: number };
  may: boolean;
  gap: string | undefined;
  /** Names of groups there are. */
  known: readonly string[];
  /** How many touches it decides now; left out while it is under edit. */
  count: ChannelGroupsAnswer['groups'][number] | undefined;
  isOpen: boolean;
  onOpen(isOpen: boolean): void;
  onChange(changes: Partial<DraftRule>): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
  open(url: string, about: string): void;
}

/** One rule: as a line, and opened to be edited. Alt with an arrow moves it. */
export function GroupRule(props: GroupRuleProps) {
  const { rule, place, may, gap, count, isOpen, onMove, open } = props;
  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!may || !event.altKey || by === 0) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <li onKeyDown={move}>
      <div className="group-rule-head">
        <span className="dim" style={{ minWidth: 20 }} aria-hidden>
          {place.at + 1}
        </span>
        <div className="group-rule-words">
          <div style={{ fontWeight: 500 }}>{rule.group || 'A group without a name'}</div>
          {!isOpen && <div className="dim">{ruleWords(rule)}</div>}
          {gap && (
            <div className="bad" role="alert">
              {gap}
            </div>
          )}
        </div>
        {count && (
          <span>
            <OpenNumber
              value={count.touches}
              label={`Touches of ${rule.group}`}
              open={() => open(count.touchesUrl, `${rule.group}: ${count.rule}`)}
            />
            <span className="dim"> {count.touches === 0 ? 'touches: it never decides' : 'touches'}</span>
          </span>
        )}
        {may && <RuleDeeds {...props} name={rule.group || `rule ${place.at + 1}`} />}
      </div>
      {isOpen && may && <RuleForm {...props} />}
    </li>
  );
}

function RuleForm({ rule, known, onChange }: GroupRuleProps) {
  const set = (at: number, changes: Partial<DraftRule['all'][number]>): void =>
    onChange({ all: rule.all.with(at, { ...rule.all[at]!, ...changes }) });
  return (
    <Stack gap="sm" px={14} pb={14}>
      <Autocomplete
        label="Group"
        required
        maw={320}
        maxLength={80}
        placeholder="Partner, Trade fair…"
        data={[...known]}
        value={rule.group}
        autoFocus={rule.group === ''}
        onChange={(group) => onChange({ group })}
      />
      <div role="group" aria-label="All of these hold">
        <div className="input-label">Where all of these hold</div>
        <Stack gap={6}>
          {rule.all.map((condition, at) => (
            <GroupCondition
              key={condition.key}
              condition={condition}
              no={at + 1}
              onChange={(changes) => set(at, changes)}
              onRemove={rule.all.length > 1 ? () => onChange({ all: rule.all.toSpliced(at, 1) }) : null}
            />
          ))}
        </Stack>
        <Button
          mt={8}
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={rule.all.length >= 10}
          onClick={() => onChange({ all: [...rule.all, newCondition()] })}
        >
          Add a condition
        </Button>
      </div>
    </Stack>
  );
}
