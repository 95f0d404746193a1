import { Select, Text } from '@mantine/core';
import type { PerceptionGaps } from '#features/feedback/contract/perception.ts';
import { day, month } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import { useGaps } from './asking.ts';
import { GapRows, rowsOf } from './GapRows.tsx';
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
            <GapRows key={item.metric} item={item} />
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
