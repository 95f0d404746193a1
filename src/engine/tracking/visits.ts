/** Which page views are one visit. */

export interface PageView {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly entry: boolean;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly clickId: string | null;
}

/** A visit ends after so long without a page, as Google Analytics counts sessions. */
export const silenceMinutes = 30;

/**
 * Page views of one visitor as visits, in order. A visit ends after 30 minutes of silence, and where another campaign,
 * ad or site led in. Somebody who comes back directly within that time is still on the same visit, and so is one who
 * loads the first page again.
 * @param after the visit that is going on, to which first views may belong
 */
export function groupVisits<View extends PageView>(
  views: readonly View[],
  after?: Pick<PageView, 'source' | 'medium' | 'campaign' | 'clickId'> & { readonly lastAt: number },
): { continuing: View[]; visits: View[][] } {
  const continuing: View[] = [];
  const visits: View[][] = [];
  let origin = after;
  let lastAt = after?.lastAt ?? Number.NEGATIVE_INFINITY;
  for (const view of views.toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))) {
    if (!origin || view.at - lastAt > silenceMinutes * 60_000 || isAnother(view, origin)) {
      visits.push([view]);
      origin = { ...view, lastAt: view.at };
    } else (visits.at(-1) ?? continuing).push(view);
    lastAt = Math.max(lastAt, view.at);
  }
  return { continuing, visits };
}

type Origin = Pick<PageView, 'source' | 'medium' | 'campaign' | 'clickId'>;

const isAnother = (view: PageView, origin: Origin): boolean =>
  view.entry && view.source !== '(direct)' && origins.some((name) => view[name] !== origin[name]);
const origins = ['source', 'medium', 'campaign', 'clickId'] as const;
