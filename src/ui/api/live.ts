import { useEffect, useSyncExternalStore } from 'react';
import { queries } from './queries.ts';

/** How often records of a kind changed since the page was opened, by kind. */
const changes = new Map<string, number>();
const listeners = new Set<() => void>();

const affected: Record<string, readonly string[]> = {
  everything: [
    'record',
    'funnel',
    'today',
    'duplicates',
    'imports',
    'members',
    'teams',
    'invitations',
    'views',
    'me',
    'agreement',
    'attainment',
    'handoff',
    'rejections',
    'routing',
    'speed',
    'calendars',
    'excuses',
    'returns',
    'tracking',
    'feedback',
    'incentives',
    'campaigns',
    'goals',
    'alignment',
    'cadence',
    'notices',
    'comments',
    'announcements',
    'rollout',
  ],
  agreement: ['agreement', 'attainment', 'goals', 'rollout'],
  definition: ['agreement', 'rollout'],
  calendar: ['calendars', 'attainment'],
  absence: ['calendars', 'routing'],
  excuse: ['excuses', 'attainment', 'handoff'],
  routing: ['routing', 'rollout'],
  // What the hand-off made of changed leads: clocks, owners, states.
  handoff: ['record', 'today', 'handoff', 'rejections', 'attainment', 'routing', 'speed', 'campaigns', 'goals'],
  rejection: ['rejections', 'handoff', 'attainment'],
  cost: ['returns', 'goals'],
  rate: ['returns'],
  budget: ['returns', 'goals'],
  campaignPlan: ['campaigns'],
  campaignRole: ['campaigns'],
  proposal: ['campaigns'],
  asset: ['campaigns'],
  contentUse: ['campaigns'],
  allocation: ['returns'],
  period: ['returns'],
  attribution: ['returns'],
  journey: ['returns'],
  estimate: ['returns'],
  figures: ['returns'],
  goalPlan: ['goals', 'rollout'],
  goal: ['goals'],
  incentivePlan: ['incentives'],
  objective: ['incentives'],
  auditor: ['incentives'],
  statement: ['incentives'],
  payoutRun: ['incentives', 'returns'],
  dispute: ['incentives'],
  feedback: ['feedback'],
  pulse: ['feedback', 'rollout'],
  perception: ['feedback'],
  rolloutStep: ['rollout'],
  charter: ['rollout'],
  baseline: ['rollout'],
  diagnosis: ['rollout'],
  pilot: ['rollout'],
  meeting: ['cadence'],
  meetingSeries: ['cadence'],
  action: ['cadence'],
  decision: ['cadence'],
  calendarFeed: ['cadence'],
  notification: ['notices'],
  room: ['notices'],
  message: ['notices'],
  comment: ['comments'],
  announcement: ['announcements'],
  // Events, counts and submissions of sites, forms and hooks.
  arrival: ['tracking'],
  submission: ['tracking'],
  trackingSite: ['tracking'],
  trackingForm: ['tracking'],
  trackingHook: ['tracking'],
  importRun: ['imports', 'rollout'],
  member: ['members', 'me'],
  team: ['teams'],
  invitation: ['invitations'],
  // What the cost of misalignment rests on is stated for the whole workspace.
  workspace: ['me', 'alignment'],
  view: ['views'],
};

let waiting: ReturnType<typeof setTimeout> | undefined;
const due = new Set<string>();

/** Changes come in bursts (an import): what is on screen is asked for again at most every 300 ms. */
function recordChanged(kind: string): void {
  // `everything`: the server lost count of what changed.
  for (const each of kind === 'everything' ? ['lead', 'account', 'contact', 'deal', 'campaign'] : [kind])
    changes.set(each, (changes.get(each) ?? 0) + 1);
  for (const tell of listeners) tell();
  for (const key of affected[kind] ?? ['record', 'funnel', 'today', 'duplicates', 'handoff', 'returns', 'campaigns', 'goals']) due.add(key);
  waiting ??= setTimeout(() => {
    waiting = undefined;
    const keys = [...due];
    due.clear();
    for (const key of keys) void queries.invalidateQueries({ queryKey: [key] });
  }, 300);
}

/** Listens while mounted. The browser connects again by itself. */
export function useLive(): void {
  useEffect(() => {
    const source = new EventSource('/api/v1/live');
    const hear = (event: MessageEvent<string>): void => {
      try {
        const said = JSON.parse(event.data) as { kind?: string; kinds?: string[] };
        for (const kind of said.kinds ?? (said.kind ? [said.kind] : [])) recordChanged(kind);
      } catch {
        // A heartbeat.
      }
    };
    source.addEventListener('message', hear);
    source.addEventListener('change', hear as EventListener);
    return () => source.close();
  }, []);
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useChanges = (kind: string): number => useSyncExternalStore(subscribe, () => changes.get(kind) ?? 0);
