import { Button, Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { PerceptionItem } from '#features/feedback/contract/perception.ts';
import { Explain } from '#ui/kit/Explain.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { sendGuess, useOwnGuesses } from './asking.ts';
import { offBy, valueText } from './words.ts';

/** Before you see it: what do you think? Then the number, and one’s own guess beside it. */
export function GuessCard({ item, period }: { item: PerceptionItem; period: string }) {
  const own = useOwnGuesses(period);
  return (
    <section className="guess-card" aria-label={item.label}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <h3>{item.label}</h3>
        <Explain label={`How “${item.label}” is counted`}>{item.formula}</Explain>
      </Group>
      {item.truth ? (
        <Seen item={item} guess={own.guessOf(item.metric)} />
      ) : (
        <ToGuess item={item} keep={(value) => own.keep(item.metric, value)} />
      )}
    </section>
  );
}

function Seen({ item, guess }: { item: PerceptionItem; guess: number | null }) {
  const { unit } = item;
  const truth = item.truth!;
  if (truth.value === null) return <span className="dim">{truth.why}</span>;
  return (
    <>
      <div className="guess-truth">
        <Go href={truth.page}>{valueText(truth.value, unit)}</Go>
      </div>
      <div className="dim">
        {guess === null ? 'You did not guess in this browser.' : `You said ${valueText(guess, unit)}: ${offBy(guess, truth.value, unit)}.`}
      </div>
    </>
  );
}

function ToGuess({ item, keep }: { item: PerceptionItem; keep(value: number): void }) {
  const [value, setValue] = useState<number | string>('');
  const [busy, setBusy] = useState(false);
  const most = item.unit === 'percent' ? 100 : 1000;
  const isFine = typeof value === 'number' && value >= 0 && value <= most;
  const send = async (guess: number | null): Promise<void> => {
    setBusy(true);
    try {
      if (guess !== null) keep(guess);
      const { counted } = await sendGuess({ metric: item.metric, value: guess });
      if (guess !== null && !counted) tell('You had seen this number before: the first guess counts.');
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  if (item.whyNotGuess !== null) return <span className="dim">{item.whyNotGuess}</span>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isFine && !busy) void send(value);
      }}
    >
      <NumberInput
        label={item.question}
        suffix={item.unit === 'percent' ? ' %' : ' h'}
        min={0}
        max={most}
        decimalScale={1}
        hideControls
        value={value}
        onChange={setValue}
      />
      <Group gap="sm" mt={8}>
        <Button type="submit" size="compact-sm" loading={busy} disabled={!isFine}>
          Guess, then see it
        </Button>
        <button type="button" className="as-link small-print" disabled={busy} onClick={() => void send(null)}>
          Just show it<span className="visually-hidden">: {item.label}</span>
        </button>
      </Group>
    </form>
  );
}
