import type { AttributionAsk } from '../contract/attribution.ts';
import type { CreditsAsk, FlowStation } from '../contract/credits.ts';

/** As `creditsAsk` has them; what is left out doesn’t narrow it. */
interface Opened {
  readonly group?: string | null;
  readonly which?: CreditsAsk['which'];
  readonly path?: readonly (string | null)[];
  readonly beyond?: number;
  readonly at?: FlowStation;
  readonly to?: FlowStation;
  readonly steps?: number;
  readonly length?: number;
}

/** The address of what stands behind a number of attribution, below the API's root. `group` left out: of all groups. */
export function creditsPath(asked: Pick<AttributionAsk, 'by' | 'start' | 'end' | 'segment'>, of: Opened): string {
  const json = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));
  const parts: [string, string | undefined][] = [
    ['by', asked.by],
    ['start', asked.start],
    ['end', asked.end],
    ['segment', json(asked.segment)],
    ['group', json(of.group)],
    ['which', of.which ?? 'conversions'],
    ['path', json(of.path)],
    ['beyond', of.beyond?.toString()],
    ['at', json(of.at)],
    ['to', json(of.to)],
    ['steps', of.steps?.toString()],
    ['length', of.length?.toString()],
  ];
  const query = parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
  return `/api/v1/attribution/credits?${query.join('&')}`;
}

/** Open journeys are of no period. @param path exactly this way; left out: all */
export const openJourneysPath = (path?: readonly (string | null)[]): string =>
  creditsPath({ by: 'channel' }, path ? { which: 'open', path } : { which: 'open' });
