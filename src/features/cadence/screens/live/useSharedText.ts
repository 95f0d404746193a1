import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { mergeNotes } from '#engine/cadence/notes.ts';

interface Written {
  readonly text: string;
  readonly version: number;
}

interface Shared {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  /** `saved`, `saving`, or why it could not be saved. */
  state: 'saved' | 'saving' | { problem: unknown };
  type(text: string): void;
  /** Sends what is not sent yet, at once. */
  flush(): void;
}

const pause = 700;

/**
 * A text that several people write at once. What others wrote is put into what is being typed, line by line, and the
 * cursor stays in its line. `save` is given the text and the version it goes back to, and answers what is kept now (with
 * what others wrote meanwhile); null says that it can't be put together there: the newer one arrives as `known`, is put
 * together with the draft here, and the whole is sent again.
 */
export function useSharedText(known: Written, save: (text: string, version: number) => Promise<Written | null>): Shared {
  const field = useRef<HTMLTextAreaElement | null>(null);
  const base = useRef(known);
  const draft = useRef(known.text);
  const latest = useRef(known);
  const sending = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const cursor = useRef<number | null>(null);
  const [text, setText] = useState(known.text);
  const [state, setState] = useState<Shared['state']>('saved');
  latest.current = known;

  const take = useCallback((theirs: Written): void => {
    if (sending.current || theirs.version <= base.current.version) return;
    const merged = mergeNotes(base.current.text, draft.current, theirs.text);
    if (document.activeElement === field.current && field.current)
      cursor.current = movedCursor(draft.current, field.current.selectionStart, merged.text, merged.lineOfMine);
    base.current = theirs;
    draft.current = merged.text;
    setText(merged.text);
  }, []);

  const send = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    if (sending.current || draft.current === base.current.text) return;
    sending.current = true;
    setState('saving');
    const sent = draft.current;
    try {
      const written = await save(sent, base.current.version);
      sending.current = false;
      if (written) {
        base.current = { text: sent, version: base.current.version };
        take(written);
      }
      setState('saved');
    } catch (problem) {
      sending.current = false;
      setState({ problem });
      return;
    }
    take(latest.current);
    // Typed while it was under way, or refused because somebody else was quicker: once more, when that has arrived.
    if (draft.current !== base.current.text) timer.current = setTimeout(() => void send(), pause);
  }, [save, take]);

  useEffect(() => {
    take(latest.current);
    if (draft.current !== base.current.text && !sending.current) {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send(), pause);
    }
  }, [known.version, take, send]);
  useLayoutEffect(() => {
    if (cursor.current === null || !field.current) return;
    field.current.setSelectionRange(cursor.current, cursor.current);
    cursor.current = null;
  }, [text]);
  // Whoever leaves the item leaves nothing unsent.
  const last = useRef(send);
  last.current = send;
  useEffect(() => () => void last.current(), []);

  return {
    field,
    text,
    state,
    type: (next) => {
      draft.current = next;
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send(), pause);
    },
    flush: () => void send(),
  };
}

/** Where the cursor stands after merging: in the same line, as far in. */
function movedCursor(before: string, at: number, after: string, lineOfMine: readonly number[]): number {
  const ahead = before.slice(0, at).split('\n');
  const lines = after.split('\n');
  const line = lineOfMine[ahead.length - 1] ?? lines.length - 1;
  const start = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
  return start + Math.min(ahead.at(-1)!.length, lines[line]?.length ?? 0);
}
