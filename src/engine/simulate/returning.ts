/** Leads put back to nurture that will return, soonest first: a binary heap. */

import type { Contact } from './population.ts';

export interface ReturningLead {
  readonly dueAt: number;
  readonly lead: number;
  readonly cycle: number;
  readonly contact: Contact;
  readonly contactRow: number;
}

const dueAt = (heap: readonly ReturningLead[], at: number): number => (heap[at] as ReturningLead).dueAt;

export function awaitReturn(heap: ReturningLead[], lead: ReturningLead): void {
  heap.push(lead);
  for (let at = heap.length - 1; at > 0; ) {
    const parent = (at - 1) >> 1;
    if (dueAt(heap, parent) <= dueAt(heap, at)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

/** Takes out the soonest when it is due by `now`. */
export function takeDue(heap: ReturningLead[], now: number): ReturningLead | undefined {
  const soonest = heap[0];
  if (!soonest || soonest.dueAt > now) return undefined;
  const last = heap.pop() as ReturningLead;
  if (heap.length > 0) sinkFromTop(heap, last);
  return soonest;
}

function sinkFromTop(heap: ReturningLead[], lead: ReturningLead): void {
  heap[0] = lead;
  for (let at = 0; ; ) {
    let child = 2 * at + 1;
    if (child >= heap.length) return;
    if (child + 1 < heap.length && dueAt(heap, child + 1) < dueAt(heap, child)) child++;
    if (dueAt(heap, child) >= dueAt(heap, at)) return;
    swap(heap, at, child);
    at = child;
  }
}

function swap(heap: ReturningLead[], a: number, b: number): void {
  const kept = heap[a] as ReturningLead;
  heap[a] = heap[b] as ReturningLead;
  heap[b] = kept;
}
