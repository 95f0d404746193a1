import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { RoutingAnswer, RoutingContent } from '#features/handoff/contract.ts';
import { Problem, wordsOf } from '#ui/api/client.ts';
import type { Team } from '#ui/api/members.ts';
import { useRights } from '#ui/api/session.ts';
import { tell } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { RotationTable } from './RotationTable.tsx';
import { contentOf, draftOf, gapsOf, type RoutingDraft } from './routingDraft.ts';
import { RoutingHistory } from './RoutingHistory.tsx';
import { RoutingRules } from './RoutingRules.tsx';
import { RoutingSwitches } from './RoutingSwitches.tsx';
import { RoutingTrial } from './RoutingTrial.tsx';
import { saveRouting } from './useRouting.ts';

/** The routing under edit. A version somebody else saves meanwhile is told of and takes nothing away. */
export function RoutingForm({ answer, teams }: { answer: RoutingAnswer; teams: readonly Team[] }) {
  const may = useRights().may('routing.write');
  const number = answer.current?.number ?? 0;
  const [from, setFrom] = useState(number);
  const [draft, setDraft] = useState(() => draftOf(answer.current?.content, teams));
  const [dirty, setDirty] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const startFrom = (content: RoutingContent | undefined, version: number): void => {
    setDraft(draftOf(content, teams));
    setFrom(version);
    setDirty(false);
    setTried(false);
    setWrong(null);
  };
  if (!dirty && from !== number) startFrom(answer.current?.content, number);
  const change = (changes: Partial<RoutingDraft>): void => {
    setDraft((before) => ({ ...before, ...changes }));
    setDirty(true);
    setWrong(null);
  };
  const gaps = gapsOf(draft);
  const saying = wrong ? wordsOf(wrong) : tried && gaps.size > 0 ? 'Finish the rules that are marked first.' : '';
  const content = contentOf(draft, answer.rotation);
  const save = async (): Promise<void> => {
    setTried(true);
    if (gaps.size > 0) return;
    setBusy(true);
    try {
      const made = await saveRouting(content, from);
      setDirty(false);
      setFrom(made);
      setTried(false);
      tell(content.on ? `Saved as version ${made}. It counts from now on.` : `Saved as version ${made}. Routing is off.`);
    } catch (error) {
      setWrong(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack">
      <Unsaved when={dirty && !busy} what="The routing" />
      {dirty && !busy && from !== number && (
        <div className="notice warn" role="status">
          {answer.current?.madeBy?.name ?? 'Somebody'} saved version {number} while you were at it.{' '}
          <button type="button" className="as-link" onClick={() => startFrom(answer.current?.content, number)}>
            Give up my changes and look at it
          </button>
        </div>
      )}
      <RoutingSwitches draft={draft} may={may} isFirst={number === 0} onChange={change} />
      <RoutingRules draft={draft} teams={teams} may={may} gaps={tried ? gaps : new Map()} wrong={fieldsOf(wrong)} onChange={change} />
      <RotationTable rows={answer.rotation} draft={draft} may={may} onChange={change} />
      <RoutingTrial content={dirty && gaps.size === 0 ? content : null} unfinished={dirty && gaps.size > 0} />
      <RoutingHistory answer={answer} may={may} onUse={(older) => change(draftOf(older, teams))} />
      {may && (dirty || busy) && (
        <Group gap="sm" className="sheet" p="sm" style={{ position: 'sticky', bottom: 0, zIndex: 2 }}>
          <Button loading={busy} onClick={() => void save()}>
            Save as version {number + 1}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => startFrom(answer.current?.content, number)}>
            Discard
          </Button>
          {saying && (
            <div role="alert" className="bad wrap-any" style={{ flex: '1 1 200px' }}>
              {saying}
            </div>
          )}
        </Group>
      )}
    </div>
  );
}

const fieldsOf = (error: unknown): Problem['fields'] => (error instanceof Problem ? error.fields : []);
