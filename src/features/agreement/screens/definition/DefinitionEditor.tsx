import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { fieldReasons, patch, post, Problem, wordsOf } from '#ui/api/client.ts';
import { Sheet } from '#ui/kit/Page.tsx';
import { Answer } from '#ui/kit/States.tsx';
import { tell } from '#ui/kit/toast.tsx';
import { Unsaved } from '#ui/kit/Unsaved.tsx';
import { RuleBuilder } from '#ui/rules/RuleBuilder.tsx';
import { unfinished } from '#ui/rules/unfinished.ts';
import { useVocabulary } from '#ui/rules/useVocabulary.ts';
import type { RuleError } from '#ui/rules/vocabulary.ts';
import type { TermDetail } from '../../contract.ts';
import { askAgain } from '../asking.ts';
import { ExamplesEditor } from './ExamplesEditor.tsx';
import { TryOnLead } from './TryOnLead.tsx';
import type { Start } from './useStart.ts';

interface DefinitionEditorProps {
  term: TermDetail;
  start: Start;
  /** With the id of what was kept, or none when it was given up. */
  onDone(id?: string): void;
}

/** A draft in words, as a rule, with examples. It is made when it is first kept: looking leaves nothing behind. */
export function DefinitionEditor({ term, start, onDone }: DefinitionEditorProps) {
  const [draft, setDraft] = useState({ text: start.text, rule: start.rule, examples: [...start.examples] });
  const [errors, setErrors] = useState<readonly RuleError[]>([]);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [dirty, setDirty] = useState(start.id === null && start.text !== '');
  const vocabulary = useVocabulary(term.subject, term.key);
  const set = (changes: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...changes }));
    setDirty(true);
    if (errors.length && changes.rule) setErrors(unfinished(changes.rule));
  };
  const save = async (): Promise<void> => {
    const gaps = unfinished(draft.rule);
    setErrors(gaps);
    setWrong(draft.text.trim() ? {} : { text: 'Say in words what is meant.' });
    if (gaps.length || !draft.text.trim()) return;
    setBusy(true);
    try {
      const body = { ...draft, examples: draft.examples.filter(({ text }) => text.trim()) };
      const { id } = start.id
        ? await patch<{ id: string }>(`/definitions/${start.id}`, body)
        : await post<{ id: string }>('/definitions', { term: term.key, ...body });
      setDirty(false);
      await askAgain();
      tell('Draft kept. Propose it when it is ready.');
      onDone(start.id ?? id);
    } catch (error) {
      setErrors(ruleErrors(error));
      setWrong({ all: wordsOf(error), ...fieldReasons(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="record">
      <Unsaved when={dirty && !busy} what="The draft" />
      <Sheet
        title={start.id ? `Draft of ${term.name}` : `New version of ${term.name}`}
        actions={
          <Group gap={8} wrap="nowrap">
            <Button variant="default" onClick={() => onDone()}>
              Cancel
            </Button>
            <Button loading={busy} onClick={() => void save()}>
              Keep draft
            </Button>
          </Group>
        }
        padded
      >
        {start.why && <div className="notice">Where this comes from: {start.why}</div>}
        {wrong['all'] && (
          <div className="notice bad" role="alert">
            {wrong['all']}
          </div>
        )}
        <Textarea
          label="In words"
          description="As you would say it to somebody new in the team."
          required
          autosize
          minRows={2}
          maxRows={14}
          maxLength={5_000}
          value={draft.text}
          error={wrong['text']}
          onChange={(event) => set({ text: event.currentTarget.value })}
          data-autofocus
          mt="xs"
        />
        <h3 className="part-head">{term.subject === 'lead' ? 'As a rule: a lead meets it when' : 'As a rule: a touch is one when'}</h3>
        {term.key === 'attempt' && <p className="dim">Automatic messages and auto-replies never are one, whatever the rule says.</p>}
        <Answer of={vocabulary} what="The fields" lines={4}>
          {(known) => (
            <RuleBuilder value={draft.rule} onChange={(rule) => set({ rule })} vocabulary={known} subject={term.subject} errors={errors} />
          )}
        </Answer>
        <ExamplesEditor examples={draft.examples} onChange={(examples) => set({ examples })} />
      </Sheet>
      {term.subject === 'lead' && <TryOnLead rule={draft.rule} unfinished={unfinished(draft.rule).length > 0} />}
    </div>
  );
}

/** What the server says of the rule, by its place in it. */
function ruleErrors(error: unknown): RuleError[] {
  if (!(error instanceof Problem)) return [];
  return error.fields
    .map(({ at, reason }) => ({ path: at.replaceAll('/', '.').replace(/^\.?(body\.)?/, ''), reason }))
    .filter(({ path }) => path === 'rule' || path.startsWith('rule.'))
    .map(({ path, reason }) => ({ path: path.replace(/^rule\.?/, ''), reason }));
}
