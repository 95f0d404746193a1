import { Button, Select } from '@mantine/core';
import type { WhatIfChoices } from '#features/goals/contract/what-if.ts';
import type { Changes } from '#features/goals/contract/what-if-changes.ts';
import { count, money } from '#ui/formats.ts';
import { MoneyField } from '#ui/kit/MoneyField.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';

interface ChangesFormProps {
  changes: Changes;
  choices: WhatIfChoices;
  onChange(changes: Changes): void;
}

/** What is done otherwise. */
export function ChangesForm({ changes, choices, onChange }: ChangesFormProps) {
  const set = (next: Partial<Changes>): void => onChange({ ...changes, ...next });
  return (
    <Sheet title="What if we…" padded>
      <div className="stack">
        <fieldset className="what-if-part">
          <legend>Answer faster</legend>
          <Select
            label="Every lead tried within"
            allowDeselect={false}
            value={String(changes.answerWithinMinutes ?? '')}
            data={[
              { value: '', label: 'as it is' },
              ...choices.speeds.map(({ minutes, leadsSlower }) => ({
                value: String(minutes),
                label: `${spanOf(minutes)}: ${count(leadsSlower)} leads of last year were later`,
              })),
            ]}
            onChange={(value) => set({ answerWithinMinutes: value ? Number(value) : null })}
          />
        </fieldset>
        <fieldset className="what-if-part">
          <legend>Hire, or do with fewer</legend>
          <WholeNumber
            label={`More or fewer than the ${choices.reps.now} who work leads`}
            description={`Each can work ${count(Math.round(Number(choices.reps.each)))} leads a month.`}
            width="100%"
            min={-choices.reps.now}
            max={1000}
            value={changes.reps}
            onChange={(reps) => set({ reps: reps ?? 0 })}
          />
        </fieldset>
        <fieldset className="what-if-part">
          <legend>Tighten or loosen the MQL</legend>
          <DefinitionField changes={changes} choices={choices} set={set} />
        </fieldset>
        <fieldset className="what-if-part">
          <legend>Move budget</legend>
          <Moves changes={changes} choices={choices} set={set} />
        </fieldset>
        {choices.notes.length > 0 && (
          <details className="dim small-print">
            <summary>What this rests on</summary>
            <ul>
              {choices.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Sheet>
  );
}

function spanOf(minutes: number): string {
  if (minutes < 60) return `${minutes} minutes`;
  if (minutes < 1440) return minutes === 60 ? 'an hour' : `${minutes / 60} hours`;
  return minutes === 1440 ? 'a day' : `${minutes / 1440} days`;
}

interface PartProps {
  changes: Changes;
  choices: WhatIfChoices;
  set(next: Partial<Changes>): void;
}

function DefinitionField({ changes, choices, set }: PartProps) {
  if (choices.definitions.length === 0)
    return <p className="dim">No other version of the definition has a back-test. Draft one and test it on past leads to try it here.</p>;
  return (
    <Select
      label="MQL as by"
      allowDeselect={false}
      value={changes.definition?.versionId ?? ''}
      data={[
        { value: '', label: 'the definition in force' },
        ...choices.definitions.map(({ versionId, number, status, passedNow, passedThen }) => ({
          value: versionId,
          label: `version ${number} (${status}): ${count(passedThen)} pass instead of ${count(passedNow)}`,
        })),
      ]}
      onChange={(versionId) => set({ definition: versionId ? { versionId } : null })}
    />
  );
}

type Move = Changes['moves'][number];

function Moves({ changes: { moves }, choices, set }: PartProps) {
  const ways = (['channel', 'segment'] as const).filter((by) => choices.places[by].length > 0);
  const first = ways[0];
  if (!first) return <p className="dim">No spend of programmes is on record that could be moved.</p>;
  const begin: Move = { by: first, from: null, to: choices.places[first][0]!.place, amount: '0' };
  return (
    <div className="stack">
      {moves.map((move, at) => (
        <MoveRow
          key={at}
          move={move}
          ways={ways}
          choices={choices}
          onChange={(next) => set({ moves: moves.map((each, place) => (place === at ? next : each)) })}
          onRemove={() => set({ moves: moves.filter((_, place) => place !== at) })}
        />
      ))}
      <Button
        variant="default"
        size="compact-sm"
        w="fit-content"
        disabled={moves.length >= 20}
        onClick={() => set({ moves: [...moves, begin] })}
      >
        {moves.length === 0 ? 'Add or move an amount' : 'Another amount'}
      </Button>
    </div>
  );
}

interface MoveRowProps {
  move: Move;
  ways: readonly Move['by'][];
  choices: WhatIfChoices;
  onChange(move: Move): void;
  onRemove(): void;
}

function MoveRow({ move, ways, choices, onChange, onRemove }: MoveRowProps) {
  const places = choices.places[move.by].flatMap(({ place, label, spend }) =>
    place === null ? [] : [{ value: place, label: `${label} (${money(spend, choices.currency)} spent)` }],
  );
  const choose = (end: 'from' | 'to', place: string | null): void => {
    const other = end === 'from' ? 'to' : 'from';
    // What is moved to where it is would be no move: the other end gives way.
    onChange({
      ...move,
      [end]: place || null,
      ...((place || null) === move[other] && { [other]: (place || null) === null ? places[0]?.value : null }),
    });
  };
  return (
    <div className="move-row">
      {ways.length > 1 && (
        <Select
          label="Between"
          allowDeselect={false}
          value={move.by}
          data={[
            { value: 'channel', label: 'channels' },
            { value: 'segment', label: 'segments' },
          ]}
          onChange={(by) =>
            by && onChange({ by: by as Move['by'], from: null, to: choices.places[by as Move['by']][0]!.place, amount: move.amount })
          }
        />
      )}
      <MoneyField
        label="Amount of the period"
        currency={choices.currency}
        value={move.amount}
        w={220}
        onChange={(amount) => amount !== null && onChange({ ...move, amount })}
      />
      <Select
        label="From"
        allowDeselect={false}
        value={move.from ?? ''}
        data={[{ value: '', label: 'new money' }, ...places]}
        onChange={(place) => choose('from', place)}
      />
      <Select
        label="To"
        allowDeselect={false}
        value={move.to ?? ''}
        data={[{ value: '', label: 'saved' }, ...places]}
        onChange={(place) => choose('to', place)}
      />
      <Button variant="default" size="compact-sm" w="fit-content" onClick={onRemove}>
        Remove
      </Button>
    </div>
  );
}
