import type { Component } from '#engine/payout/plan.ts';
import { commonParts } from './component-parts.tsx';
import { BonusFields, MboFields, SpifFields } from './ComponentFields.tsx';
import { useEditing } from './editing.tsx';
import { kindNames } from './new-parts.ts';
import { PartCard } from './PartCard.tsx';
import { Parts } from './Parts.tsx';
import { RateFields, rateParts } from './RateFields.tsx';
import { WhomFields } from './WhomFields.tsx';

interface ComponentCardProps {
  at: string;
  component: Component;
  onChange(component: Component): void;
  onRemove(): void;
}

/** One thing that is paid for: what is counted, how it pays, for whom, and what must hold besides. */
export function ComponentCard({ at, component, onChange, onRemove }: ComponentCardProps) {
  const { plan } = useEditing();
  const isRate = component.kind === 'rate' || component.kind === 'overlay';
  const parts = [...(isRate ? rateParts(plan, { at, value: component, onChange }) : []), ...commonParts({ plan, at, component, onChange })];
  return (
    <PartCard
      at={at}
      {...kindNames[component.kind]}
      title={component.name}
      onName={(name) => onChange({ ...component, name })}
      onRemove={onRemove}
    >
      <WhomFields at={`${at}.for`} label="For" value={component.for} onChange={(next) => onChange({ ...component, for: next })} />
      {isRate && <RateFields at={at} value={component} onChange={onChange} />}
      {component.kind === 'bonus' && <BonusFields at={at} value={component} onChange={onChange} />}
      {component.kind === 'mbo' && <MboFields at={at} value={component} onChange={onChange} />}
      {component.kind === 'spif' && <SpifFields at={at} value={component} onChange={onChange} />}
      <Parts of={component.name} parts={parts} />
    </PartCard>
  );
}
