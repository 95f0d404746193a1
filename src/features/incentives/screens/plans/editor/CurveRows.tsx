import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Curve } from '#engine/payout/plan.ts';
import { replaced, without } from './draft.ts';
import { type Unit, ValueField } from './ValueField.tsx';

interface CurveRowsProps {
  /** What the curve runs over. */
  unit: Unit;
  currency: string;
  value: Curve;
  onChange(value: Curve): void;
}

/** Points with straight lines between them: at so much, so many percent are paid. */
export function CurveRows({ unit, currency, value, onChange }: CurveRowsProps) {
  return (
    <div className="stack">
      {value.map((point, at) => (
        <Group key={at} gap="sm" align="flex-end">
          <ValueField
            label="At"
            unit={unit}
            currency={currency}
            value={point.at}
            onChange={(next) => onChange(replaced(value, at, { ...point, at: next }))}
          />
          <TextInput
            label="Pays %"
            value={point.pays}
            onChange={(event) => onChange(replaced(value, at, { ...point, pays: event.currentTarget.value }))}
            w={110}
          />
          {value.length > 1 && (
            <ActionIcon variant="subtle" color="gray" aria-label={`Take out point ${at + 1}`} onClick={() => onChange(without(value, at))}>
              <IconTrash size={18} />
            </ActionIcon>
          )}
        </Group>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        w="fit-content"
        onClick={() => onChange([...value, { ...value.at(-1)!, at: `${value.at(-1)!.at}0` }])}
      >
        Add a point
      </Button>
    </div>
  );
}
