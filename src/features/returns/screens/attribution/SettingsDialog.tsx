import { Button, Checkbox, Group, Modal, Radio, Select, SimpleGrid, Stack } from '@mantine/core';
import { useState } from 'react';
import { ruleModels, ruleModelWords } from '#engine/attribution/models.ts';
import {
  attributionContent,
  type AttributionContent,
  type AttributionSettings,
  conversionKinds,
  journeyBases,
  touchSides,
} from '#features/returns/contract/attribution.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { Answer } from '#ui/kit/States.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { WholeNumber } from '#ui/kit/WholeNumber.tsx';
import { FormDialog } from '../ledger/FormDialog.tsx';
import { setAttribution, useAttributionSettings } from './asking.ts';
import { Work } from './Freshness.tsx';
import { basisWords, conversionWords, settingFacts, sideLabels } from './settingWords.ts';

const title = 'How journeys are read';

/** What makes a journey, what ends it, which touches count, and which model counts in figures. */
export function SettingsDialog({ onClose }: { onClose(): void }) {
  const settings = useAttributionSettings();
  if (settings.data?.maySet) return <SettingsForm settings={settings.data} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <Answer of={settings} what="The setting" lines={6}>
        {(answer) => (
          <Stack gap="sm">
            <div className="notice">Owners, admins and managers set how journeys are read. You see it as it is.</div>
            <Facts content={(answer.current ?? answer.building ?? answer.history[0])?.content ?? attributionContent.parse({})} />
            <History settings={answer} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Close
              </Button>
            </Group>
          </Stack>
        )}
      </Answer>
    </Modal>
  );
}

function Facts({ content }: { content: AttributionContent }) {
  return (
    <ul className="history-list">
      {settingFacts(content).map(([name, value]) => (
        <li key={name}>
          {name}: {value}
        </li>
      ))}
    </ul>
  );
}

/** Starts from the newest setting, and is refused when somebody sets another meanwhile. */
function SettingsForm({ settings, onClose }: { settings: AttributionSettings; onClose(): void }) {
  const [newest] = useState(settings.history[0]);
  const before = newest?.content ?? attributionContent.parse({});
  const [draft, setDraft] = useState(before);
  const change = (changes: Partial<AttributionContent>): void => setDraft((now) => ({ ...now, ...changes }));
  const differs = JSON.stringify(draft) !== JSON.stringify(before);
  const send = async (): Promise<void> => {
    const made = await setAttribution(draft, newest?.number ?? 0);
    tell(`Setting ${made.number} is made. It counts as soon as its journeys are built.`);
  };
  const missing = draft.sides.length === 0 ? 'Choose at least one side.' : 'Nothing is changed yet.';
  return (
    <FormDialog
      title={title}
      label={`Set as version ${(newest?.number ?? 0) + 1}`}
      size="lg"
      ready={differs && draft.sides.length > 0}
      missing={missing}
      onClose={onClose}
      send={send}
    >
      <div className="notice">
        A change is a new version: all journeys are read anew, and the version before counts until that is done. Nothing is lost; versions
        stay on record.
      </div>
      {settings.building && (
        <div className="notice warn" role="status">
          Version {settings.building.number} is being built.
          <Work done={settings.building.progress} label={`Version ${settings.building.number}`} />
        </div>
      )}
      <Journey draft={draft} change={change} />
      <Counting draft={draft} change={change} />
      <History settings={settings} />
    </FormDialog>
  );
}

interface PartProps {
  draft: AttributionContent;
  change(changes: Partial<AttributionContent>): void;
}

function Journey({ draft, change }: PartProps) {
  return (
    <>
      <Radio.Group
        label="Whose touches make one journey"
        value={draft.basis}
        onChange={(basis) => change({ basis: basis as AttributionContent['basis'] })}
      >
        <Stack gap={6} mt={6}>
          {journeyBases.map((basis) => (
            <Radio key={basis} value={basis} label={`${basisWords[basis].label}: ${basisWords[basis].about}`} />
          ))}
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label="It ends when"
          description="A conversion"
          allowDeselect={false}
          value={draft.conversion}
          data={conversionKinds.map((value) => ({ value, label: conversionWords[value].label }))}
          onChange={(conversion) => change({ conversion: conversion as AttributionContent['conversion'] })}
        />
        <WholeNumber
          label="Look-back, in days"
          description="Older touches don’t count"
          width="100%"
          value={draft.lookBackDays}
          min={1}
          max={1000}
          onChange={(days) => change({ lookBackDays: days ?? draft.lookBackDays })}
        />
      </SimpleGrid>
      <Checkbox.Group
        label="Whose touches count"
        value={draft.sides}
        onChange={(sides) => change({ sides: touchSides.filter((side) => sides.includes(side)) })}
        error={draft.sides.length === 0 ? 'Choose at least one side.' : undefined}
      >
        <Group gap="lg" mt={6}>
          {touchSides.map((side) => (
            <Checkbox key={side} value={side} label={sideLabels[side]} />
          ))}
        </Group>
      </Checkbox.Group>
      <Checkbox
        label="What machines sent counts too"
        description="Mails of a sequence in a rep’s name, and automatic replies of customers"
        checked={draft.automated}
        onChange={(event) => change({ automated: event.currentTarget.checked })}
      />
    </>
  );
}

function Counting({ draft, change }: PartProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label="Model that counts in figures"
        description={ruleModelWords[draft.model].formula}
        inputWrapperOrder={['label', 'input', 'description']}
        allowDeselect={false}
        value={draft.model}
        data={ruleModels.map((value) => ({ value, label: ruleModelWords[value].label }))}
        onChange={(model) => change({ model: model as AttributionContent['model'] })}
      />
      <WholeNumber
        label="Half-life of time decay, in days"
        width="100%"
        value={draft.halfLifeDays}
        min={1}
        max={1000}
        onChange={(days) => change({ halfLifeDays: days ?? draft.halfLifeDays })}
      />
    </SimpleGrid>
  );
}

function History({ settings }: { settings: AttributionSettings }) {
  const { history, current, building } = settings;
  if (history.length === 0) return <p className="dim">The first version is made with the first records.</p>;
  const state = (number: number): string =>
    number === current?.number ? ', counts now' : number === building?.number ? ', being built' : '';
  return (
    <details>
      <summary>Versions so far: {history.length}</summary>
      <ol className="history-list" reversed>
        {history.map(({ number, recordedAt, recordedBy, content }) => (
          <li key={number} value={number}>
            {dayOfInstant(recordedAt)} by {recordedBy?.name ?? 'Accord itself'}
            {state(number)}
            <div className="dim small-print">
              {settingFacts(content)
                .map(([name, value]) => `${name}: ${value}`)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}
