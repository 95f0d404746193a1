import { Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FigureSettings, FigureSettingsChange } from '#features/returns/contract/figures.ts';
import type { RevenueBasis } from '#features/returns/contract/figure-table.ts';
import { put } from '#ui/api/client.ts';
import { queries } from '#ui/api/queries.ts';
import { useRights } from '#ui/api/session.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { tellUndoable } from '#ui/kit/toast.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { useFigureSettings } from './asking.ts';

const bases = [
  { value: 'terms', label: 'Terms: a customer until the term paid for ends' },
  { value: 'activity', label: 'Activity: a customer in months that brought revenue' },
];

/** What figures rest on beside the records. */
export function SettingsDialog({ onClose }: { onClose(): void }) {
  const settings = useFigureSettings().data;
  return settings ? <SettingsForm key={settings.setAt ?? ''} settings={settings} onClose={onClose} /> : null;
}

function SettingsForm({ settings, onClose }: { settings: FigureSettings; onClose(): void }) {
  const may = useRights().may('figures.set');
  const [margin, setMargin] = useState(settings.grossMarginPercent ?? '');
  const [basis, setBasis] = useState<RevenueBasis>(settings.basis);
  const [horizon, setHorizon] = useState(settings.horizonMonths);
  const typed = margin.trim().replace(',', '.').replace(/\s*%$/, '');
  const marginIsWrong = typed !== '' && !/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/.test(typed);
  const send = async (): Promise<void> => {
    await set({ grossMarginPercent: typed === '' ? null : typed, basis, horizonMonths: horizon });
    const { grossMarginPercent, basis: before, horizonMonths } = settings;
    tellUndoable('What figures rest on is set.', () => set({ grossMarginPercent, basis: before, horizonMonths }));
  };
  return (
    <FormDialog
      title="What figures rest on"
      label="Save"
      ready={may && !marginIsWrong}
      missing={may ? 'The margin is a percentage from 0 to 100.' : 'Heads alone set this.'}
      onClose={onClose}
      send={send}
    >
      {(reasons) => (
        <>
          <TextInput
            label="Gross margin, %"
            description="Share of revenue left after what delivering it costs. LTV, payback, ROMI and the contribution need it; empty: not known."
            inputMode="decimal"
            placeholder="like 72.5"
            value={margin}
            readOnly={!may}
            error={marginIsWrong ? 'A percentage like 72.5, from 0 to 100.' : reasons['grossMarginPercent']}
            onChange={(event) => setMargin(event.currentTarget.value)}
            data-autofocus
          />
          <Select
            label="How revenue makes customers"
            data={bases}
            value={basis}
            disabled={!may}
            allowDeselect={false}
            error={reasons['basis']}
            onChange={(chosen) => setBasis(chosen === 'activity' ? 'activity' : 'terms')}
          />
          <WholeNumber
            label="Months to tell LTV over where nobody leaves"
            width="100%"
            min={1}
            max={600}
            value={horizon}
            error={reasons['horizonMonths']}
            onChange={(months) => months !== null && setHorizon(months)}
          />
          {settings.setBy && (
            <Text size="xs" c="dimmed">
              Set by {settings.setBy.name}, {dayOfInstant(settings.setAt)}.
            </Text>
          )}
        </>
      )}
    </FormDialog>
  );
}

async function set(change: FigureSettingsChange): Promise<void> {
  await put<FigureSettings>('/figures/settings', change);
  await queries.invalidateQueries({ queryKey: ['returns'] });
}
