import { Group, Select, Switch, Tooltip } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { AmountInput } from './AmountInput.tsx';
import { type Change, type FiguresScope, spreadsCosts } from './scope.ts';

interface CountingProps {
  scope: FiguresScope;
  change: Change;
  answered: { currency: string; lagDays: number; windowDays: number } | undefined;
  /** Asked to be opened, at the target, from elsewhere on the page. */
  called: boolean;
}

const lags = [
  { value: '', label: 'Of the same days' },
  { value: 'cycle', label: 'Earlier by the cycle' },
  { value: 'own', label: 'Earlier by days' },
];
const bases = [
  { value: '', label: 'As set' },
  { value: 'terms', label: 'By terms' },
  { value: 'activity', label: 'By activity' },
];

/** How figures are counted: cost shifted, the window of the close rate, a target, shared costs. */
export function Counting({ scope, change, answered, called }: CountingProps) {
  const target = useRef<HTMLInputElement>(null);
  const asked =
    [scope.lag, scope.windowDays, scope.target, scope.basis].filter((value) => value !== null).length + (scope.allocated ? 1 : 0);
  const [open, setOpen] = useState(asked > 0 || called);
  useEffect(() => {
    if (!called) return;
    setOpen(true);
    change({ counting: null });
    // Once the field is there to be focused.
    requestAnimationFrame(() => target.current?.focus());
  }, [called, change]);
  return (
    <details className="counting" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Target, cost lag, window{asked > 0 ? ` (${asked} set)` : ''}</summary>
      <Group gap="xs" align="flex-end" mt="xs" role="group" aria-label="How it is counted">
        <AmountInput
          label="Target to win"
          value={scope.target}
          currency={answered?.currency ?? ''}
          placeholder="none"
          field={target}
          onChange={(target) => change({ target })}
        />
        <Lag scope={scope} change={change} answered={answered} />
        <WholeNumber
          label="Won within, days"
          width={130}
          optional
          max={3650}
          value={scope.windowDays === null ? null : Number(scope.windowDays)}
          placeholder={String(answered?.windowDays ?? 90)}
          onChange={(days) => change({ window: days === null ? null : String(days) })}
        />
        <Select
          label="Customers counted"
          w={156}
          data={bases}
          value={scope.basis ?? ''}
          allowDeselect={false}
          onChange={(basis) => change({ basis: basis || null })}
        />
        {scope.part === 'all' && <Spread scope={scope} change={change} />}
      </Group>
    </details>
  );
}

function Lag({ scope: { lag }, change, answered }: Omit<CountingProps, 'called'>) {
  const kind = lag === null ? '' : lag === 'cycle' ? 'cycle' : 'own';
  return (
    <>
      <Select
        label="Cost held against it"
        w={180}
        data={lags}
        value={kind}
        allowDeselect={false}
        onChange={(chosen) => change({ lag: chosen === 'own' ? String(answered?.lagDays || 30) : chosen || null })}
      />
      {kind === 'own' && (
        <WholeNumber label="Days earlier" max={1000} value={Number(lag)} onChange={(days) => change({ lag: String(days ?? 0) })} />
      )}
    </>
  );
}

function Spread({ scope, change }: Omit<CountingProps, 'answered' | 'called'>) {
  const may = spreadsCosts(scope.by);
  const whyNot = 'Keys spread shared costs onto campaigns, channels, teams and segments: split by one of these.';
  return (
    <Tooltip label={whyNot} disabled={may} multiline maw={300}>
      <div className="spread-place">
        <Switch
          label="Spread shared costs"
          aria-label={may ? undefined : `Spread shared costs (not now: ${whyNot})`}
          checked={may && scope.allocated}
          disabled={!may}
          onChange={(event) => change({ allocated: event.currentTarget.checked ? 'true' : null })}
        />
      </div>
    </Tooltip>
  );
}
