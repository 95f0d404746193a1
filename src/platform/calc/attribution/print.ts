/** Credit by channel as tables for people. */

import type { ModelAnswer, ModelLeftOut } from './answer.ts';

/** Lines: one model with its shares, or several side by side. @param exact decimals of the values, of which two are shown */
export function tablesOf(answers: readonly ModelAnswer[], leftOut: readonly ModelLeftOut[], exact: number): string[] {
  const places = Math.min(exact, 2);
  const [first, ...others] = answers as readonly [ModelAnswer, ...ModelAnswer[]];
  const tables = others.length === 0 && leftOut.length === 0 ? oneModel(first, places) : sideBySide(answers, places);
  const { nulls } = first.total;
  const ended = nulls === null ? [] : [`${nulls.toLocaleString('en')} journeys ended without a conversion.`];
  return [...tables, '', ...ended, ...leftOut.map(({ model, reason }) => `${model} is left out: ${reason}`), ...notesOf(answers)];
}

/** Each note once, with the models it is about where that isn't all. */
function notesOf(answers: readonly ModelAnswer[]): string[] {
  const about = Map.groupBy(
    answers.flatMap(({ model, notes }) => notes.map((note) => ({ model, note }))),
    ({ note }) => note,
  );
  return [...about].map(([note, of]) => (of.length === answers.length ? note : `${of.map(({ model }) => model).join(', ')}: ${note}`));
}

function oneModel(answer: ModelAnswer, places: number): string[] {
  const { channels, total, unattributed } = answer;
  const effects = channels.some((channel) => channel.removalEffect !== undefined);
  const share = (conversions: number) => (total.conversions === 0 ? '' : `${((100 * conversions) / total.conversions).toFixed(1)} %`);
  const row = (name: string, conversions: number, value: number | null, effect?: number | null) => [
    name,
    shown(conversions, 2),
    share(conversions),
    value === null ? '–' : shown(value, places),
    ...(effects ? [typeof effect === 'number' ? effect.toFixed(4) : ''] : []),
  ];
  const rest = unattributed.conversions > 0 ? [row('(no touch)', unattributed.conversions, unattributed.value)] : [];
  return table([
    [titleOf(answer), 'conversions', 'share', 'value', ...(effects ? ['removal effect'] : [])],
    ...channels.map(({ channel, conversions, value, removalEffect }) => row(channel, conversions, value, removalEffect)),
    ...rest,
    row('total', total.conversions, total.value),
  ]);
}

/** Two tables, conversions and values: a row for each channel, a column for each model. */
function sideBySide(answers: readonly ModelAnswer[], places: number): string[] {
  const side = (title: string, cell: (credit: { conversions: number; value: number | null }) => string) => {
    const { channels, total, unattributed } = answers[0]!;
    const rest = unattributed.conversions > 0 ? [['(no touch)', ...answers.map((answer) => cell(answer.unattributed))]] : [];
    return table([
      [title, ...answers.map(titleOf)],
      ...channels.map(({ channel }, at) => [channel, ...answers.map((answer) => cell(answer.channels[at]!))]),
      ...rest,
      ['total', ...answers.map(() => cell(total))],
    ]);
  };
  return [
    ...side('conversions', ({ conversions }) => shown(conversions, 2)),
    '',
    ...side('value', ({ value }) => (value === null ? '–' : shown(value, places))),
  ];
}

const titleOf = ({ model, order, halfLifeDays }: ModelAnswer): string =>
  order !== undefined ? `${model} ${order}` : halfLifeDays !== undefined && halfLifeDays !== 7 ? `${model} ${halfLifeDays} d` : model;

const shown = (number: number, digits: number): string =>
  number.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** The first column to the left, the others to the right; a line below the first row. */
function table([head, ...rows]: readonly string[][]): string[] {
  const widths = head!.map((_, column) => Math.max(...[head!, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [line(head!), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)];
}
