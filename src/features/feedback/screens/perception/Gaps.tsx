import { Select, Text } from '@mantine/core';
import type { Guessed, PerceptionGaps } from '#features/feedback/contract/perception.ts';
import { day, month } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { SideMark } from '#ui/kit/Side.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { useGaps } from './asking.ts';
import { GapLine } from './GapLine.tsx';
import { offBy, valueText } from './words.ts';

/** How far each side was off, in a month that is over. */
export function Gaps() {
  const [{ period }, change] = useUrlSearch();
  const gaps = useGaps(period);
  return (
    <Sheet title="How far each side was off">
      <Answer of={gaps} what="The gaps" lines={5}>
        {(answer) =>
          answer.period === null ? (
            <p className="sheet-body dim" style={{ margin: 0 }}>
              Told when the first month with guesses is over: each side of five and more, the median of what it thought, beside what is so.
            </p>
          ) : (
            <Known answer={answer} choose={(value) => change({ period: value })} />
          )
        }
      </Answer>
    </Sheet>
  );
}

function Known({ answer, choose }: { answer: PerceptionGaps; choose(period: string | null): void }) {
  return (
    <>
      <div className="sheet-body">
        <Text className="feedback-first">{headline(answer)}</Text>
        {answer.periods.length > 1 && (
          <Select
            label="Guessed in"
            w={200}
            allowDeselect={false}
            data={answer.periods.map((each) => ({ value: each, label: month(each) }))}
            value={answer.period}
            onChange={choose}
          />
        )}
        <Text size="sm" c="dimmed" mt={6}>
          Numbers of {day(answer.start)} to {day(answer.end)}. On each line: where a side’s guesses lie, the thick mark its median, the thin
          line across what is so.
        </Text>
      </div>
      <div className="table-scroll" role="region" aria-label="Guesses beside the numbers" tabIndex={0}>
        <table className="plain feedback-table gaps">
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col" className="figure">
                It is
              </th>
              <th scope="col">Who</th>
              <th scope="col" className="figure">
                Guesses
              </th>
              <th scope="col" className="figure">
                Median
              </th>
              <th scope="col" className="figure">
                From, to
              </th>
              <th scope="col">On a line</th>
            </tr>
          </thead>
          {answer.items.map((item) => (
            <tbody key={item.metric}>
              {rowsOf(item).map((guessed, at, rows) => (
                <tr key={guessed.side ?? 'everybody'}>
                  {at === 0 && (
                    <>
                      <th scope="rowgroup" rowSpan={rows.length} style={{ fontWeight: 500 }}>
                        {item.label}
                      </th>
                      <td className="figure" rowSpan={rows.length}>
                        {item.truth.value === null ? (
                          <span className="dim">{item.truth.why}</span>
                        ) : (
                          <Go href={item.truth.page}>{valueText(item.truth.value, item.unit)}</Go>
                        )}
                      </td>
                    </>
                  )}
                  <Cells guessed={guessed} item={item} />
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <ul className="rules-told small-print dim" style={{ margin: '10px 14px 12px', paddingLeft: 18 }}>
        {answer.rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </>
  );
}

type Item = PerceptionGaps['items'][number];

/** Sides that are told, else everybody; at least one row, which then says that too few guessed. */
function rowsOf({ sides, everybody }: Item): Guessed[] {
  const told = sides.filter(({ guesses }) => guesses !== null);
  return told.length > 0 ? told : [everybody];
}

function Cells({ guessed, item }: { guessed: Guessed; item: Item }) {
  const { unit, truth } = item;
  const who = guessed.side ? <SideMark side={guessed.side} /> : 'Everybody';
  if (guessed.median === null || guessed.low === null || guessed.high === null)
    return (
      <>
        <td>{who}</td>
        <td colSpan={4} className="dim">
          too few guessed
        </td>
      </>
    );
  return (
    <>
      <td>{who}</td>
      <td className="figure">{guessed.guesses}</td>
      <td className="figure">
        {valueText(guessed.median, unit)}
        {truth.value !== null && <div className="dim small-print">{offBy(guessed.median, truth.value, unit)}</div>}
      </td>
      <td className="figure no-break">
        {guessed.low} – {guessed.high}
      </td>
      <td>
        <GapLine guessed={guessed} truth={truth.value} end={endOf(item)} />
      </td>
    </>
  );
}

/** All of it; hours as far as the furthest of the number's lines goes. */
const endOf = ({ unit, truth, sides, everybody }: Item): number =>
  unit === 'percent' ? 100 : Math.max(1, truth.value ?? 0, ...[...sides, everybody].map(({ high }) => high ?? 0));

/** The widest gap, in a sentence. */
function headline({ items }: PerceptionGaps): string {
  const gaps = items.flatMap((item) =>
    rowsOf(item).flatMap((guessed) =>
      guessed.median === null || item.truth.value === null
        ? []
        : [{ item, guessed, truth: item.truth.value, gap: Math.abs(guessed.median - item.truth.value) }],
    ),
  );
  const widest = gaps.filter(({ item }) => item.unit === 'percent').sort((one, other) => other.gap - one.gap)[0] ?? gaps[0];
  if (!widest) return 'Too few guessed to tell how far anybody was off.';
  const { item, guessed, truth } = widest;
  const who =
    guessed.side === null ? 'Everybody' : guessed.side === 'sales' ? 'Sales' : guessed.side === 'marketing' ? 'Marketing' : 'Leadership';
  return `${who} thought “${item.label}” was ${valueText(guessed.median, item.unit)}; it was ${valueText(truth, item.unit)}, ${offBy(guessed.median!, truth, item.unit)}.`;
}
