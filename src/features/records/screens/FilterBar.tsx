import { Button, CloseButton, Popover } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import type { Field } from '#features/records/contract.ts';
import type { Filter } from '#features/records/contract/lists.ts';
import { useMembers } from '#ui/api/members.ts';
import { useMe } from '#ui/api/session.ts';
import type { RecordsPath } from '#ui/paths.ts';
import { sayCondition } from './conditions.ts';
import { ConditionForm } from './ConditionForm.tsx';

interface FilterBarProps {
  path: RecordsPath;
  fields: readonly Field[];
  filter: Filter;
  onChange(filter: Filter): void;
}

/** The conditions as chips, and a form for one more. All of them must hold. */
export function FilterBar({ path, fields, filter, onChange }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const members = useMembers();
  const me = useMe();
  const memberName = (id: string): string | undefined => members.data?.items.find((member) => member.id === id)?.name;
  const fieldOf = (name: string): Field | undefined =>
    name === 'teamId' ? { name, type: 'text', label: 'Team' } : fields.find((field) => field.name === name);
  return (
    <>
      <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus width={340}>
        <Popover.Target>
          <Button
            variant="default"
            leftSection={<IconFilter size={16} />}
            onClick={() => setOpen(!open)}
            disabled={filter.all.length >= 10}
          >
            Filter
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Add a filter">
          <ConditionForm
            path={path}
            fields={fields}
            currency={me.workspace.currency}
            onAdd={(condition) => {
              onChange({ all: [...filter.all, condition] });
              setOpen(false);
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {filter.all.map((condition, at) => {
        const words = sayCondition(condition, fieldOf(condition.field), memberName, me.workspace.currency);
        return (
          <span key={words} className="chip">
            <span className="cut">{words}</span>
            <CloseButton
              size={24}
              aria-label={`Remove filter: ${words}`}
              onClick={() => onChange({ all: filter.all.filter((_, other) => other !== at) })}
            />
          </span>
        );
      })}
    </>
  );
}
