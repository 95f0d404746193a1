/** What a fact tells whom. */

import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { MatterName } from '../../contract/matters.ts';

/** A fact as it is told of. */
export interface ToldFact {
  readonly id: string;
  readonly kind: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** Whose deed it was; null: nobody’s, or nobody may know whose. */
  readonly memberId: string | null;
  /** Their name; “Somebody” where nobody may know. */
  readonly by: string;
  readonly sets: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Telling {
  readonly memberId: string;
  readonly matter: MatterName;
  /** One sentence: who did what, on what. */
  readonly title: string;
  /** Address in the app. */
  readonly opens: string;
  /** The same matter reaches somebody once. Unsaid: the fact. */
  readonly onceKey?: string;
  /** It has a mail of its own (an invitation, minutes), which `send-along.ts` sends: no other goes out. */
  readonly mailsItself?: true;
}

/** Whom a kind of fact is told to: only those who may see what it is about. Who did it is left out by who asks. */
export type Tell = (tx: Tx, workspaceId: WorkspaceId, fact: ToldFact) => Promise<readonly Telling[]>;

/** The same to several. */
export const toEach = (memberIds: Iterable<string | null | undefined>, told: Omit<Telling, 'memberId'>): Telling[] =>
  [...new Set(memberIds)].flatMap((memberId) => (memberId ? [{ memberId, ...told }] : []));

export const textIn = (record: Readonly<Record<string, unknown>>, key: string): string | null => {
  const value = record[key];
  return typeof value === 'string' && value !== '' ? value : null;
};
export const idsIn = (record: Readonly<Record<string, unknown>>, key: string): string[] => {
  const value = record[key];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
};
