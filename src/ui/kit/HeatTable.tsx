import type { CSSProperties, ReactNode } from 'react';
import './heat-table.css';

export interface HeatCell {
  /** What the cell says: `82 %`. */
  text: string;
  /** 0..1: how strong its ground is; null: no ground. */
  strength: number | null;
  /** Its time isn't over: shown hatched, and said to be so. */
  censored?: boolean;
  /** Read out and shown on hover: what the figure is of. */
  about: string;
  open?: () => void;
}

export interface HeatRow {
  key: string;
  head: ReactNode;
  /** Before the cells: how large the cohort is, say. */
  size: ReactNode;
  /** Null: nothing can stand there (yet). */
  cells: readonly (HeatCell | null)[];
}

interface HeatTableProps {
  caption: string;
  rowHead: string;
  sizeHead: string;
  columns: readonly string[];
  rows: readonly HeatRow[];
}

/** A table whose ground shows at a glance where figures are high or low; each figure stands in its cell. */
export function HeatTable({ caption, rowHead, sizeHead, columns, rows }: HeatTableProps) {
  return (
    <div className="heat-scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="heat">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{rowHead}</th>
            <th scope="col" className="figure">
              {sizeHead}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="figure">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, size, cells }) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              <td className="figure dim">{size}</td>
              {cells.map((cell, at) => (
                <Cell key={columns[at]} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell }: { cell: HeatCell | null }) {
  if (!cell) return <td className="heat-none" />;
  const { text, strength, censored, about, open } = cell;
  return (
    <td
      className={`figure heat-cell${censored ? ' heat-censored' : ''}`}
      style={strength === null ? undefined : ({ '--heat': `${Math.round(8 + 62 * strength)}%` } as CSSProperties)}
      title={about}
    >
      {open ? (
        <button type="button" className="heat-open" aria-label={`${text}, ${about}`} onClick={open}>
          {text}
        </button>
      ) : (
        text
      )}
    </td>
  );
}
