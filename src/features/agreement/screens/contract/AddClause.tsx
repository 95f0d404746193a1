import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { AgreementContent, Clause } from '#engine/agreement/clause.ts';
import { useMe } from '#ui/api/session.ts';
import type { AgreementTemplates } from '../../contract.ts';
import type { OwedSide } from '../asking.ts';
import { freeKey } from './clauseKeys.ts';
import { blankClause, metricsOf, metricWords } from './metrics.ts';

const mostClauses = 60;

interface AddClauseProps {
  side: OwedSide;
  content: AgreementContent;
  suggested: AgreementTemplates['clauses'];
  onAdd(clause: Clause): void;
}

/** A suggested clause that is not among them yet, or a blank one of any kind. */
export function AddClause({ side, content, suggested, onAdd }: AddClauseProps) {
  const me = useMe();
  const taken = new Set(content.clauses.map(({ key }) => key));
  const offered = suggested.filter(({ clause }) => clause.side === side && !taken.has(clause.key));
  const full = content.clauses.length >= mostClauses;
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          disabled={full}
          title={full ? `A contract has at most ${mostClauses} clauses.` : undefined}
          className="clause-add"
        >
          Clause
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.length > 0 && <Menu.Label>From good practice and your numbers</Menu.Label>}
        {offered.map(({ clause, why }) => (
          <Menu.Item key={clause.key} onClick={() => onAdd(clause)}>
            <div>{clause.title}</div>
            <div className="dim menu-about">{why}</div>
          </Menu.Item>
        ))}
        <Menu.Label>To fill in</Menu.Label>
        {metricsOf(side).map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(blankClause(kind, freeKey(metricWords[kind].label, taken), me.workspace.currency))}>
            <div>{metricWords[kind].label}</div>
            <div className="dim menu-about">{metricWords[kind].about}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
