import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight, IconCopy, IconDotsVertical, IconTrash } from '@tabler/icons-react';
import type { Clause } from '#engine/agreement/clause.ts';
import { clauseSentence } from '#engine/agreement/wording.ts';
import type { AgreementTemplates } from '../../contract.ts';
import { ClauseForm } from './ClauseForm.tsx';
import type { ContentProblem } from './contentProblems.ts';
import { useClauseNames } from './useClauseNames.ts';

interface ClauseEditorProps {
  clause: Clause;
  open: boolean;
  problems: readonly ContentProblem[];
  /** Where the numbers come from, of a suggested clause. */
  why: AgreementTemplates['clauses'][number] | undefined;
  onToggle(): void;
  onChange(clause: Clause): void;
  onRemove(): void;
  onDuplicate(): void;
  onMove(step: 'up' | 'down'): void;
  first: boolean;
  last: boolean;
}

/** A clause as the sentence that will be signed, and opened as the form that makes it. */
export function ClauseEditor(props: ClauseEditorProps) {
  const { clause, open, problems, why, onToggle, onChange } = props;
  const names = useClauseNames();
  return (
    <section className="clause-edit" data-open={open || undefined} aria-label={clause.title || 'Clause without a title'}>
      <div className="clause-edit-head">
        <button type="button" className="clause-toggle" aria-expanded={open} onClick={onToggle}>
          {open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
          <span className="clause-toggle-text">
            <strong>{clause.title || 'No title yet'}</strong>
            <span className="clause-live">{clauseSentence(clause, names)}</span>
          </span>
        </button>
        <ClauseMenu {...props} />
      </div>
      {problems.length > 0 && (
        <div className="bad clause-problem" role="alert">
          {[...new Set(problems.map(({ reason }) => reason))].join(' ')}
        </div>
      )}
      {open && (
        <div className="clause-form">
          {why && <p className="dim clause-why">Where the numbers come from: {why.why}</p>}
          <ClauseForm clause={clause} onChange={onChange} />
        </div>
      )}
    </section>
  );
}

function ClauseMenu({ clause, onRemove, onDuplicate, onMove, first, last }: ClauseEditorProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon color="gray" size={28} aria-label={`What to do with “${clause.title}”`}>
          <IconDotsVertical size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUp size={14} />} disabled={first} onClick={() => onMove('up')}>
          Move up
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown size={14} />} disabled={last} onClick={() => onMove('down')}>
          Move down
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={onDuplicate}>
          Duplicate
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={14} />} color="var(--a-bad)" onClick={onRemove}>
          Remove
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
