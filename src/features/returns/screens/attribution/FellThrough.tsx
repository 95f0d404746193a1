import { Button } from '@mantine/core';
import type { ChannelGroupsAnswer } from '#features/returns/contract/channel-groups.ts';
import { capitalised, count } from '#ui/formats.ts';
import { saveCsv } from '#ui/kit/csv.ts';
import { OpenNumber } from '#ui/kit/OpenNumber.tsx';
import { Sheet } from '#ui/kit/Page.tsx';
import { SideMark } from '#ui/kit/Side.tsx';
import { kindWords } from './settingWords.ts';

type Words = ChannelGroupsAnswer['fellThrough'][number];

interface FellThroughProps {
  answer: ChannelGroupsAnswer;
  may: boolean;
  open(url: string, about: string): void;
  makeRule(words: Words): void;
}

/** What no rule knows, by its words: each opens its touches, and can be made a rule of. */
export function FellThrough({ answer, may, open, makeRule }: FellThroughProps) {
  const { fellThrough, total } = answer;
  const listed = fellThrough.reduce((sum, { touches }) => sum + touches, 0);
  const about = ({ channel, source, medium, kind }: Words): string =>
    `${kindWords(kind)}, channel ${channel ?? 'blank'}, source ${source ?? 'blank'}, medium ${medium ?? 'blank'}`;
  return (
    <Sheet
      title="What fell through"
      actions={
        <Button
          size="compact-sm"
          variant="default"
          onClick={() =>
            saveCsv('fell-through.csv', [
              ['channel', 'source', 'medium', 'kind', 'side', 'touches'],
              ...fellThrough.map(({ channel, source, medium, kind, side, touches }) => [channel, source, medium, kind, side, touches]),
            ])
          }
        >
          CSV
        </Button>
      }
    >
      <div
        className={`table-scroll model-table${fellThrough.length > 20 ? ' model-table-long' : ''}`}
        tabIndex={0}
        role="region"
        aria-label="What fell through"
      >
        <table className="plain">
          <thead>
            <tr>
              {['Kind', 'Side', 'Channel', 'Source', 'Medium'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col" className="figure">
                Touches
              </th>
              {may && (
                <th scope="col">
                  <span className="visually-hidden">Rule</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {fellThrough.map((words) => (
              <tr key={words.touchesUrl}>
                <th scope="row">{capitalised(kindWords(words.kind))}</th>
                <td>
                  <SideMark side={words.side} />
                </td>
                {[words.channel, words.source, words.medium].map((text, at) => (
                  <td key={at} className="wrap-any">
                    {text ?? <span className="dim">blank</span>}
                  </td>
                ))}
                <td className="figure">
                  <OpenNumber
                    value={words.touches}
                    label={about(words)}
                    open={() => open(words.touchesUrl, `Known to no rule: ${about(words)}`)}
                  />
                </td>
                {may && (
                  <td>
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`Make a rule of ${about(words)}`}
                      onClick={() => makeRule(words)}
                    >
                      Make a rule
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {listed < total.fellThrough && (
        <p className="sheet-words dim small-print">
          The {fellThrough.length} most frequent; {count(total.fellThrough - listed)} more touches fell through otherwise.
        </p>
      )}
    </Sheet>
  );
}
