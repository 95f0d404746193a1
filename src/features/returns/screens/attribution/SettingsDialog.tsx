import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { attributionContent, type AttributionContent, type AttributionSettings } from '#features/returns/contract/attribution.ts';
import { dayOfInstant } from '#ui/formats.ts';
import { Answer } from '#ui/kit/States.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { FormDialog } from '#ui/kit/FormDialog.tsx';
import { setAttribution, useAttributionSettings } from './asking.ts';
import { Work } from './Freshness.tsx';
import { CountingFields, JourneyFields } from './SettingFields.tsx';
import { settingFacts } from './settingWords.ts';

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
      <JourneyFields draft={draft} change={change} />
      <CountingFields draft={draft} change={change} />
      <History settings={settings} />
    </FormDialog>
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
