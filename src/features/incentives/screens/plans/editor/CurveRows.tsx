import { ActionIcon, Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Curve } from '#engine/payout/plan.ts';
import { curveWords, type Unit } from '#features/incentives/contract/plan-words.ts';
import { capitalised } from '#ui/formats.ts';
import { replaced, without, withPoint } from './draft.ts';
import { ProblemNote, useEditing } from './editing.tsx';
import { Field, Fields, TypedField } from './fields.tsx';
import { typedIn, typedPercent } from './typed.ts';

interface CurveRowsProps {
  at: string;
  /** What the curve runs over. */
  unit: Unit;
  value: Curve;
  onChange(value: Curve): void;
}

/** Points with straight lines between them: at so much, so many percent are paid. */
export function CurveRows({ at, unit, value, onChange }: CurveRowsProps) {
  const { currency } = useEditing().plan;
  return (
    <>
      <p className="dim small-print">{capitalised(curveWords(value, unit, currency))}.</p>
      <ProblemNote at={at} />
      {value.map((point, place) => (
        <Fields key={place}>
          <TypedField
            at={`${at}.${place}.at`}
            label="At"
            typed={typedIn(unit, currency)}
            value={point.at}
            onChange={(next) => onChange(replaced(value, place, { ...point, at: next }))}
          />
          <TypedField
            at={`${at}.${place}.pays`}
            label="Pays"
            typed={typedPercent}
            value={point.pays}
            onChange={(pays) => onChange(replaced(value, place, { ...point, pays }))}
            width={120}
          />
          {value.length > 1 && (
            <Field at={`${at}.${place}.remove`} width={34}>
              <ActionIcon
                className="plan-remove"
                variant="subtle"
                color="gray"
                aria-label={`Take out point ${place + 1}`}
                onClick={() => onChange(without(value, place))}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Field>
          )}
        </Fields>
      ))}
      <Button variant="default" size="compact-sm" w="fit-content" onClick={() => onChange([...withPoint(value, unit, currency)])}>
        Add a point
      </Button>
    </>
  );
}
