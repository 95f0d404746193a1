import { Badge, Group, Select, Text } from '@mantine/core';
import {
  dateStyles,
  importFieldsOf,
  importKinds,
  referenceKindOf,
  type DateStyle,
  type ImportKind,
  type Mapping,
  type RecognisedTable,
} from '#features/intake/contract.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { kindWords } from './importTypes.ts';
import { alsoFeeds, customKeyOf, entryIndex, isSetAside, targetOf, withTarget, type TableEntry } from './mappingEdits.ts';

const dateWords: Record<DateStyle, string> = {
  iso: '2026-03-27',
  dmy: '27/03/2026 (day first)',
  mdy: '03/27/2026 (month first)',
  excel: 'Excel’s numbers',
  'epoch-ms': 'milliseconds since 1970',
  'epoch-s': 'seconds since 1970',
};

interface TableMappingProps {
  table: RecognisedTable;
  mapping: Mapping;
  onChange(mapping: Mapping): void;
}

export function TableMapping({ table, mapping, onChange }: TableMappingProps) {
  const at = entryIndex(mapping, table);
  const entry = mapping.tables[at];
  const replace = (next: Mapping['tables'][number]): void =>
    onChange({
      ...mapping,
      tables: at < 0 ? [...mapping.tables, next] : mapping.tables.map((known, index) => (index === at ? next : known)),
    });
  const aside = !entry || isSetAside(entry);
  const chooseKind = (kind: string | null): void => {
    if (!kind) return replace({ match: table.table, setAside: 'left out by hand' });
    if (aside)
      return replace({ match: table.table, kind: kind as ImportKind, fields: {}, references: {}, custom: {}, also: [], ignore: [] });
    return replace({ ...entry, kind: kind as ImportKind, fields: {}, references: {}, custom: {}, also: [], ignore: [] });
  };
  return (
    <Sheet
      title={<span className="wrap-any">{table.table}</span>}
      actions={
        <Group gap="xs">
          {!aside && (
            <Select
              aria-label={`How days are written in ${table.table}`}
              placeholder="Days as found"
              clearable
              clearButtonProps={{ 'aria-label': 'Days as found' }}
              data={dateStyles.map((value) => ({ value, label: dateWords[value] }))}
              value={entry.dateStyle ?? null}
              onChange={(style) => replace({ ...entry, dateStyle: (style as DateStyle | null) ?? undefined })}
              w={190}
            />
          )}
          <Select
            aria-label={`What a row of ${table.table} is`}
            placeholder="Left out"
            clearable
            clearButtonProps={{ 'aria-label': 'Leave out' }}
            data={importKinds.map((value) => ({ value, label: kindWords[value] ?? value }))}
            value={aside ? null : entry.kind}
            onChange={chooseKind}
            w={170}
          />
        </Group>
      }
    >
      <Text size="sm" c="dimmed" px={14} pt={8}>
        {aside
          ? `Left out: ${(entry && isSetAside(entry) && entry.setAside) || table.setAside || 'we don’t know what its rows are'}.`
          : table.because}
      </Text>
      {!aside && <Columns table={table} entry={entry} onChange={replace} />}
    </Sheet>
  );
}

function Columns({ table, entry, onChange }: { table: RecognisedTable; entry: TableEntry; onChange(entry: TableEntry): void }) {
  const fields = importFieldsOf(entry.kind);
  const taken = new Set(table.columns.map(({ column }) => targetOf(entry, column)));
  const required = fields.filter(
    (field) =>
      field.required &&
      !taken.has(`field:${field.name}`) &&
      !taken.has(`reference:${field.name}`) &&
      !(field.name in (entry.fields ?? {})) &&
      !(field.name in (entry.references ?? {})),
  );
  return (
    <>
      {required.length > 0 && (
        <div className="notice warn" style={{ margin: '8px 14px' }}>
          No column goes to {required.map(({ label }) => label).join(', ')}, which every row needs.
        </div>
      )}
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`Columns of ${table.table}`}>
        <table className="plain">
          <thead>
            <tr>
              <th>Column</th>
              <th>Examples</th>
              <th>Goes to</th>
              <th>Sure</th>
            </tr>
          </thead>
          <tbody>
            {table.columns.map((column) => {
              const target = targetOf(entry, column.column);
              const also = alsoFeeds(entry, column.column);
              return (
                <tr key={column.column}>
                  <td className="wrap-any" style={{ fontWeight: 500 }}>
                    {column.column}
                  </td>
                  <td style={{ maxWidth: 260 }}>
                    <Text size="sm" c="dimmed" truncate title={column.examples.join('\n')}>
                      {column.examples.join(', ') || 'blank'}
                    </Text>
                  </td>
                  <td style={{ minWidth: 210 }}>
                    <Select
                      aria-label={`${column.column} goes to`}
                      size="xs"
                      searchable
                      allowDeselect={false}
                      value={target ?? 'ignore'}
                      onChange={(chosen) => onChange(withTarget(entry, column.column, chosen))}
                      data={choices(entry.kind, column.column, target, taken)}
                    />
                    {also.length > 0 && (
                      <Text size="xs" c="dimmed">
                        also {also.join(', ')}
                      </Text>
                    )}
                  </td>
                  <td>
                    <Sure score={column.score} target={target} proposed={column.target?.field} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Each target is offered once: one that another column has is not there to choose. */
function choices(kind: ImportKind, column: string, own: string | null, taken: ReadonlySet<string | null>) {
  const free = (value: string): boolean => value === own || !taken.has(value);
  const fields = importFieldsOf(kind)
    .map((field) => ({ value: `${referenceKindOf(field) ? 'reference' : 'field'}:${field.name}`, label: field.label }))
    .filter(({ value }) => free(value));
  const custom = own?.startsWith('custom:') ? own : `custom:${customKeyOf(column)}`;
  return [
    { group: 'Fields', items: fields },
    {
      group: 'Other',
      items: [
        { value: 'ignore', label: 'Not imported' },
        { value: 'key', label: 'The row’s own id' },
        { value: custom, label: `Own field: ${custom.slice(7)}` },
      ],
    },
  ];
}

function Sure({ score, target, proposed }: { score: number; target: string | null; proposed: string | undefined }) {
  if (!target || target === 'ignore') return <span className="dim">–</span>;
  if (proposed && !target.endsWith(`:${proposed}`))
    return (
      <Badge color="var(--a-dim)" variant="outline">
        yours
      </Badge>
    );
  if (!proposed) return <span className="dim">–</span>;
  return (
    <Badge variant="outline" color={score >= 90 ? 'var(--a-good)' : score >= 70 ? 'var(--a-dim)' : 'var(--a-warn)'}>
      {score >= 90 ? 'sure' : score >= 70 ? 'likely' : 'please check'} {score} %
    </Badge>
  );
}
