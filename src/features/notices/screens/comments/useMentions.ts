import { useDebouncedValue } from '@mantine/hooks';
import { type RefObject, useState } from 'react';
import type { Mentionable } from '#features/notices/contract/comments.ts';
import type { CommentSubject } from '#features/notices/contract/subjects.ts';
import { useMentionable } from '../asking.ts';
import { searchedAt, withMention } from './mentioning.ts';

interface Asked {
  subject: CommentSubject;
  text: string;
  setText(text: string): void;
  field: RefObject<HTMLTextAreaElement | null>;
  onPick(member: Mentionable): void;
}

/** The list that an `@` opens: looked for while typing, gone through and picked by keyboard. */
export function useMentions({ subject, text, setText, field, onPick }: Asked) {
  const [place, setPlace] = useState<{ from: number; search: string } | null>(null);
  const [at, setAt] = useState(0);
  const [search] = useDebouncedValue(place?.search ?? null, 150);
  const items = useMentionable(subject, search).data?.items ?? [];
  const isOpen = place !== null && items.length > 0;
  const active = Math.min(at, items.length - 1);
  const pick = (member: Mentionable): void => {
    if (!place) return;
    const next = withMention(text, place.from, place.from + 1 + place.search.length, member);
    setText(next.text);
    setPlace(null);
    onPick(member);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  return {
    ...{ isOpen, items, active, pick },
    look(typed: string, caret: number): void {
      setPlace(searchedAt(typed, caret));
      setAt(0);
    },
    close: () => setPlace(null),
    /** @returns whether the key was the list's */
    press(key: string): boolean {
      if (!isOpen) return false;
      if (key === 'ArrowDown') setAt((active + 1) % items.length);
      else if (key === 'ArrowUp') setAt((active + items.length - 1) % items.length);
      else if (key === 'Enter' || key === 'Tab') pick(items[active]!);
      else if (key === 'Escape') setPlace(null);
      else return false;
      return true;
    },
  };
}
