import { Group, Select, Switch, Tooltip } from '@mantine/core';
import type { CostSummary } from '#features/returns/contract/ledger.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { Period } from '#ui/kit/Period.tsx';
import { paths } from '#ui/paths.ts';
import { CostFilters } from './CostFilters.tsx';
import { splits, spreads } from './ledgerWords.ts';
import { type CostScope, periodChange } from './scope.ts';

interface CostScopeBarProps {
  scope: CostScope;
  change(changes: Record<string, string | null>): void;
  answer: CostSummary | undefined;
}

/** Which costs, split by what, with or without shared costs spread. */
export function CostScopeBar({ scope, change, answer }: CostScopeBarProps) {
  const may = spreads(scope.by);
  const whyNot = 'Keys spread shared costs onto campaigns, channels, teams and segments: split by one of these.';
  return (
    <div className="scope">
      <Group gap="xs" align="flex-end" role="search" aria-label="What is shown">
        <Period start={scope.start} end={scope.end} anyTime change={(period) => change(periodChange(period))} />
        <Select label="Split" w={140} data={[...splits]} value={scope.by} allowDeselect={false} onChange={(by) => change({ by })} />
        <Tooltip label={whyNot} disabled={may} multiline maw={300}>
          <div className="switch-place">
            <Switch
              label="Spread shared costs"
              aria-label={may ? undefined : `Spread shared costs (not now: ${whyNot})`}
              checked={may && scope.allocated}
              disabled={!may}
              onChange={(event) => change({ allocated: event.currentTarget.checked ? 'true' : null })}
            />
          </div>
        </Tooltip>
        {answer && <HowCounted answer={answer} />}
      </Group>
      <CostFilters scope={scope} change={change} />
    </div>
  );
}

function HowCounted({ answer }: { answer: CostSummary }) {
  return (
    <Explain label="How costs are counted">
      <p style={{ margin: '0 0 8px' }}>{answer.formula}.</p>
      {answer.notes.map((note) => (
        <p key={note} style={{ margin: '0 0 8px' }}>
          {note}
        </p>
      ))}
      <p style={{ margin: '0 0 8px' }}>
        What an allocation key spreads and by what stands in <Go href={paths.costSettings('keys')}>its months</Go>.
      </p>
      <p className="dim" style={{ margin: 0 }}>
        Days of {answer.timeZone}. Formulas {answer.version}.
      </p>
    </Explain>
  );
}
