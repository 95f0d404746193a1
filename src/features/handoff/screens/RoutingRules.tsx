import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { FieldProblem } from './RoutingRule.tsx';
import type { Team } from '#ui/api/members.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { paths } from '#ui/paths.ts';
import { RoutingRule } from './RoutingRule.tsx';
import { RoutingTarget, useTargetWords } from './RoutingTarget.tsx';
import { moved, newKey, type DraftRule, type RoutingDraft } from './routingDraft.ts';

interface RoutingRulesProps {
  draft: RoutingDraft;
  teams: readonly Team[];
  may: boolean;
  /** What a rule lacks, by its key. */
  gaps: ReadonlyMap<string, string>;
  /** What the server says doesn't fit, by its place in what was sent. */
  wrong: readonly FieldProblem[];
  onChange(changes: Partial<RoutingDraft>): void;
}

/** Rules in their order: the first that holds says where a lead goes. */
export function RoutingRules({ draft, teams, may, gaps, wrong, onChange }: RoutingRulesProps) {
  const [open, setOpen] = useState<string | null>(null);
  const { rules } = draft;
  const target = useTargetWords(teams);
  const all = rules.length === 0 ? 'All leads go to' : 'All others go to';
  const add = (): void => {
    const rule: DraftRule = { key: newKey(), name: '', when: { all: [] }, to: draft.otherwise };
    setOpen(rule.key);
    onChange({ rules: [...rules, rule] });
  };
  const within = (at: number): FieldProblem[] =>
    wrong.filter((each) => each.at.startsWith(`rules.${at}.`)).map((each) => ({ ...each, at: each.at.slice(`rules.${at}.`.length) }));
  return (
    <Sheet
      title="Rules, in order"
      actions={
        may && (
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
            Add a rule
          </Button>
        )
      }
    >
      <ol aria-label="Rules, in order" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {rules.map((rule, at) => (
          <RoutingRule
            key={rule.key}
            rule={rule}
            place={{ at, of: rules.length }}
            teams={teams}
            may={may}
            gap={gaps.get(rule.key)}
            wrong={within(at)}
            isOpen={open === rule.key}
            onOpen={(isOpen) => setOpen(isOpen ? rule.key : null)}
            onChange={(changes) => onChange({ rules: rules.with(at, { ...rule, ...changes }) })}
            onMove={(by) => onChange({ rules: moved(rules, at, by) })}
            onRemove={() => onChange({ rules: rules.toSpliced(at, 1) })}
          />
        ))}
      </ol>
      <div style={{ padding: '10px 14px' }}>
        {rules.length === 0 && (
          <p className="dim" style={{ marginTop: 0 }}>
            No rules: every lead goes to the same place.{may && ' Add one for a territory, a segment, a product, a language or a campaign.'}
          </p>
        )}
        {may ? (
          <RoutingTarget
            label={all}
            value={draft.otherwise}
            teams={teams}
            error={wrong.find(({ at }) => at.startsWith('otherwise'))?.reason}
            onChange={(otherwise) => onChange({ otherwise })}
          />
        ) : (
          <div>
            {all} <span style={{ fontWeight: 500 }}>{target(draft.otherwise)}</span>
          </div>
        )}
        {may && !teams.some(({ side }) => side === 'sales') && (
          <p className="dim">
            There is no team of sales to take turns. <Go href={paths.settings('teams')}>Make one in Teams.</Go>
          </p>
        )}
      </div>
    </Sheet>
  );
}
