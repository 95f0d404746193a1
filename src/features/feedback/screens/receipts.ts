/**
 * Receipts of what was given anonymously: made here, kept in this browser and nowhere else. Whoever holds one reads the
 * thread and answers in it.
 */
import { useSyncExternalStore } from 'react';

export interface Receipt {
  readonly receipt: string;
  readonly workspaceId: string;
  /** Whose browser it was made in: another who signs in here doesn’t see it listed. */
  readonly memberId: string;
  readonly about: string;
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

const place = 'accord.receipts';
const listeners = new Set<() => void>();
let read: { text: string | null; receipts: readonly Receipt[] } = { text: null, receipts: [] };

/** 256 random bits in base64url, 43 characters. */
export function newReceipt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export const isReceipt = (text: string): boolean => /^[\w-]{43}$/.test(text);

export function keepReceipt(receipt: Receipt): void {
  store([receipt, ...stored().filter((each) => each.receipt !== receipt.receipt)]);
}

export function forgetReceipt(receipt: string): void {
  store(stored().filter((each) => each.receipt !== receipt));
}

/** Those of this member in this workspace, the latest first. */
export function useReceipts({ workspaceId, memberId }: Pick<Receipt, 'workspaceId' | 'memberId'>): readonly Receipt[] {
  const all = useSyncExternalStore(subscribe, stored);
  return all.filter((each) => each.workspaceId === workspaceId && each.memberId === memberId);
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  window.addEventListener('storage', tell);
  return () => {
    listeners.delete(tell);
    window.removeEventListener('storage', tell);
  };
}

/** The same list as long as nothing changed, as React asks. A browser that keeps nothing has none. */
function stored(): readonly Receipt[] {
  let text: string | null = null;
  try {
    text = localStorage.getItem(place);
  } catch {
    return read.receipts;
  }
  if (text !== read.text) read = { text, receipts: parsed(text) };
  return read.receipts;
}

function parsed(text: string | null): readonly Receipt[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter(isKept) : [];
  } catch {
    return [];
  }
}

const isKept = (value: unknown): value is Receipt => {
  const { receipt, workspaceId, memberId, about, on } = (value ?? {}) as Record<string, unknown>;
  return [receipt, workspaceId, memberId, about, on].every((each) => typeof each === 'string') && isReceipt(receipt as string);
};

function store(receipts: readonly Receipt[]): void {
  const text = JSON.stringify(receipts);
  try {
    localStorage.setItem(place, text);
    read = { text, receipts };
  } catch {
    read = { text: read.text, receipts }; // kept for as long as the page is open
  }
  for (const tell of listeners) tell();
}
