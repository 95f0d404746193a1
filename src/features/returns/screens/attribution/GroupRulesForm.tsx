import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { attributionContent, type AttributionSettings } from '#features/returns/contract/attribution.ts';
import type { ChannelGroupsAnswer } from '#features/returns/contract/channel-groups.ts';
import { wordsOf } from '#ui/api/client.ts';
import { tell } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { setAttribution } from './asking.ts';
import { FellThrough } from './FellThrough.tsx';
import { Work } from './Freshness.tsx';
import { GroupCounts } from './GroupCounts.tsx';
import { GroupRules } from './GroupRules.tsx';
import { type DraftRule, draftOf, gapsOf, newCondition, newRule, rulesOf } from './groupRulesDraft.ts';
import { GroupTrial } from './GroupTrial.tsx';

interface GroupRulesFormProps {
  answer: ChannelGroupsAnswer;
  settings: AttributionSettings;
  open(url: string, about: string): void;
}

/** The rules under edit, what they would change, and what is so now. */
export function GroupRulesForm({ answer, settings, open }: GroupRulesFormProps) {
  const newest = settings.history[0];
  const content = newest?.content ?? attributionContent.parse({});
  const number = newest?.number ?? 0;
  const [from, setFrom] = useState(number);
  const [draft, setDraft] = useState<readonly DraftRule[]>(() => draftOf(content.ownRules));
  const [dirty, setDirty] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const startAfresh = (): void => {
    setDraft(draftOf(content.ownRules));
    setFrom(number);
    setDirty(false);
    setAsked(false);
    setWrong(null);
  };
  if (!dirty && !busy && from !== number) startAfresh();
  const change = (rules: readonly DraftRule[]): void => {
    setDraft(rules);
    setDirty(true);
    setWrong(null);
  };
  const gaps = gapsOf(draft);
  const save = async (): Promise<void> => {
    setAsked(true);
    if (gaps.size > 0) return;
    setBusy(true);
    try {
      const made = await setAttribution({ ...content, ownRules: rulesOf(draft) }, from);
      setDirty(false);
      setFrom(made.number);
      setOpened(null);
      setAsked(false);
      tell(`Set as version ${made.number}. It counts as soon as its journeys are built.`);
    } catch (error) {
      setWrong(error);
    } finally {
      setBusy(false);
    }
  };
  const ruleFor = (words: ChannelGroupsAnswer['fellThrough'][number]): void => {
    const stated = (['channel', 'source', 'medium'] as const).flatMap((field) =>
      words[field] === null ? [] : [newCondition(field, words[field])],
    );
    const rule = newRule(stated.length > 0 ? stated : [newCondition('kind', words.kind), newCondition('side', words.side)]);
    change([...draft, rule]);
    setOpened(rule.key);
  };
  return (
    <>
      <Unsaved when={dirty && !busy} what="The rules" />
      {settings.building && (
        <div className="notice" role="status">
          Version {settings.building.number} is being built; the counts below are by the version before.
          <Work done={settings.building.progress} label={`Version ${settings.building.number}`} />
        </div>
      )}
      {dirty && !busy && from !== number && (
        <div className="notice warn" role="status">
          {newest?.recordedBy?.name ?? 'Somebody'} set version {number} while you were at it.{' '}
          <button type="button" className="as-link" onClick={startAfresh}>
            Give up my changes and look at it
          </button>
        </div>
      )}
      <GroupRules
        draft={draft}
        may={settings.maySet}
        gaps={asked ? gaps : new Map()}
        answer={answer}
        dirty={dirty}
        opened={opened}
        setOpened={setOpened}
        onChange={change}
        open={open}
      />
      {dirty && <GroupTrial rules={gaps.size === 0 ? rulesOf(draft) : null} />}
      {settings.maySet && (dirty || busy) && (
        <Group gap="sm" className="sheet save-line" p="sm">
          <Button loading={busy} onClick={() => void save()}>
            Set as version {number + 1}
          </Button>
          <Button variant="default" disabled={busy} onClick={startAfresh}>
            Discard
          </Button>
          {(wrong !== null || (asked && gaps.size > 0)) && (
            <div role="alert" className="bad wrap-any" style={{ flex: '1 1 200px' }}>
              {wrong === null ? 'Finish the rules that are marked first.' : wordsOf(wrong)}
            </div>
          )}
        </Group>
      )}
      {answer.fellThrough.length > 0 && <FellThrough answer={answer} may={settings.maySet} open={open} makeRule={ruleFor} />}
      <GroupCounts answer={answer} open={open} />
    </>
  );
}
