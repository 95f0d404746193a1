import { Select, Textarea, TextInput } from '@mantine/core';
import { figureTable } from '#features/returns/contract/figure-table.ts';
import { type CharterAnswer, type CharterFigure, charterFigures, unitOf } from '#features/rollout/contract/charter.ts';
import type { Reasons } from '#ui/kit/FormDialog.tsx';
import { useFigurePreview } from '../asking.ts';
import { figureText } from '../words.ts';
import type { CharterDraft } from './useCharterDraft.ts';

interface CharterFieldsProps {
  draft: CharterDraft;
  answer: CharterAnswer;
  reasons: Reasons;
}

/** Who wants it, which number, what it should be, by when, and why. */
export function CharterFields({ draft, answer, reasons }: CharterFieldsProps) {
  const { currency, sponsors } = answer;
  const unit = unitOf(draft.figure);
  const suffix = unit === 'share' ? ' (%)' : unit.startsWith('amount') ? ` (${currency})` : unit === 'days' ? ' (days)' : '';
  return (
    <>
      <Select
        label="Sponsor"
        description="A leader, or the owner of the workspace: whoever can decide what the two heads can’t agree on."
        data={sponsors.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.sponsorId}
        onChange={(sponsorId) => draft.set({ sponsorId })}
        allowDeselect={false}
        error={reasons['sponsorId']}
      />
      <Select
        label="The one number"
        description={figureTable[draft.figure].formula}
        data={charterFigures.map((figure) => ({ value: figure, label: figureTable[figure].label }))}
        value={draft.figure}
        onChange={(figure) => figure && draft.set({ figure: figure as CharterFigure })}
        allowDeselect={false}
      />
      <Was figure={draft.figure} currency={currency} />
      <TextInput
        label={`What it should be${suffix}`}
        value={draft.aim}
        inputMode="decimal"
        w={220}
        error={reasons['aim']}
        onChange={(event) => draft.set({ aim: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="By"
        value={draft.aimOn}
        w={220}
        error={reasons['aimOn']}
        onChange={(event) => draft.set({ aimOn: event.currentTarget.value })}
      />
      <Textarea
        label="Why now"
        description="Optional, two sentences."
        value={draft.why}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => draft.set({ why: event.currentTarget.value })}
      />
    </>
  );
}

/** What the number is on record, so that the aim isn’t plucked from the air. */
function Was({ figure, currency }: { figure: CharterFigure; currency: string }) {
  const preview = useFigurePreview(figure).data;
  if (!preview) return null;
  return (
    <p className="dim small-print" style={{ margin: 0 }}>
      {preview.value === null
        ? 'Nothing is on record yet to say what it was. You will see it once the data is loaded, and can write the charter anew.'
        : `Over the last twelve months it was ${figureText(figure, preview.value, currency)}.`}
    </p>
  );
}
