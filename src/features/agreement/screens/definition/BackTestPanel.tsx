import { Progress, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { post } from '#ui/api/client.ts';
import { useMe } from '#ui/api/session.ts';
import { day, instant } from '#ui/formats.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { useUrlSearch } from '#ui/kit/search.ts';
import { Answer } from '#ui/kit/States.tsx';
import type { BackTest, DefinitionVersion } from '../../contract.ts';
import { useBackTests } from '../asking.ts';
import { LeadsDrawer } from '../LeadsDrawer.tsx';
import { useDeed } from '../version/useDeed.ts';
import { BackTestForm, type BackTestAsk } from './BackTestForm.tsx';
import { BackTestResult } from './BackTestResult.tsx';
import { groupWords, whichWords } from './backTestWords.ts';

/** What the version would have done with the leads on record, before anybody signs it. */
export function BackTestPanel({ version }: { version: DefinitionVersion }) {
  const tests = useBackTests(version.id);
  const [search, change] = useUrlSearch();
  const [chosen, setChosen] = useState<string | null>(null);
  const deed = useDeed();
  const run = (asked: BackTestAsk): void =>
    void deed.run(async () => {
      const test = await post<BackTest>(`/definitions/${version.id}/back-tests`, asked);
      setChosen(test.id);
    });
  return (
    <Sheet title="Back-test" id="back-test" padded>
      <Text size="sm" c="dimmed" mb="sm" maw={720}>
        Every lead opened in the period, put to this version and to the one in force: who would have been passed, which customers would have
        been kept or lost, and what it means for the reps’ time.
      </Text>
      <BackTestForm busy={deed.busy} onRun={run} />
      {deed.busy && (
        <div role="status" className="back-test-running">
          <Progress value={100} animated size="sm" aria-label="Counting" />
          <Text size="sm" c="dimmed" mt={6}>
            Each lead of the period is put to both rules. A million take some seconds.
          </Text>
        </div>
      )}
      <Answer of={tests} what="The back-tests" lines={3}>
        {({ items }) => {
          const shown = items.find(({ id }) => id === chosen) ?? items[0];
          if (!shown) return <p className="dim">Not run yet.</p>;
          return (
            <div style={{ opacity: deed.busy ? 0.5 : 1 }} aria-busy={deed.busy}>
              {items.length > 1 ? (
                <Select
                  aria-label="Which run"
                  data={items.map((test) => ({ value: test.id, label: runWords(test) }))}
                  value={shown.id}
                  allowDeselect={false}
                  onChange={setChosen}
                  maw={480}
                  mb="sm"
                />
              ) : (
                <Text size="sm" c="dimmed" mb="sm">
                  {runWords(shown)}
                </Text>
              )}
              <BackTestResult test={shown} term={version.term} />
            </div>
          );
        }}
      </Answer>
      {search['records'] && <Records version={version} query={search['records']} onClose={() => change({ records: null })} />}
    </Sheet>
  );
}

function Records({ version, query, onClose }: { version: DefinitionVersion; query: string; onClose(): void }) {
  const me = useMe();
  const params = Object.fromEntries(new URLSearchParams(query));
  const { which = 'passedThen', start, end, by = 'segment', group } = params;
  const scope = [
    start && end && `opened ${day(start)} to ${day(end)}, ${me.workspace.timeZone}`,
    group !== undefined && groupWords(by, JSON.parse(group) as string | null),
    `by version ${version.number}`,
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <LeadsDrawer
      path={`/definitions/${version.id}/back-tests/records`}
      params={params}
      which={whichWords[which] ?? ''}
      scope={scope}
      onClose={onClose}
    />
  );
}

const runWords = (test: BackTest): string =>
  `Run ${instant(test.runAt)}${test.member ? ` by ${test.member.name}` : ''}: ${day(test.start)} to ${day(test.end)}, by ${test.by}`;
