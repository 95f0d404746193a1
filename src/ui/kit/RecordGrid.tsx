import { Checkbox, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { Field } from '#features/records/contract.ts';
import { FieldValue, standsRight, textOf } from '#ui/kit/FieldValue.tsx';
import { Go } from '#ui/kit/Go.tsx';
import { useKeys } from '#ui/kit/keys.ts';
import { paths, type RecordsPath } from '#ui/paths.ts';
import { nameOf, type RecordItem } from '#ui/records.ts';

export interface Selection {
  ids: ReadonlySet<string>;
  toggle(id: string): void;
  setAll(on: boolean): void;
}

interface RecordGridProps {
  path: RecordsPath;
  label: string;
  fields: readonly Field[];
  cardFields: readonly Field[];
  items: readonly RecordItem[];
  total: number | null;
  more: boolean;
  loadMore(): void;
  loadingMore: boolean;
  sort?: string;
  sortable?: readonly string[];
  onSort?(sort: string): void;
  selection?: Selection;
}

const widthOf = (field: Field, first: boolean): number =>
  first
    ? 190
    : field.type === 'email'
      ? 210
      : ['instant', 'day', 'integer', 'currency', 'percent', 'choice', 'boolean'].includes(field.type)
        ? 116
        : 140;

/** Rows of any number: only those in sight exist in the page, the rest is asked for while scrolling. */
export function RecordGrid(props: RecordGridProps) {
  const { items, fields, cardFields, path, more, loadMore, loadingMore, selection } = props;
  const phone = useMediaQuery('(max-width: 820px)') ?? false;
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length + (more ? 1 : 0),
    getScrollElement: () => scroll.current,
    estimateSize: () => (phone ? 84 : 37),
    overscan: 12,
  });
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => rows.measure(), [phone, rows]);
  useEffect(() => {
    if (more && !loadingMore && last >= items.length - 20) loadMore();
  }, [more, loadingMore, last, items.length, loadMore]);
  useRowKeys(scroll, items, rows.scrollToIndex, selection);
  const least = fields.reduce((sum, field, at) => sum + widthOf(field, at === 0), selection ? 40 : 0);
  const template = `${selection ? '40px ' : ''}${fields.map((field, at) => (at === 0 ? `minmax(${widthOf(field, true)}px, 1.4fr)` : `minmax(${widthOf(field, false)}px, 1fr)`)).join(' ')}`;
  return (
    <div ref={scroll} className="grid-scroll" role="table" aria-label={props.label} aria-rowcount={props.total ?? -1} tabIndex={0}>
      {!phone && <Head {...props} template={template} least={least} />}
      <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative', minWidth: phone ? undefined : least }}>
        {visible.map(({ index, key, start, size }) => {
          const item = items[index];
          const place = { transform: `translateY(${start}px)`, height: size };
          if (!item)
            return (
              <div key={key} role="row" className="grid-row" style={place}>
                <div role="cell" style={{ padding: 10, width: '100%' }}>
                  <Skeleton height={14} />
                </div>
              </div>
            );
          const chosen = selection?.ids.has(item.id) ?? false;
          const box = selection && (
            <Checkbox checked={chosen} onChange={() => selection.toggle(item.id)} aria-label={`Select ${nameOf(item)}`} tabIndex={-1} />
          );
          const name = (
            <Go href={paths.record(path, item.id)} className="go" data-row={index}>
              {nameOf(item)}
            </Go>
          );
          if (phone) return <Card key={key} item={item} place={place} chosen={chosen} box={box} name={name} fields={cardFields} />;
          return (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 2}
              className="grid-row"
              data-selected={chosen || undefined}
              style={{ ...place, gridTemplateColumns: template }}
            >
              {selection && (
                <div role="cell" className="grid-cell">
                  {box}
                </div>
              )}
              {fields.map((field, at) => (
                <div
                  key={field.name}
                  role="cell"
                  className={`grid-cell${standsRight(field) ? ' end' : ''}${at === 0 ? ' grid-first' : ''}`}
                >
                  {at === 0 ? name : <FieldValue field={field} item={item} />}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Head({
  fields,
  sort,
  sortable = [],
  onSort,
  selection,
  items,
  template,
  least,
}: RecordGridProps & { template: string; least: number }) {
  const by = sort?.replace('-', '');
  const down = sort?.startsWith('-') ?? false;
  return (
    <div role="rowgroup" style={{ position: 'sticky', top: 0, zIndex: 2, minWidth: least }}>
      <div role="row" aria-rowindex={1} className="grid-head" style={{ gridTemplateColumns: template }}>
        {selection && (
          <div role="columnheader" className="grid-cell">
            <Checkbox
              checked={items.length > 0 && selection.ids.size >= items.length}
              indeterminate={selection.ids.size > 0 && selection.ids.size < items.length}
              onChange={(event) => selection.setAll(event.currentTarget.checked)}
              aria-label="Select all loaded"
            />
          </div>
        )}
        {fields.map((field) => (
          <div
            key={field.name}
            role="columnheader"
            className={`grid-cell${standsRight(field) ? ' end' : ''}`}
            aria-sort={by === field.name ? (down ? 'descending' : 'ascending') : undefined}
          >
            {onSort && sortable.includes(field.name) ? (
              <button type="button" onClick={() => onSort(by === field.name && !down ? `-${field.name}` : field.name)}>
                {field.label}
                {by === field.name && (down ? <IconArrowDown size={14} aria-hidden /> : <IconArrowUp size={14} aria-hidden />)}
              </button>
            ) : (
              <span>{field.label}</span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

interface CardProps {
  item: RecordItem;
  place: { transform: string; height: number };
  chosen: boolean;
  box: React.ReactNode;
  name: React.ReactNode;
  fields: readonly Field[];
}

function Card({ item, place, chosen, box, name, fields }: CardProps) {
  const lines = fields.map((field) => textOf(field, item)).filter((text) => text !== '–');
  const half = Math.ceil(lines.length / 2);
  return (
    <div role="row" className="card-row" data-selected={chosen || undefined} style={place}>
      {box && <div role="cell">{box}</div>}
      <div role="cell" style={{ minWidth: 0, flex: 1 }}>
        <div className="grid-first cut">{name}</div>
        <div className="dim cut">{lines.slice(0, half).join(' · ')}</div>
        <div className="dim cut" style={{ fontSize: 12 }}>
          {lines.slice(half).join(' · ')}
        </div>
      </div>
      {typeof item['stage'] === 'string' && (
        <div role="cell">
          <StageOf item={item} />
        </div>
      )}
    </div>
  );
}

function StageOf({ item }: { item: RecordItem }) {
  return <FieldValue field={{ name: 'stage', type: 'choice', label: 'Stage' }} item={item} />;
}

/** `j` and `k` move the focus from row to row; Enter follows the focused link by itself; `x` selects. */
function useRowKeys(
  scroll: React.RefObject<HTMLDivElement | null>,
  items: readonly RecordItem[],
  show: (index: number) => void,
  selection?: Selection,
): void {
  const current = (): number =>
    Number(
      (document.activeElement as HTMLElement | null)?.closest('[role=row]')?.querySelector<HTMLElement>('[data-row]')?.dataset['row'] ?? -1,
    );
  const focus = (index: number): void => {
    const at = Math.max(0, Math.min(items.length - 1, index));
    show(at);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus({ preventScroll: true })),
    );
  };
  useKeys({
    j: () => focus(current() + 1),
    k: () => focus(current() - 1),
    x: () => {
      const item = items[current()];
      if (item) selection?.toggle(item.id);
    },
  });
}
