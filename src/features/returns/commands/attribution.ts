import { majorUnits } from '#engine/values/money.ts';
import type { WorkspaceCommand, WorkspaceIo } from '#platform/cli/command.ts';
import { Problem } from '#platform/errors.ts';
import { allModels, type AttributionAnswer, attributionAsk, attributionGroupings } from '../contract/attribution.ts';
import { answerAttribution } from '../queries/attribution.ts';
import { findEstimate, journeysStamp } from '../queries/estimates.ts';
import { aligned, parsed } from './table.ts';

/** `accord attribution --by campaign --model u`. Data-driven models answer what was last asked of them in the product. */
export const attributionCommand: WorkspaceCommand = {
  name: 'attribution',
  summary: 'what each channel, campaign, content, member, segment or month is credited, by every model',
  needs: 'workspace',
  options: {
    by: { type: 'string', value: 'GROUPING', description: `${attributionGroupings.join(', ')} (default channel)` },
    model: { type: 'string', value: 'MODEL', description: `rows in its order: ${allModels.join(', ')} (default: as set)` },
    start: { type: 'string', value: 'DAY', description: 'first day of the conversions, YYYY-MM-DD' },
    end: { type: 'string', value: 'DAY', description: 'last day of the conversions' },
  },
  async run({ values: { by, model, start, end }, positionals }, io) {
    if (positionals.length > 0)
      throw new Problem('bad-input', `“${positionals[0]}” is no option of this command: see \`accord attribution --help\`.`);
    const named = Object.entries({ by, model, start, end }).filter(([, value]) => value !== undefined);
    const asked = parsed(attributionAsk, Object.fromEntries(named));
    const answer = await answerAttribution(io.database, io.workspaceId, asked, async (tx, setting) => {
      const question = { start: asked.start ?? null, end: asked.end ?? null };
      const estimate = await findEstimate(tx, io.workspaceId, setting, question);
      return estimate && { ...estimate, isStale: estimate.stamp !== (await journeysStamp(tx, io.workspaceId, setting)) };
    });
    if (io.json) io.out(JSON.stringify(answer));
    else printAttribution(answer, io);
    return 0;
  },
};

function printAttribution(answer: AttributionAnswer, io: WorkspaceIo): void {
  const { setting, currency } = answer;
  for (const note of answer.notes) io.out(note);
  if (!setting) return;
  const models = answer.models.filter(({ value }) => value !== null);
  const { basis, conversion, lookBackDays } = setting.content;
  const period = `${answer.start ?? 'the first'} to ${answer.end ?? 'the last conversion'}`;
  io.out(
    `${period}, ${answer.timeZone}, ${currency}, journeys by ${basis} to ${conversion}, ${lookBackDays} days back, rules ${answer.version}`,
  );
  io.out('');
  const amount = (value: string | null | undefined): string => (value === null || value === undefined ? '–' : majorUnits(value, currency));
  const rows = answer.rows.map(({ label, models: credit }) => [label, ...models.map(({ model }) => amount(credit[model]?.value))]);
  const nobody = ['nobody’s', ...models.map(() => amount(answer.unattributed.value))];
  const all = ['all', ...models.map(() => amount(answer.total.value))];
  const off = ['difference', ...models.map(({ difference }) => amount(difference))];
  for (const line of aligned([[answer.by, ...models.map(({ model }) => model)], ...rows, nobody, all, off])) io.out(line);
  const open = answer.models.filter(({ kind, value }) => kind === 'driven' && value === null);
  if (open.length > 0) io.out('');
  for (const { model, whyNot } of open) io.out(`${model}: ${whyNot ?? 'no answer'}`);
}
