import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ChannelGroupsAnswer } from '#features/returns/contract/channel-groups.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { GroupRule } from './GroupRule.tsx';
import { type DraftRule, moved, newRule } from './groupRulesDraft.ts';

interface GroupRulesProps {
  draft: readonly DraftRule[];
  may: boolean;
  /** What a rule lacks, by its key. */
  gaps: ReadonlyMap<string, string>;
  answer: ChannelGroupsAnswer;
  /** The counts of the rules in force say nothing about those under edit. */
  dirty: boolean;
  opened: string | null;
  setOpened(key: string | null): void;
  onChange(rules: readonly DraftRule[]): void;
  open(url: string, about: string): void;
}

/** The company's own rules, in the order in which they are asked. */
export function GroupRules({ draft, may, gaps, answer, dirty, opened, setOpened, onChange, open }: GroupRulesProps) {
  const add = (): void => {
    const rule = newRule();
    onChange([...draft, rule]);
    setOpened(rule.key);
  };
  const known = [...new Set([...answer.defaults.map(({ group }) => group), ...answer.groups.map(({ group }) => group)])].toSorted();
  const counts = new Map(dirty ? [] : answer.groups.flatMap((group) => (group.own === null ? [] : [[group.own, group] as const])));
  return (
    <Sheet
      title="Your own rules, in order"
      actions={
        may && (
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} disabled={draft.length >= 100} onClick={add}>
            Add a rule
          </Button>
        )
      }
    >
      {draft.length === 0 && (
        <p className="sheet-words dim">
          None yet: the published rules decide alone.
          {may && ' Add one for partners, a trade fair, or what your systems call by names of their own.'}
        </p>
      )}
      {!may && <p className="sheet-words dim">Owners, admins and managers set rules. You see them as they are.</p>}
      <ol className="group-rules" aria-label="Your own rules, in order">
        {draft.map((rule, at) => (
          <GroupRule
            key={rule.key}
            rule={rule}
            place={{ at, of: draft.length }}
            may={may}
            gap={gaps.get(rule.key)}
            known={known}
            count={counts.get(at)}
            isOpen={opened === rule.key}
            onOpen={(isOpen) => setOpened(isOpen ? rule.key : null)}
            onChange={(changes) => onChange(draft.with(at, { ...rule, ...changes }))}
            onMove={(by) => onChange(moved(draft, at, by))}
            onRemove={() => onChange(draft.toSpliced(at, 1))}
            open={open}
          />
        ))}
      </ol>
    </Sheet>
  );
}
