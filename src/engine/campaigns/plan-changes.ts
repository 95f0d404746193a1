/** What one version of a plan changes against another, in sentences that a rep reads before acknowledging it anew. */

export interface PlanText {
  /** In words. */
  readonly audience: string;
  readonly message: string;
  readonly talkingPoints: readonly string[];
  readonly notToSay: readonly string[];
  readonly offer: string;
  readonly assets: readonly { readonly label: string; readonly url: string | null; readonly assetId: string | null }[];
  readonly timeline: readonly { readonly label: string; readonly onDay: string }[];
  /** Amounts as they are shown. */
  readonly budget: readonly { readonly label: string; readonly amount: string }[];
  /** In words; null: none. */
  readonly target: string | null;
  readonly regions: readonly string[];
}

export function planChanges(before: PlanText, now: PlanText): { added: string[]; removed: string[] } {
  const [old, fresh] = [planSentences(before), planSentences(now)];
  return { added: fresh.filter((line) => !old.includes(line)), removed: old.filter((line) => !fresh.includes(line)) };
}

/** Everything a plan says, a sentence each: what is in no sentence could change unseen. */
export function planSentences(plan: PlanText): string[] {
  return [
    `For: ${plan.audience}`,
    ...said('Message', plan.message),
    ...plan.talkingPoints.map((point) => `Say: ${point}`),
    ...plan.notToSay.map((point) => `Don’t say: ${point}`),
    ...said('Offer', plan.offer),
    ...plan.assets.map(({ label, url, assetId }) => `Content: ${label}${url ? ` (${url})` : assetId ? ` (library ${assetId})` : ''}`),
    ...plan.timeline.map(({ label, onDay }) => `${onDay}: ${label}`),
    ...plan.budget.map(({ label, amount }) => `Budget: ${label}, ${amount}`),
    ...said('Target', plan.target ?? ''),
    ...said('Regions', plan.regions.join(', ')),
  ];
}

const said = (what: string, text: string): string[] => (text === '' ? [] : [`${what}: ${text}`]);
