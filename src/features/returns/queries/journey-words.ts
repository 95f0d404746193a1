/** The words behind the codes of a setting's journeys: channel groups, campaigns, contents, members. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

export const wordDimensions = ['channel', 'campaign', 'content', 'member'] as const;
export type WordDimension = (typeof wordDimensions)[number];

export interface JourneyWords {
  /** The code of a word, given one when it is new; 0 for null. Codes are given out by one process at a time (`returns:follow`). */
  codeOf(dimension: WordDimension, word: string | null): number;
  /** By code; 0 is null. */
  wordsOf(dimension: WordDimension): (string | null)[];
  /** Words given a code since they were last taken. */
  takeNew(): { dimension: WordDimension; code: number; word: string }[];
}

/** Channels are kept in 16 bits. */
const mostChannels = 65_535;

export function makeWords(known: readonly { dimension: WordDimension; code: number; word: string }[]): JourneyWords {
  const codes: Record<WordDimension, Map<string, number>> = {
    channel: new Map(),
    campaign: new Map(),
    content: new Map(),
    member: new Map(),
  };
  const next: Record<WordDimension, number> = { channel: 1, campaign: 1, content: 1, member: 1 };
  let fresh: { dimension: WordDimension; code: number; word: string }[] = [];
  for (const { dimension, code, word } of known) {
    codes[dimension].set(word, code);
    next[dimension] = Math.max(next[dimension], code + 1);
  }
  return {
    codeOf(dimension, word) {
      if (word === null) return 0;
      const given = codes[dimension].get(word);
      if (given !== undefined) return given;
      const code = next[dimension]++;
      if (dimension === 'channel' && code > mostChannels) throw new Error(`There are more than ${mostChannels} channel groups.`);
      codes[dimension].set(word, code);
      fresh.push({ dimension, code, word });
      return code;
    },
    wordsOf(dimension) {
      const words: (string | null)[] = [null];
      for (const [word, code] of codes[dimension]) words[code] = word;
      return words;
    },
    takeNew() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}

export async function readWords(tx: Tx, workspaceId: WorkspaceId, setting: number): Promise<JourneyWords> {
  const { rows } = await sql<{ dimension: WordDimension; code: number; word: string }>`SELECT dimension, code, word FROM journey_words
    WHERE workspace_id = ${workspaceId}::uuid AND setting = ${setting}`.execute(tx);
  return makeWords(rows);
}
