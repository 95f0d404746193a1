import type { AttributionAsk, CreditsAsk } from '../contract/attribution.ts';

/** The address of what stands behind a number of attribution, below the API's root. `group` left out: of all groups. */
export function creditsPath(
  asked: Pick<AttributionAsk, 'by' | 'start' | 'end' | 'segment'>,
  of: { group?: string | null; which?: CreditsAsk['which'] },
): string {
  const parts: [string, string | undefined][] = [
    ['by', asked.by],
    ['start', asked.start],
    ['end', asked.end],
    ['segment', asked.segment === undefined ? undefined : JSON.stringify(asked.segment)],
    ['group', of.group === undefined ? undefined : JSON.stringify(of.group)],
    ['which', of.which ?? 'conversions'],
  ];
  const query = parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
  return `/api/v1/attribution/credits?${query.join('&')}`;
}
