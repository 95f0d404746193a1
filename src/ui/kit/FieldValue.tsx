import type { Field } from '#features/records/contract.ts';
import { count, day, dayOfInstant, instant, money } from '#ui/formats.ts';
import { Go } from '#ui/kit/Go.tsx';
import { paths } from '#ui/paths.ts';
import { displayNameOf, pathOfKind, stageLabel, valueOf, type RecordItem } from '#ui/records.ts';

/** Numbers stand right, so that they can be compared down a column. */
export const standsRight = (field: Field): boolean => ['integer', 'percent', 'amount'].includes(field.type);

const stageSides: Record<string, string> = { inquiry: 'marketing', mql: 'marketing', sal: 'sales', sql: 'sales', deal: 'sales' };

export function StageMark({ stage }: { stage: string }) {
  const side = stageSides[stage];
  const look = side ? `side-${side}` : 'side-none';
  const tone = stage === 'won' ? 'good' : stage === 'lost' || stage === 'rejected' ? 'bad' : '';
  return <span className={`side ${look} ${tone}`}>{stageLabel(stage)}</span>;
}

/** A field's value in words; blank is a dash, never an empty place that could be "not loaded". */
export function textOf(field: Field, item: RecordItem, precise = false): string {
  const value = valueOf(item, field.name);
  if (value === null || value === undefined || value === '') return '–';
  switch (field.type) {
    case 'amount':
      return money(String(value), item['currency'] as string | null);
    case 'instant':
      return precise ? instant(String(value)) : dayOfInstant(String(value));
    case 'day':
      return day(String(value));
    case 'integer':
      return typeof value === 'number' ? count(value) : String(value);
    case 'percent':
      return `${String(value)} %`;
    case 'boolean':
      return value ? 'Yes' : 'No';
    case 'member':
    case 'account':
    case 'contact':
    case 'lead':
    case 'deal':
    case 'campaign':
      return displayNameOf(item, field.name) ?? '(unnamed)';
    default:
      return String(value);
  }
}

/** The same with links to what it refers to and marks for stages. */
export function FieldValue({ field, item, precise = false }: { field: Field; item: RecordItem; precise?: boolean }) {
  const value = valueOf(item, field.name);
  const text = textOf(field, item, precise);
  if (text === '–') return <span className="dim">–</span>;
  const target = pathOfKind[field.type];
  if (target && typeof value === 'string') return <Go href={paths.record(target, value)}>{text}</Go>;
  if (field.name === 'stage' && field.type === 'choice') return <StageMark stage={String(value)} />;
  return <span title={text}>{text}</span>;
}
