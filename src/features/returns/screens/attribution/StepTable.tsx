import { useState } from 'react';
import type { PathsAnswer } from '#features/returns/contract/paths.ts';
import { count, money } from '#ui/formats.ts';

type Node = PathsAnswer['nodes'][number];
type Link = PathsAnswer['links'][number];

interface StepTableProps {
  answer: PathsAnswer;
  nodeOf: ReadonlyMap<string, Node>;
  stepText(id: string): string;
  openNode(id: string): void;
  openLink(link: Link): void;
}

const atFirst = 20;

/** The flows of the picture in figures; each opens, and so does each place. */
export function StepTable({ answer: { links, currency }, nodeOf, stepText, openNode, openLink }: StepTableProps) {
  const [all, setAll] = useState(false);
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Steps">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" className="figure">
                Conversions
              </th>
              <th scope="col" className="figure">
                Value
              </th>
            </tr>
          </thead>
          <tbody>
            {(all ? links : links.slice(0, atFirst)).map((link) => (
              <tr key={`${link.source} ${link.target}`}>
                <th scope="row">
                  <Station of={nodeOf.get(link.source)!} text={stepText(link.source)} open={openNode} />
                </th>
                <td>
                  <Station of={nodeOf.get(link.target)!} text={stepText(link.target)} open={openNode} />
                </td>
                {[count(link.conversions), money(link.value, currency)].map((text, at) => (
                  <td key={at} className="figure">
                    <button
                      type="button"
                      className="as-link"
                      aria-label={`${stepText(link.source)} → ${stepText(link.target)}: ${text}`}
                      onClick={() => openLink(link)}
                    >
                      {text}
                    </button>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {links.length > atFirst && (
        <div className="more">
          <button type="button" className="as-link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? `Show the first ${atFirst}` : `Show all ${count(links.length)} steps`}
          </button>
        </div>
      )}
    </>
  );
}

/** A place of the picture, with all that pass it, wherever they go. */
function Station({ of, text, open }: { of: Node; text: string; open(id: string): void }) {
  return (
    <>
      {text}{' '}
      <button
        type="button"
        className="as-link dim small-print"
        aria-label={`of ${count(of.conversions)} that pass ${text}`}
        onClick={() => open(of.id)}
      >
        of {count(of.conversions)}
      </button>
    </>
  );
}
