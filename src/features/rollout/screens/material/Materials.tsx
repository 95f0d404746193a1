import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import type { StepName } from '#engine/rollout/steps.ts';
import { figureTable } from '#features/returns/contract/figure-table.ts';
import { type Filling, type Material, textOf, titleOf } from '#features/rollout/contract/materials/material.ts';
import { useMe } from '#ui/api/session.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { useCharter } from '../asking.ts';
import { figureText } from '../words.ts';
import { MaterialText } from './MaterialText.tsx';
import { saveText } from './save-text.ts';

/** The agenda, the invitation and the templates of a step, in the company’s own words; to read, print or save. */
export function Materials({ material, step }: { material: readonly Material[]; step: StepName }) {
  const [shown, setShown] = useState(0);
  const filling = useFilling();
  const chosen = material[shown] ?? material[0];
  if (!chosen) return null;
  const name = chosen.kind === 'template' && chosen.file ? chosen.file : `${step} ${titleOf(chosen).toLowerCase()}.md`;
  return (
    <Sheet title="Material">
      <div className="material-tabs no-print" role="group" aria-label="Which material">
        {material.map((each, at) => (
          <button key={titleOf(each)} type="button" aria-pressed={at === shown} onClick={() => setShown(at)}>
            {titleOf(each)}
          </button>
        ))}
      </div>
      <div className="sheet-body material-paper">
        <MaterialText material={chosen} filling={filling} />
      </div>
      <div className="sheet-body material-deeds no-print">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveText(name, textOf(chosen, filling))}
        >
          Save
        </Button>
        <Button size="compact-sm" variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          Print
        </Button>
      </div>
    </Sheet>
  );
}

/** What is not known yet stays a line to fill in. */
function useFilling(): Filling {
  const { workspace } = useMe();
  const charter = useCharter().data;
  const known = charter?.charter;
  const line = '____________';
  return {
    company: workspace.name,
    sponsor: known?.sponsor.name ?? 'the sponsor',
    number: known ? figureTable[known.figure].label.toLowerCase() : 'the one number',
    aim: known ? figureText(known.figure, known.aim, charter.currency) : line,
  };
}
