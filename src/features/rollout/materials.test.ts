/** The material of every step: what it says of itself is true. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bufferSource } from '#connectors/bytes.ts';
import { openCsv } from '#connectors/csv/table.ts';
import { compileMapping } from '#connectors/mapping/compile.ts';
import { recognise } from '#connectors/recognise/recognise.ts';
import { stepNames } from '#engine/rollout/steps.ts';
import { diagnosisQuestions } from './contract/diagnosis.ts';
import { minutesOf, textOf, titleOf } from './contract/materials/material.ts';
import { stepTable } from './contract/step-table.ts';

const filling = { company: 'Northwind', sponsor: 'Lea', number: 'Win rate', aim: '35 %' };

test('every step has an agenda, an invitation and a template, filled in with the company’s own words', () => {
  for (const step of stepNames) {
    const { material } = stepTable[step];
    for (const kind of ['agenda', 'invitation', 'template'] as const)
      assert.ok(
        material.some((each) => each.kind === kind),
        `${step} has no ${kind}`,
      );
    for (const each of material) assert.doesNotMatch(textOf(each, filling), /\{|\}|undefined/, step);
    const invitation = material.find(({ kind }) => kind === 'invitation')!;
    assert.match(textOf(invitation, filling), /^Subject: .+\n\n[\s\S]*Northwind/, step);
  }
});

test('an invitation that says how long it takes, and a step that does, say what the agenda adds up to', () => {
  const inMinutes = (text: string): number | null => {
    if (/\b(one|an) hour\b/i.test(text)) return 60;
    const found = /(\d+) minutes/.exec(text);
    return found ? Number(found[1]) : null;
  };
  for (const step of stepNames) {
    const { long, material } = stepTable[step];
    const agenda = material.find((each) => each.kind === 'agenda')!;
    const invitation = material.find((each) => each.kind === 'invitation')!;
    if (agenda.kind !== 'agenda' || invitation.kind !== 'invitation') continue;
    const minutes = minutesOf(agenda.rows);
    const said = inMinutes(invitation.subject);
    // The diagnosis invites to answer, not to the workshop.
    if (said !== null && step !== 'diagnosis')
      assert.equal(said, minutes, `${step}: the invitation says ${said}, the agenda adds up to ${minutes}`);
    const whole = inMinutes(long);
    if (whole !== null && !/Under/.test(long)) assert.equal(whole, minutes, `${step}: “${long}”, and the agenda adds up to ${minutes}`);
  }
});

test('the printed sheet of the diagnosis asks what the diagnosis asks', () => {
  const sheet = stepTable.diagnosis.material.find(({ kind }) => kind === 'template')!;
  const text = textOf(sheet, filling);
  for (const [at, question] of diagnosisQuestions.entries()) assert.ok(text.includes(`${at + 1}. ${question.text} ___`), question.text);
});

test('the example files are understood by the import column by column, with no problem', async () => {
  const files = stepTable.data.material.filter((each) => each.kind === 'template');
  const tables = await Promise.all(
    files.map((each) => openCsv(bufferSource(titleOf(each), titleOf(each), Buffer.from(textOf(each, filling))))),
  );
  const mapping = await compileMapping(recognise(tables).mapping, tables, { timeZone: 'Europe/Berlin', currency: 'EUR' });
  const found: { kind: string; values: object }[] = [];
  const problems: unknown[] = [];
  for (const table of mapping.tables)
    for await (const batch of table.read()) {
      found.push(...batch.records);
      problems.push(...batch.problems);
    }
  assert.deepEqual(problems, []);
  const lead = found.find(({ kind }) => kind === 'lead');
  const deal = found.find(({ kind }) => kind === 'deal');
  const has = (record: { values: object } | undefined, fields: readonly string[]) =>
    fields.filter((field) => !Object.hasOwn(record?.values ?? {}, field));
  assert.deepEqual(has(lead, ['name', 'company', 'email', 'origin', 'segment', 'openedAt', 'mqlAt', 'salAt', 'sqlAt']), []);
  assert.deepEqual(has(deal, ['name', 'amount', 'currency', 'status', 'openedAt', 'closedAt']), []);
});
