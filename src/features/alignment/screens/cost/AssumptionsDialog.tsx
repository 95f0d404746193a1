import { useState } from 'react';
import type { CostAnswer } from '#features/alignment/contract/cost.ts';
import { type CostAssumptions, costAssumptions, type CostSettings } from '#features/alignment/contract/cost-settings.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { MoneyField } from '#ui/kit/MoneyField.tsx';
import { tellUndoable } from '#ui/kit/toast.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { setCostSettings, useCostSettings } from './asking.ts';
import { MarketingReasons } from './MarketingReasons.tsx';

interface DialogProps {
  answer: Pick<CostAnswer, 'agreed' | 'currency'>;
  onClose(): void;
}

/** What the cost rests on beside the records; heads state it, everybody reads it. */
export function AssumptionsDialog(props: DialogProps) {
  const settings = useCostSettings().data;
  return settings ? <Form key={settings.number} settings={settings} {...props} /> : null;
}

export type Set = (change: Partial<CostAssumptions>) => void;

function Form({ settings, answer, onClose }: DialogProps & { settings: CostSettings }) {
  const before = costAssumptions.strip().parse(settings);
  const [stated, setStated] = useState<CostAssumptions>(before);
  const set: Set = (change) => setStated((now) => ({ ...now, ...change }));
  const send = async (): Promise<void> => {
    await setCostSettings(stated);
    tellUndoable('The assumptions are set; every number is counted by them.', () => setCostSettings(before));
  };
  const changed = JSON.stringify(stated) !== JSON.stringify(before);
  return (
    <FormDialog
      title="What the cost rests on"
      label="Save"
      size="lg"
      ready={settings.can.set === null && changed}
      missing={settings.can.set ?? 'Nothing is changed yet.'}
      onClose={onClose}
      send={send}
    >
      <p className="dim" style={{ margin: 0 }}>
        What is left empty is taken from the agreement in force, the ledger and the calendars, else what is usual.
        {settings.setBy && ` Version ${settings.number}, stated by ${settings.setBy.name} on ${dayOfInstant(settings.setAt)}.`}
      </p>
      <WhatIsAgreed stated={stated} set={set} agreed={answer.agreed} />
      <RepTime stated={stated} set={set} currency={answer.currency} />
      <MarketingReasons stated={stated} set={set} reasons={settings.reasons} />
    </FormDialog>
  );
}

interface PartProps {
  stated: CostAssumptions;
  set: Set;
}

function WhatIsAgreed({ stated, set, agreed }: PartProps & { agreed: CostAnswer['agreed'] }) {
  return (
    <fieldset className="cost-fields">
      <legend>Prompt, and often enough</legend>
      <WholeNumber
        label="Prompt is a first attempt within"
        description={`Working minutes. Now ${agreed.promptMinutes}: ${agreed.promptFrom}.`}
        suffix=" min"
        width="100%"
        optional
        min={1}
        max={20_000}
        value={stated.promptMinutes}
        onChange={(promptMinutes) => set({ promptMinutes })}
      />
      <WholeNumber
        label="Enough are attempts"
        description={`Now ${agreed.attempts}: ${agreed.attemptsFrom}.`}
        width="100%"
        optional
        min={1}
        max={30}
        value={stated.attempts}
        onChange={(attempts) => set({ attempts })}
      />
      <WholeNumber
        label="A lead is settled after"
        description="Days. Younger ones are not counted yet."
        suffix=" days"
        width="100%"
        min={1}
        max={365}
        value={stated.settleDays}
        onChange={(settleDays) => settleDays !== null && set({ settleDays })}
      />
    </fieldset>
  );
}

const things = [
  ['reviewMinutes', 'To look at a lead'],
  ['callMinutes', 'A call'],
  ['talkMinutes', 'More, where somebody answers'],
  ['writeMinutes', 'A message'],
] as const;

function RepTime({ stated, set, currency }: PartProps & { currency: string }) {
  return (
    <fieldset className="cost-fields">
      <legend>A rep’s time</legend>
      {things.map(([field, label]) => (
        <WholeNumber
          key={field}
          label={label}
          suffix=" min"
          width="100%"
          max={600}
          value={stated[field]}
          onChange={(minutes) => minutes !== null && set({ [field]: minutes })}
        />
      ))}
      <MoneyField
        label="An hour costs"
        description="Loaded. Empty: from the ledger."
        currency={currency}
        optional
        value={stated.hourlyCost}
        onChange={(hourlyCost) => set({ hourlyCost })}
      />
      <WholeNumber
        label="Paid hours a month"
        description="Empty: from the calendars."
        width="100%"
        optional
        min={1}
        max={744}
        decimals={1}
        value={stated.hoursAMonth}
        onChange={(hoursAMonth) => set({ hoursAMonth })}
      />
    </fieldset>
  );
}
