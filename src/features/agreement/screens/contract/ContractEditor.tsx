import { Button, Group, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import type { AgreementContent } from '#engine/agreement/clause.ts';
import { fieldReasons, patch, post, Problem, wordsOf } from '#ui/api/client.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { askAgain, owedSides } from '../asking.ts';
import { Advanced } from './Advanced.tsx';
import { CapacityPanel } from './CapacityPanel.tsx';
import { ClauseList } from './ClauseList.tsx';
import { contentProblems, type ContentProblem } from './contentProblems.ts';
import type { ContractStart } from './useContractStart.ts';

interface ContractEditorProps {
  start: ContractStart;
  /** With the id of what was kept, or none when it was given up. */
  onDone(id?: string): void;
}

/** The contract while it is written. It is made when it is first kept; nothing is seen by others before. */
export function ContractEditor({ start, onDone }: ContractEditorProps) {
  const [content, setContent] = useState<AgreementContent>(start.content);
  // Undoing comes later, from a message: it changes what stands then, not what stood when it was offered.
  const latest = useRef(content);
  const [problems, setProblems] = useState<readonly ContentProblem[]>([]);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [dirty, setDirty] = useState(start.id === null);
  const change = (made: (before: AgreementContent) => AgreementContent): void => {
    latest.current = made(latest.current);
    setContent(latest.current);
    setDirty(true);
    if (problems.length) setProblems(contentProblems(latest.current));
  };
  const save = async (): Promise<void> => {
    const found = contentProblems(content);
    setProblems(found);
    setWrong(null);
    if (found.length) return;
    setBusy(true);
    try {
      const kept = start.id
        ? await patch<{ id: string }>(`/agreement/versions/${start.id}`, { content })
        : await post<{ id: string }>('/agreement/versions', { content });
      setDirty(false);
      await askAgain();
      tell('Draft kept. Propose it when both sides have talked about it.');
      onDone(start.id ?? kept.id);
    } catch (error) {
      setProblems(serverProblems(error));
      setWrong(wordsOf(error));
    } finally {
      setBusy(false);
    }
  };
  const ofAll = problems.filter(({ clause }) => clause === null);
  return (
    <div className="record contract-record">
      <Unsaved when={dirty && !busy} what="The draft of the contract" />
      <div className="stack">
        {start.notes.length > 0 && (
          <details className="notice start-notes">
            <summary>Where the suggested numbers come from</summary>
            <ul className="notes">
              {start.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </details>
        )}
        <Sheet title="To begin with" padded>
          <Textarea
            label="What this agreement is for"
            autosize
            minRows={2}
            maxRows={12}
            maxLength={10_000}
            value={content.preamble}
            onChange={(event) => {
              const preamble = event.currentTarget.value;
              change((before) => ({ ...before, preamble }));
            }}
          />
        </Sheet>
        {owedSides.map((side) => (
          <ClauseList key={side} side={side} content={content} suggested={start.suggested} problems={problems} onChange={change} />
        ))}
        <Advanced content={content} onChange={change} />
      </div>
      <div className="stack contract-aside">
        <div className="sheet sheet-body save-bar">
          {(wrong || ofAll.length > 0) && (
            <div className="notice bad" role="alert">
              {wrong ?? ofAll.map(({ reason }) => reason).join(' ')}
            </div>
          )}
          {problems.length > ofAll.length && <p className="bad">Some clauses are not finished: they are marked.</p>}
          <Group gap={8}>
            <Button loading={busy} onClick={() => void save()}>
              Keep draft
            </Button>
            <Button variant="default" onClick={() => onDone()}>
              Cancel
            </Button>
          </Group>
        </div>
        <CapacityPanel content={content} />
      </div>
    </div>
  );
}

function serverProblems(error: unknown): ContentProblem[] {
  if (!(error instanceof Problem)) return [];
  return Object.entries(fieldReasons(error)).map(([at, reason]) => {
    const clause = /clauses[./](\d+)/.exec(at)?.[1];
    return { clause: clause === undefined ? null : Number(clause), at, reason };
  });
}
