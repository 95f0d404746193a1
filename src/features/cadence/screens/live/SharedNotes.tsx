import { Textarea } from '@mantine/core';
import { useCallback } from 'react';
import type { AgendaItem, NoteWritten } from '#features/cadence/contract/meetings.ts';
import { Problem, put, wordsOf } from '#ui/api/client.ts';
import { timeOfInstant } from '#ui/formats.ts';
import { doing } from '../asking.ts';
import { useSharedText } from './useSharedText.ts';

interface NotesProps {
  meetingId: string;
  item: AgendaItem;
  /** Null: notes may be taken. */
  whyNot: string | null;
}

/** Notes of an item that everybody writes together; what others write appears while one types. */
export function SharedNotes({ meetingId, item, whyNot }: NotesProps) {
  const save = useCallback(
    async (text: string, seen: number): Promise<NoteWritten | null> => {
      try {
        return await doing(put<NoteWritten>(`/meetings/${meetingId}/items/${item.id}/notes`, { seen, text }));
      } catch (error) {
        // Somebody wrote the same lines meanwhile: the newer text is being asked for, and is put together with this one.
        if (error instanceof Problem && error.status === 409) return null;
        throw error;
      }
    },
    [meetingId, item.id],
  );
  const { field, text, state, type, flush } = useSharedText({ text: item.note?.text ?? '', version: item.note?.version ?? 0 }, save);
  const problem = typeof state === 'object' ? state.problem : null;
  return (
    <div className="shared-notes">
      <Textarea
        ref={field}
        label="Notes"
        description={whyNot ?? 'Everybody writes here together; it goes into the minutes.'}
        value={text}
        maxLength={20_000}
        autosize
        minRows={4}
        maxRows={20}
        readOnly={whyNot !== null}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={flush}
      />
      <div className={`small-print ${problem ? 'bad' : 'dim'}`} role="status">
        {problem ? `Not kept yet: ${wordsOf(problem)} It is tried again when you type.` : said(state === 'saving', item)}
      </div>
    </div>
  );
}

function said(saving: boolean, { note }: AgendaItem): string {
  if (saving) return 'Keeping…';
  return note ? `Kept. Last written by ${note.writtenBy.name}, ${timeOfInstant(note.writtenAt)}` : '';
}
