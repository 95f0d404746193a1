import { useState } from 'react';
import { figureTable } from '#features/returns/contract/figure-table.ts';
import type { Charter, CharterAnswer, Measured } from '#features/rollout/contract/charter.ts';
import { post } from '#ui/api/client.ts';
import { day, dayOfInstant } from '#ui/formats.ts';
import { Deed } from '#ui/kit/Deed.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { tell, tellProblem } from '#ui/kit/toast.tsx';
import { paths } from '#ui/paths.ts';
import { doing } from '../asking.ts';
import { figureText } from '../words.ts';

/** Was, is, should be: the number as it was kept, as it is since, and the aim. */
export function Baseline({ answer, charter }: { answer: CharterAnswer; charter: Charter }) {
  const { baseline, now, since, currency } = answer;
  const text = (value: string | null): string => figureText(charter.figure, value, currency);
  return (
    <>
      <div className="tiles rollout-tiles">
        <Tile
          label="Was (baseline)"
          value={text(baseline?.value ?? null)}
          about={baseline ? rangeOf(charter, baseline, currency) : 'not taken yet'}
        />
        <Tile
          label={since ? 'Since then' : 'Last twelve months'}
          value={text((since ?? now)?.value ?? null)}
          about={since || now ? aboutOf(charter, (since ?? now)!, currency) : 'nothing on record yet'}
        />
        <Tile label="Should be" value={text(charter.aim)} about={`by ${day(charter.aimOn)}`} />
      </div>
      <p className="small-print dim">
        {baseline && `Kept by ${baseline.takenBy.name} on ${dayOfInstant(baseline.takenAt)}, and never changed. `}
        The records behind it: <Go href={paths.figures(openOf(baseline ?? now))}>{figureTable[charter.figure].label} in Returns</Go>.
      </p>
      {!baseline && <TakeBaseline answer={answer} />}
    </>
  );
}

const openOf = (of: { start: string; end: string } | null): Record<string, string> => (of ? { start: of.start, end: of.end } : {});

export function TakeBaseline({ answer: { can, now } }: { answer: CharterAnswer }) {
  const [busy, setBusy] = useState(false);
  const take = async (): Promise<void> => {
    setBusy(true);
    try {
      await doing(post('/rollout/baseline'));
      tell('Kept. Everything that follows is held against it.');
    } catch (error) {
      tellProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const none = now && now.value === null ? `There is no number to keep yet: ${now.why ?? 'not enough is on record'}.` : null;
  return (
    <Deed loading={busy} whyNot={can.takeBaseline ?? none} onClick={() => void take()}>
      Keep it as the baseline
    </Deed>
  );
}

function Tile({ label, value, about }: { label: string; value: string; about: string }) {
  return (
    <div className="tile">
      <div className="tile-label">{label}</div>
      <div className="tile-value">{value}</div>
      <div className="dim small-print">{about}</div>
    </div>
  );
}

function rangeOf(
  { figure }: Charter,
  { low, high, start, end }: Pick<Measured, 'low' | 'high' | 'start' | 'end'>,
  currency: string,
): string {
  const days = `${day(start)} to ${day(end)}`;
  if (low === null) return days;
  return `${high === null ? `at least ${figureText(figure, low, currency)}` : `${figureText(figure, low, currency)} to ${figureText(figure, high, currency)}`} (95 %), ${days}`;
}

function aboutOf(charter: Charter, measured: Measured, currency: string): string {
  if (measured.value === null) return measured.why ?? 'not a number';
  return `${rangeOf(charter, measured, currency)}${measured.small ? '; rests on few' : ''}`;
}
