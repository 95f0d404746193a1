import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Measure, RoleShare } from '#engine/payout/plan.ts';
import { roleNames } from '#features/incentives/contract/measured.ts';
import { replaced, without, withRole } from './draft.ts';
import { ProblemNote } from './editing.tsx';
import { ChoiceField, Field, Fields, TypedField } from './fields.tsx';
import { rolesOf } from './MeasureFields.tsx';
import { typedShare } from './typed.ts';

interface SplitRowsProps {
  at: string;
  value: Measure;
  onChange(split: RoleShare[]): void;
}

/** Who shares what is counted, and how much each: 100 % together. */
export function SplitRows({ at, value, onChange }: SplitRowsProps) {
  const { split } = value;
  const roles = rolesOf(value);
  const free = roles.find((role) => !split.some((each) => each.role === role));
  return (
    <>
      {split.map((share, place) => (
        <Fields key={place}>
          <ChoiceField
            at={`${at}.${place}.role`}
            label="To"
            choices={roles.map((role) => [role, roleNames[role] ?? role] as const)}
            value={share.role}
            onChange={(role) => onChange(replaced(split, place, { ...share, role }))}
            width={300}
          />
          <TypedField
            at={`${at}.${place}.sharePercent`}
            label="Share"
            typed={typedShare}
            value={share.sharePercent}
            onChange={(sharePercent) => onChange(replaced(split, place, { ...share, sharePercent }))}
            width={110}
          />
          {split.length > 2 && (
            <Field at={`${at}.${place}.remove`} width={34}>
              <ActionIcon
                className="plan-remove"
                variant="subtle"
                color="gray"
                aria-label={`Take out the share of ${roleNames[share.role] ?? share.role}`}
                onClick={() => onChange(without(split, place))}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Field>
          )}
        </Fields>
      ))}
      <ProblemNote at={at} />
      {free !== undefined && (
        <Button variant="default" size="compact-sm" w="fit-content" onClick={() => onChange(withRole(value, free))}>
          Add a role
        </Button>
      )}
    </>
  );
}
