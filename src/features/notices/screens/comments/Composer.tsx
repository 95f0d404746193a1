import { Button, Textarea } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import type { CommentSubject } from '#features/notices/contract/subjects.ts';
import { wordsOf } from '#ui/api/client.ts';
import { MentionList } from './MentionList.tsx';
import { type Named, toSent, toTyped } from './mentioning.ts';
import { useMentions } from './useMentions.ts';

interface ComposerProps {
  subject: CommentSubject;
  label: string;
  button: string;
  /** What is changed: its text and whom it mentions. */
  start?: { readonly text: string; readonly mentions: readonly Named[] };
  send(text: string): Promise<unknown>;
  onCancel?: () => void;
}

/** Words, with an `@` that offers whom to mention. Ctrl+Enter sends. What was refused stays typed. */
export function Composer({ subject, label, button, start, send, onCancel }: ComposerProps) {
  const [text, setText] = useState(start ? toTyped(start.text, start.mentions) : '');
  const [picked, setPicked] = useState<readonly Named[]>(start?.mentions ?? []);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const mentions = useMentions({ subject, text, setText, field, onPick: (member) => setPicked((before) => [...before, member]) });
  const submit = async (): Promise<void> => {
    if (busy || text.trim() === '') return;
    setBusy(true);
    setWrong(null);
    try {
      await send(toSent(text.trim(), picked));
      setText('');
      setPicked([]);
    } catch (error) {
      setWrong(wordsOf(error).replace(/^text: /, ''));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Textarea
        ref={field}
        aria-label={label}
        placeholder={`${label}. @ mentions somebody.`}
        value={text}
        maxLength={2000}
        autosize
        minRows={1}
        maxRows={10}
        error={wrong}
        aria-autocomplete="list"
        {...(mentions.isOpen && { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${mentions.active}` })}
        onChange={(event) => {
          setText(event.currentTarget.value);
          mentions.look(event.currentTarget.value, event.currentTarget.selectionStart);
        }}
        onBlur={mentions.close}
        onKeyDown={(event) => {
          if (mentions.press(event.key)) event.preventDefault();
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
          else if (event.key === 'Escape') onCancel?.();
        }}
      />
      {mentions.isOpen && <MentionList id={listId} items={mentions.items} active={mentions.active} pick={mentions.pick} />}
      <div className="composer-deeds">
        <Button type="submit" variant="default" size="compact-sm" loading={busy} disabled={text.trim() === ''}>
          {button}
        </Button>
        {onCancel && (
          <Button variant="subtle" size="compact-sm" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
