import type { Overlay, PeriodKind, Rate } from '#engine/payout/plan.ts';
import { isAtLeast } from '#engine/payout/periods.ts';
import { periodKinds } from '#engine/payout/plan.ts';
import { periodWords } from '#features/incentives/contract/plan-words.ts';
import type { PlanContent } from '#features/incentives/contract/plan-content.ts';
import { withMeasure } from './draft.ts';
import { useEditing } from './editing.tsx';
import { ChoiceField, Fields, TypedField } from './fields.tsx';
import { MeasureFields } from './MeasureFields.tsx';
import { newThreshold } from './new-parts.ts';
import { OverField } from './OverField.tsx';
import type { OptionalPart } from './Parts.tsx';
import { placeTyped, TierRows } from './TierRows.tsx';
import { WhomFields } from './WhomFields.tsx';
import { WorkedExample } from './WorkedExample.tsx';

interface RateFieldsProps<T extends Rate | Overlay> {
  at: string;
  value: T;
  onChange(value: T): void;
}

/** What is counted, and what it pays tier by tier. */
export function RateFields<T extends Rate | Overlay>({ at, value, onChange }: RateFieldsProps<T>) {
  const { currency } = useEditing().plan;
  return (
    <>
      {value.kind === 'overlay' && (
        <WhomFields
          at={`${at}.of`}
          label="On the credit of"
          value={value.of ?? { sides: [], roles: [], payees: [] }}
          onChange={(of) => onChange({ ...value, of })}
        />
      )}
      <MeasureFields
        at={`${at}.measure`}
        label="Counts"
        of={value.name}
        value={value.measure}
        onChange={(measure) => onChange(withMeasure(value, measure, currency))}
      />
      <TierRows at={at} value={value} onChange={onChange} />
      <WorkedExample at={at} component={value} />
    </>
  );
}

/** Threshold and window, which few rates have. */
export function rateParts<T extends Rate | Overlay>(plan: PlanContent, { at, value, onChange }: RateFieldsProps<T>): OptionalPart[] {
  const longer = periodKinds.find((kind) => kind !== plan.period && isAtLeast(kind, plan.period));
  return [
    {
      key: 'threshold',
      title: 'Threshold',
      about: 'Below it nothing is paid. Once it is reached, all counts from the first, or only what is beyond it.',
      on: value.threshold !== null,
      add: () => onChange({ ...value, threshold: newThreshold(value, plan.currency) }),
      remove: () => onChange({ ...value, threshold: null }),
      fields: () => <ThresholdFields at={`${at}.threshold`} value={value} onChange={onChange} />,
    },
    ...(longer || value.over !== null
      ? [
          {
            key: 'over',
            title: 'Window',
            about: windowExample(longer ?? 'year'),
            on: value.over !== null,
            add: () => onChange({ ...value, over: longer ?? 'year' }),
            remove: () => onChange({ ...value, over: null }),
            fields: () => (
              <Fields>
                <OverField at={`${at}.over`} value={value.over} onChange={(over) => onChange({ ...value, over })} />
              </Fields>
            ),
          },
        ]
      : []),
  ];
}

const windowExample = (over: PeriodKind): string =>
  `Adds up over a longer time: what one period brings and what the next brings climb the same tiers until the ${periodWords[over]} ends, and each period pays what it adds. The quota is for the whole of it.`;

function ThresholdFields<T extends Rate | Overlay>({ at, value, onChange }: RateFieldsProps<T>) {
  const { currency } = useEditing().plan;
  const threshold = value.threshold!;
  return (
    <Fields>
      <TypedField
        at={`${at}.at`}
        label={value.tiersBy === 'attainment' ? 'Nothing below, of the quota' : 'Nothing below'}
        typed={placeTyped(value, currency)}
        value={threshold.at}
        onChange={(next) => onChange({ ...value, threshold: { ...threshold, at: next } })}
        width={260}
      />
      <ChoiceField
        at={`${at}.counts`}
        label="Once it is reached"
        choices={[
          ['fromFirst', 'all counts, from the first'],
          ['beyond', 'only what is beyond it counts'],
        ]}
        value={threshold.counts}
        onChange={(counts) => onChange({ ...value, threshold: { ...threshold, counts } })}
        width={260}
      />
    </Fields>
  );
}
